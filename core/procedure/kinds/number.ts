/** A whole number such as a count of copies. Stored as a number; typed digits are read as one. */
import { fail, ok } from '../../result.ts'
import { isText, kindProblem, noChecks, type FieldKind } from './fieldKind.ts'
import { tidyLine } from './text.ts'

export const number: FieldKind = {
  tidy: (value) => {
    if (typeof value === 'number') return value
    const line = tidyLine(value)
    return line !== undefined && /^\d{1,9}$/.test(line) ? Number(line) : line
  },
  isEmpty: isText,
  parse: (value, field) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) return fail(kindProblem('number.shape'))
    const { min = 0, max = 999_999_999 } = field
    return value < min || value > max ? fail(kindProblem('number.range', 'error', { min, max })) : ok(value)
  },
  check: noChecks,
  format: (value, _field, { locale }) => new Intl.NumberFormat(locale === 'vi' ? 'vi-VN' : locale).format(Number(value)),
}
