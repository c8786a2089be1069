/** An amount in whole đồng. Typed with or without separators and the word for đồng; stored as a number. */
import { fail, ok } from '../../result.ts'
import { readMoney } from '../money.ts'
import { isText, kindProblem, noChecks, plain, type FieldKind } from './fieldKind.ts'
import { tidyLine } from './text.ts'

const unit = /\s*(?:đ|₫|đồng|dong|vnđ|vnd)\.?$/i
const grouped = /^\d{1,3}(?:([.,\s])\d{3})(?:\1\d{3})*$/
const most = 999_999_999_999

function amountIn(line: string): number | string {
  const typed = line.replace(unit, '')
  const digits = grouped.test(typed) ? typed.replace(/\D/g, '') : typed
  return /^\d{1,15}$/.test(digits) ? Number(digits) : line
}

export const money: FieldKind = {
  tidy: (value) => {
    if (typeof value === 'number') return value
    const line = tidyLine(value)
    return line === undefined ? undefined : amountIn(line)
  },
  isEmpty: isText,
  parse: (value, { min = 0, max = most }) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) return fail(kindProblem('money.shape'))
    return value < min || value > max ? fail(kindProblem('money.range', 'error', { min, max })) : ok(value)
  },
  check: noChecks,
  format: (value, _field, { locale }) => (typeof value === 'number' ? readMoney(value, locale) : plain(value)),
}
