/** Several lines of free text: each line in order, no more than one empty line between two. */
import { tidyText } from '../../identity/names.ts'
import { maxAnswerLength } from '../answers.ts'
import { fail, ok } from '../../result.ts'
import { isText, kindProblem, noChecks, plain, type FieldKind } from './fieldKind.ts'
import { tidyLine } from './text.ts'

function tidyLines(text: string): string {
  const lines = text.split(/\r\n|[\n\r\u0085\u2028\u2029]/).map(tidyText).join('\n')
  return lines.replace(/\n{3,}/g, '\n\n').replace(/^\n+|\n+$/g, '')
}

export const paragraph: FieldKind = {
  tidy: (value) => (typeof value === 'string' ? tidyLines(value) || undefined : tidyLine(value)),
  isEmpty: isText,
  parse: (value, field) => {
    if (typeof value !== 'string') return fail(kindProblem('text.shape'))
    const max = field.maxLength ?? maxAnswerLength
    return value.length > max ? fail(kindProblem('text.tooLong', 'error', { max })) : ok(value)
  },
  check: noChecks,
  format: (value) => plain(value),
}
