/** Answers and problems as people read them: for the check-answers page, the officer's case and the printed form. */
import { answerTo, isAddress, isCodes, isRows, isSignature, type AnswerValue, type Answers, type Row } from './answers.ts'
import { isDay, readDate } from './dates.ts'
import { readAddress } from './kinds/address.ts'
import { kinds } from './kinds/kinds.ts'
import type { Field } from './packShape.ts'
import { fillText, type Problem } from './problems.ts'
import type { FieldTexts, Texts } from './texts.ts'
import { tidyAnswer } from './validate.ts'

interface Words {
  readonly yes: string
  readonly no: string
  readonly signed: string
  readonly marked: string
}

const vietnamese: Words = { yes: 'Có', no: 'Không', signed: 'Đã ký trên màn hình', marked: 'Điểm chỉ, người làm chứng: {witness}' }
const words: Readonly<Record<string, Words>> = {
  vi: vietnamese,
  en: { yes: 'Yes', no: 'No', signed: 'Signed on the screen', marked: 'Marked, witnessed by {witness}' },
}

/** Labels and choices of one question in one language. */
export type QuestionTexts = Pick<FieldTexts, 'label' | 'hint' | 'choices'>

/** The words of a field, or of nothing when the texts do not have it. */
export const textsOf = (texts: Texts, fieldId: string): FieldTexts | undefined =>
  Object.hasOwn(texts.fields, fieldId) ? texts.fields[fieldId] : undefined

/** An answer as text, '' when there is none; names come in capitals, dates `dd/mm/yyyy`, a list row by row. */
export function readAnswer(field: Field, answers: Answers, texts: Texts): string {
  const value = tidyAnswer(field, answerTo(answers, field.id))
  if (value === undefined) return ''
  if (field.kind === 'list' && isRows(value)) return readRows(field, value, texts).map((row) => row.map(({ text }) => text).join(', ')).join('; ')
  return readValue(field, value, textsOf(texts, field.id), texts.locale)
}

export interface ReadCell {
  readonly column: string
  readonly label: string
  readonly text: string
}

/** The rows of a list, each as its columns with their labels; columns without an answer are left out. */
export function readRows(field: Field, rows: readonly Row[], texts: Texts): readonly (readonly ReadCell[])[] {
  const labels = textsOf(texts, field.id)?.columns ?? {}
  return rows.map((row) =>
    (field.columns ?? []).flatMap((column) => {
      const cell = Object.hasOwn(row, column.id) ? row[column.id] : undefined
      const own = Object.hasOwn(labels, column.id) ? labels[column.id] : undefined
      return cell === undefined ? [] : [{ column: column.id, label: own?.label ?? column.id, text: readValue(column, cell, own, texts.locale) }]
    }),
  )
}

function readValue(field: Field, value: AnswerValue, own: QuestionTexts | undefined, locale: string): string {
  if (isAddress(value)) return readAddress(value, locale)
  const { yes, no, signed, marked } = words[locale] ?? vietnamese
  const choices = own?.choices ?? {}
  return kinds[field.kind].format(value, field, {
    locale,
    choice: (code) => (Object.hasOwn(choices, code) ? (choices[code] ?? null) : null),
    yes,
    no,
    signed: ({ how, witness }) => (how === 'drawn' ? signed : fillText(marked, { witness })),
  })
}

/** An answer of which nobody knows the question any more (its pack is not here): what it says, as well as it says it. */
export function readBare(value: AnswerValue, locale: string): string {
  const { yes, no, signed, marked } = words[locale] ?? vietnamese
  if (typeof value === 'boolean') return value ? yes : no
  if (typeof value === 'string') return isDay(value) ? readDate(value) : value
  if (typeof value === 'number') return String(value)
  if (isAddress(value)) return readAddress(value, locale)
  if (isCodes(value)) return value.join('; ')
  if (isSignature(value)) return value.how === 'drawn' ? signed : fillText(marked, { witness: value.witness })
  return value.map((row) => Object.entries(row).map(([column, cell]) => `${column}: ${readBare(cell, locale)}`).join(', ')).join('; ')
}

/** A problem as a sentence; `general` are the texts of the rules that belong to no pack. */
export function readProblem(problem: Problem, texts: Texts, general: Readonly<Record<string, string>>): string {
  const own = Object.hasOwn(texts.problems, problem.rule) ? texts.problems[problem.rule] : undefined
  const text = own ?? (Object.hasOwn(general, problem.rule) ? general[problem.rule] : undefined)
  return fillText(text ?? problem.rule, problem.params)
}
