/**
 * Dossier codes that the national or city system gives (`H57.45-261124-0007`). Here they are only read and checked,
 * never made: an official code is typed by an officer, imported, or given by a connector (reference 2.4).
 */
import { isDay } from '../procedure/dates.ts'
import { fail, ok, type Result } from '../result.ts'
import { readLocalCode } from './localCode.ts'

const shape = /^(?:(?:\d{2,3}|[A-Z]\d{2})(?:\.[A-Z0-9]{2,3}){0,4})-(\d{6})-\d{3,7}$/

export interface OfficialCodeFailure {
  readonly kind: 'officialCode'
  /** Not the pattern; no real date in the middle; a date after today; one of our own local codes. */
  readonly rule: 'pattern' | 'date' | 'future' | 'localCode'
}

/** An official code in capitals without spaces; `today` is the local date `YYYY-MM-DD`. Nothing more can be checked. */
export function readOfficialCode(text: string, today: string): Result<string, OfficialCodeFailure> {
  const code = text.replace(/\s+/g, '').toUpperCase()
  if (readLocalCode(code) !== null || code.startsWith('TN-')) return fail({ kind: 'officialCode', rule: 'localCode' })
  const digits = shape.exec(code)?.[1]
  if (digits === undefined) return fail({ kind: 'officialCode', rule: 'pattern' })
  const date = `20${digits.slice(0, 2)}-${digits.slice(2, 4)}-${digits.slice(4, 6)}`
  if (!isDay(date)) return fail({ kind: 'officialCode', rule: 'date' })
  if (date > today) return fail({ kind: 'officialCode', rule: 'future' })
  return ok(code)
}
