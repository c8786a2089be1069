/** A declaration that the citizen makes (not the volunteer): only `true` is an answer; unticked is no answer. */
import { fail, ok } from '../../result.ts'
import { isText, kindProblem, noChecks, type FieldKind } from './fieldKind.ts'

export const declaration: FieldKind = {
  tidy: (value) => (value === true || value === 'true' ? true : undefined),
  isEmpty: (value) => isText(value) || value === false,
  parse: (value) => (value === true ? ok(true) : fail(kindProblem('declaration.notAccepted'))),
  check: noChecks,
  format: (_value, _field, reading) => reading.yes,
}
