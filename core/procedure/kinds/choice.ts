/** One of the choices that the pack names; the answer is the choice's code. Identity papers are a choice, too. */
import { fail, ok } from '../../result.ts'
import { isText, kindProblem, noChecks, plain, type FieldKind } from './fieldKind.ts'
import { tidyLine } from './text.ts'

export const choice: FieldKind = {
  tidy: tidyLine,
  isEmpty: isText,
  parse: (value, field) =>
    field.choices?.some(({ code }) => code === value) === true ? ok(value) : fail(kindProblem('choice.unknown')),
  check: noChecks,
  format: (value, _field, reading) => reading.choice(plain(value)) ?? plain(value),
}
