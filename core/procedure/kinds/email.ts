/** An e-mail address; only its rough shape can be known without sending. */
import { without } from '../../identity/names.ts'
import { fail, ok } from '../../result.ts'
import { isText, kindProblem, noChecks, plain, type FieldKind } from './fieldKind.ts'
import { tidyLine } from './text.ts'

const shape = /^[^\s@<>()",;:]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+$/

export const email: FieldKind = {
  tidy: (value) => {
    const line = tidyLine(value)
    return line === undefined ? undefined : without(/\s/g, line)
  },
  isEmpty: isText,
  parse: (value) => (typeof value === 'string' && shape.test(value) ? ok(value) : fail(kindProblem('email.shape'))),
  check: noChecks,
  format: (value) => plain(value),
}
