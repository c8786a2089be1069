/** What accepting needs: an official code of the right pattern and a date that is not past. The office judges again. */
import { readOfficialCode } from '../core/identity/officialCode.ts'
import { isDay, weekdayOf } from '../core/procedure/dates.ts'
import type { CaseFile } from '../core/wire/desk.ts'
import type { Acceptance } from './api.ts'

/** Names of `desk.accept` texts. */
export type CodeTrouble = 'codePattern' | 'codeDate' | 'codeFuture' | 'codeLocal'
export type DateTrouble = 'dateShape' | 'past'

const troubles = { pattern: 'codePattern', date: 'codeDate', future: 'codeFuture', localCode: 'codeLocal' } as const

/** What is wrong with a typed code, or null. `today` is the date in Viet Nam. */
export function codeTrouble(typed: string, today: string): CodeTrouble | null {
  const read = readOfficialCode(typed, today)
  return read.ok ? null : troubles[read.failure.rule]
}

/** The code as it is stored, once it can be read; otherwise what was typed. */
export function tidyCode(typed: string, today: string): string {
  const read = readOfficialCode(typed, today)
  return read.ok ? read.value : typed
}

/** What is wrong with the date of the result, or null. */
export function dateTrouble(resultOn: string, today: string): DateTrouble | null {
  if (!isDay(resultOn)) return 'dateShape'
  return resultOn < today ? 'past' : null
}

/** A Saturday or Sunday: allowed, and worth a second look. */
export const isWeekend = (date: string): boolean => isDay(date) && (weekdayOf(date) === 0 || weekdayOf(date) === 6)

/** True when the way from today to this date crosses days off that are not announced, whoever chose the date. */
export function isPastConfirmed(resultOn: string, expected: CaseFile['expected']): boolean {
  if (expected === null || !isDay(resultOn)) return false
  return expected.confirmedUntil === undefined ? !expected.calendarConfirmed : resultOn > expected.confirmedUntil
}

/** The request, when nothing is wrong with it. */
export function acceptanceOf(typed: Acceptance, today: string): Acceptance | null {
  const wrong = codeTrouble(typed.code, today) !== null || dateTrouble(typed.resultOn, today) !== null
  return wrong ? null : { code: tidyCode(typed.code, today), resultOn: typed.resultOn }
}
