/** One line of free text. */
import { tidyText } from '../../identity/names.ts'
import { fail, ok } from '../../result.ts'
import { isText, kindProblem, noChecks, plain, type FieldKind } from './fieldKind.ts'

/** Longest text when the pack names no length. */
const usualMaxLength = 300

/** A text in order, or undefined when nothing is left of it or it is no text; numbers count as texts. */
export function tidyLine(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string') return undefined
  return tidyText(text) || undefined
}

export const text: FieldKind = {
  tidy: tidyLine,
  isEmpty: isText,
  parse: (value, field) => {
    if (typeof value !== 'string') return fail(kindProblem('text.shape'))
    const max = field.maxLength ?? usualMaxLength
    return value.length > max ? fail(kindProblem('text.tooLong', 'error', { max })) : ok(value)
  },
  check: noChecks,
  format: (value) => plain(value),
}
