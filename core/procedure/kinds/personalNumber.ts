/** The personal number of twelve digits, always a text (its leading 0 counts). */
import { personalNumberFindings, personalNumberText, readPersonalNumber } from '../../identity/personalNumber.ts'
import { fail, ok } from '../../result.ts'
import { isText, kindProblem, plain, type FieldKind } from './fieldKind.ts'
import { tidyLine } from './text.ts'

export const personalNumber: FieldKind = {
  tidy: (value) => {
    const line = tidyLine(value)
    return line === undefined ? undefined : personalNumberText(line) || undefined
  },
  isEmpty: isText,
  parse: (value) =>
    typeof value === 'string' && readPersonalNumber(value) !== null
      ? ok(value)
      : fail(kindProblem('personalNumber.shape', 'error', { digits: 12 })),
  check: (value) => {
    const read = typeof value === 'string' ? readPersonalNumber(value) : null
    if (read === null) return []
    return personalNumberFindings(read).map((finding) => kindProblem(`personalNumber.${finding}`, 'warning'))
  },
  format: (value) => plain(value),
}
