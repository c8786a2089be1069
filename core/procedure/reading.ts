/** Answers and problems as people read them: for the check-answers page, the officer's case and the printed form. */
import { answerTo, isAddress, type Answers } from './answers.ts'
import { readAddress } from './kinds/address.ts'
import { kinds } from './kinds/kinds.ts'
import type { Field } from './packShape.ts'
import { fillText, type Problem } from './problems.ts'
import type { Texts } from './texts.ts'
import { tidyAnswer } from './validate.ts'

const yesNoWords: Readonly<Record<string, readonly [yes: string, no: string]>> = { vi: ['Có', 'Không'], en: ['Yes', 'No'] }

/** An answer as text, '' when there is none; names come in capitals, dates `dd/mm/yyyy`. */
export function readAnswer(field: Field, answers: Answers, texts: Texts): string {
  const value = tidyAnswer(field, answerTo(answers, field.id))
  if (value === undefined) return ''
  if (isAddress(value)) return readAddress(value, texts.locale)
  const [yes, no] = yesNoWords[texts.locale] ?? ['Yes', 'No']
  const choices = Object.hasOwn(texts.fields, field.id) ? texts.fields[field.id]?.choices : undefined
  const choice = (code: string): string | null =>
    choices !== undefined && Object.hasOwn(choices, code) ? (choices[code] ?? null) : null
  return kinds[field.kind].format(value, field, { locale: texts.locale, choice, yes, no })
}

/** A problem as a sentence; `general` are the texts of the rules that belong to no pack. */
export function readProblem(problem: Problem, texts: Texts, general: Readonly<Record<string, string>>): string {
  const own = Object.hasOwn(texts.problems, problem.rule) ? texts.problems[problem.rule] : undefined
  const text = own ?? (Object.hasOwn(general, problem.rule) ? general[problem.rule] : undefined)
  return fillText(text ?? problem.rule, problem.params)
}
