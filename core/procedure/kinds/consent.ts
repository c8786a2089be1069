/**
 * What the citizen agrees to, or not, by his own tap. Never filled in by a pack (packRules.ts): silence is no consent, and
 * no box is ticked beforehand (Decree 356/2025, art. 6). What must be agreed to is `required: true`.
 */
import { fail, ok } from '../../result.ts'
import { blankText, kindProblem, noChecks, type FieldKind } from './fieldKind.ts'

export const consent: FieldKind = {
  tidy: (value) => (value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined),
  isEmpty: blankText,
  parse: (value, field) => {
    if (typeof value !== 'boolean') return fail(kindProblem('consent.shape'))
    return value || field.required !== true ? ok(value) : fail(kindProblem('consent.refused'))
  },
  check: noChecks,
  format: (value, _field, reading) => (value === true ? reading.yes : reading.no),
}
