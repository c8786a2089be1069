/** Yes or no; not answered is neither. */
import { fail, ok } from '../../result.ts'
import { isText, kindProblem, noChecks, type FieldKind } from './fieldKind.ts'
import { tidyLine } from './text.ts'

export const yesNo: FieldKind = {
  tidy: (value) => (value === true || value === 'true' ? true : value === false || value === 'false' ? false : keep(value)),
  isEmpty: isText,
  parse: (value) => (typeof value === 'boolean' ? ok(value) : fail(kindProblem('yesNo.shape'))),
  check: noChecks,
  format: (value, _field, reading) => (value === true ? reading.yes : reading.no),
}

/** A value of another type is kept so that `parse` can refuse it. */
const keep = (value: unknown): string | number | undefined =>
  typeof value === 'number' ? value : tidyLine(value)
