/**
 * What every field kind answers for. `tidy` never throws and never changes a value twice (tidy(tidy(x)) = tidy(x));
 * `parse` expects a tidied value and gives the one stored form; `check` only reports. None of them knows a clock: the
 * date comes in the context.
 */
import { tidyText } from '../../identity/names.ts'
import type { Result } from '../../result.ts'
import type { AnswerValue, Signature } from '../answers.ts'
import type { RuleContext } from '../conditions.ts'
import type { Field } from '../packShape.ts'
import type { ProblemLevel, ProblemParams } from '../problems.ts'

export interface KindProblem {
  readonly rule: string
  readonly level: ProblemLevel
  readonly params: ProblemParams
}

/** What formatting needs of the language: its name and the words of the field's choices. */
export interface Reading {
  readonly locale: string
  /** The text of a choice of this field, or null when there is none. */
  readonly choice: (code: string) => string | null
  readonly yes: string
  readonly no: string
  /** A signature in words. */
  readonly signed: (signature: Signature) => string
}

export interface FieldKind {
  /** The value with white space, letters and number forms put in order; undefined when there is nothing in it. */
  readonly tidy: (value: unknown, field: Field) => AnswerValue | undefined
  /** True for a value with nothing in it, asked where `tidy` gave none; what is not empty is kept, to be refused. */
  readonly isEmpty: (value: AnswerValue) => boolean
  /** The stored form, or the rule that the value breaks. */
  readonly parse: (value: AnswerValue, field: Field) => Result<AnswerValue, KindProblem>
  /** What is worth saying about a value that `parse` accepted. */
  readonly check: (value: AnswerValue, field: Field, context: RuleContext) => readonly KindProblem[]
  /** The value as people read it. */
  readonly format: (value: AnswerValue, field: Field, reading: Reading) => string
}

export const kindProblem = (rule: string, level: ProblemLevel = 'error', params: ProblemParams = {}): KindProblem => ({
  rule,
  level,
  params,
})

/** A text, number or truth value as text; '' for what only its own kind can read. */
export const plain = (value: AnswerValue): string => (typeof value === 'object' ? '' : String(value))

/** The checks of a kind that has none. */
export const noChecks = (): readonly KindProblem[] => []

/** Kinds that read texts found nothing in this one. */
export const isText = (value: AnswerValue): boolean => typeof value === 'string'

/** A text of white space, for kinds that no text can answer. */
export const blankText = (value: unknown): boolean => typeof value === 'string' && tidyText(value) === ''
