/**
 * Between vee-validate's values and the answers of core. A field id holds dots (`con.hoTen`), which vee-validate would read
 * as nesting; brackets tell it not to. Values are never mutated in place: a place, a list or a signature is replaced as a whole.
 */
import { toRaw } from 'vue'
import type { AnswerValue, Answers } from '../../core/procedure/answers.ts'
import { fieldsOf } from '../../core/procedure/pack.ts'
import type { Pack } from '../../core/procedure/packShape.ts'

export type FormValues = Record<string, AnswerValue | undefined>

/** A field id as vee-validate takes it. */
export const pathOf = (fieldId: string): string => `[${fieldId}]`

/** The values as plain answers, without empty ones and without any reactive proxy. */
export function answersIn(values: Readonly<FormValues>): Answers {
  const pairs = Object.entries(values).flatMap(([id, value]): [string, AnswerValue][] => {
    if (value === undefined || value === '') return []
    return [[id, toRaw(value)]]
  })
  return Object.fromEntries(pairs)
}

/** What the volunteer's own list calls a draft: the first person named who is not merely the requester. */
export function labelOf(pack: Pack, answers: Answers): string {
  const names = fieldsOf(pack).filter((field) => field.kind === 'name')
  const ordered = [...names.filter((field) => !field.id.startsWith('nyc.')), ...names]
  for (const { id } of ordered) {
    const name = answers[id]
    if (typeof name === 'string' && name.trim() !== '') return name.trim()
  }
  return ''
}
