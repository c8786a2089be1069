/** Some of the choices that the pack names, as their codes in the pack's order; `min` and `max` count them. */
import { tidyText } from '../../identity/names.ts'
import { fail, ok } from '../../result.ts'
import { isCodes } from '../answers.ts'
import type { Field } from '../packShape.ts'
import { blankText, kindProblem, noChecks, plain, type FieldKind } from './fieldKind.ts'

function inOrder(codes: readonly string[], { choices = [] }: Field): readonly string[] | undefined {
  const given = new Set(codes.map(tidyText).filter((code) => code !== ''))
  const known = choices.map(({ code }) => code).filter((code) => given.has(code))
  const unknown = [...given].filter((code) => !known.includes(code)).sort()
  return given.size === 0 ? undefined : [...known, ...unknown]
}

export const multiChoice: FieldKind = {
  tidy: (value, field) => (isCodes(value) ? inOrder(value, field) : undefined),
  isEmpty: (value) => blankText(value) || (isCodes(value) && value.every(blankText)),
  parse: (value, { choices = [], min = 1, max = choices.length }) => {
    if (!isCodes(value) || value.some((given) => !choices.some(({ code }) => code === given))) return fail(kindProblem('choice.unknown'))
    if (value.length < min) return fail(kindProblem('choice.tooFew', 'error', { min }))
    return value.length > max ? fail(kindProblem('choice.tooMany', 'error', { max })) : ok(value)
  },
  check: noChecks,
  format: (value, _field, reading) =>
    isCodes(value) ? value.map((code) => reading.choice(code) ?? code).join('; ') : plain(value),
}
