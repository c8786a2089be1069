/**
 * A calendar date, to the day, or only to the month or year where the pack allows it. Stored `YYYY-MM-DD`, `YYYY-MM`
 * or `YYYY`; typed and read `dd/mm/yyyy`, `mm/yyyy`, `yyyy` (reference 8.6: no native date inputs).
 */
import { fail, ok } from '../../result.ts'
import { isAfter, parsePartialDate, partialDateText, precisionOf, readDate, wholeYearsBetween } from '../dates.ts'
import { isText, kindProblem, plain, type FieldKind } from './fieldKind.ts'
import { tidyLine } from './text.ts'

const typed = /^(?:(?:(\d{1,2})[/.\- ])?(\d{1,2})[/.\- ])?(\d{4})$/
const packed = /^(\d{2})(\d{2})(\d{4})$/

/** The stored form of a date as typed; other texts stay as they are, so that nothing typed is lost. */
function storedDate(text: string): string {
  const match = typed.exec(text) ?? packed.exec(text)
  if (match === null) return text
  const [, day, month, year] = match
  const date = partialDateText({ year: Number(year), month: toNumber(month), day: toNumber(day) })
  return parsePartialDate(date) === null ? text : date
}

const toNumber = (digits: string | undefined): number | null => (digits === undefined ? null : Number(digits))

export const date: FieldKind = {
  tidy: (value) => {
    const line = tidyLine(value)
    return line === undefined ? undefined : storedDate(line)
  },
  isEmpty: isText,
  parse: (value, field) => {
    const read = parsePartialDate(value)
    if (read === null) return fail(kindProblem('date.shape'))
    const allowed = field.precision ?? ['day']
    return allowed.includes(precisionOf(read)) ? ok(value) : fail(kindProblem('date.precision'))
  },
  check: (value, field, { today }) => {
    const read = parsePartialDate(value)
    const now = parsePartialDate(today)
    if (read === null || now === null) return []
    if (field.notFuture === true && isAfter(read, today)) return [kindProblem('date.future')]
    return wholeYearsBetween(read, now) > 120 ? [kindProblem('date.old', 'warning', { max: 120 })] : []
  },
  format: (value) => readDate(plain(value)),
}
