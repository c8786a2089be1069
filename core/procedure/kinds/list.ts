/**
 * Rows of columns, such as the members of a household; `min` and `max` count the rows. What is inside them is tidied and
 * judged by `rows.ts`, which knows the kinds of the columns.
 */
import { fail, ok } from '../../result.ts'
import { isRows, maxRows } from '../answers.ts'
import { blankText, kindProblem, noChecks, plain, type FieldKind } from './fieldKind.ts'

export const list: FieldKind = {
  tidy: (value) => (isRows(value) && value.length > 0 ? value : undefined),
  isEmpty: (value) => blankText(value) || (isRows(value) && value.every((row) => Object.keys(row).length === 0)),
  parse: (value, { min = 1, max = maxRows }) => {
    if (!isRows(value)) return fail(kindProblem('list.shape'))
    if (value.length < min) return fail(kindProblem('list.tooFew', 'error', { min }))
    return value.length > max ? fail(kindProblem('list.tooMany', 'error', { max })) : ok(value)
  },
  check: noChecks,
  format: (value) => (isRows(value) ? String(value.length) : plain(value)),
}
