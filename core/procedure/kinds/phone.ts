/** A Vietnamese phone number, stored as digits with the leading 0. */
import { convertedMobile, phoneKind, phoneText, readPhone } from '../../identity/phone.ts'
import { fail, ok } from '../../result.ts'
import { isText, kindProblem, plain, type FieldKind } from './fieldKind.ts'
import { tidyLine } from './text.ts'

export const phone: FieldKind = {
  tidy: (value) => {
    const line = tidyLine(value)
    return line === undefined ? undefined : phoneText(line) || undefined
  },
  isEmpty: isText,
  parse: (value) =>
    typeof value === 'string' && (phoneKind(value) !== null || convertedMobile(value) !== null)
      ? ok(value)
      : fail(kindProblem('phone.shape')),
  check: (value) =>
    typeof value === 'string' && convertedMobile(value) !== null ? [kindProblem('phone.converted', 'warning')] : [],
  format: (value) => readPhone(plain(value)),
}
