/**
 * Answers of one application: a flat map from field id to value, JSON only, the same on the tablet and at the office.
 * A draft may hold anything of this shape, also what is not right yet (`validate` says what is wrong); what cannot be
 * of this shape never gets in (`parseAnswers`). An empty answer is left out, never stored as null.
 */
import * as v from 'valibot'
import { failure, type Failure } from '../failures.ts'
import { fail, ok, type Result } from '../result.ts'

/** A place. In Viet Nam (`countryCode` VN): province and ward by their codes of 2025; abroad: free text in `detail`. */
export type Address = {
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string
  /** Two digits, '' abroad or not chosen yet. */
  readonly provinceCode: string
  /** Five digits, '' when the province's wards are not in `identity/units.ts` (then `wardText`). */
  readonly wardCode: string
  readonly wardText: string
  /** House, street, neighbourhood; abroad the whole address. */
  readonly detail: string
  /** The old three-level text of a card or paper, kept as it was; '' when there is none. */
  readonly legacyText: string
}

export type AnswerValue = string | number | boolean | Address
export type Answers = Readonly<Record<string, AnswerValue>>

/** Flat dotted key such as `con.hoTen`; also the shape that keeps `__proto__` out. */
export const fieldIdShape = /^[a-z][A-Za-z0-9]{0,39}(\.[a-z][A-Za-z0-9]{0,39}){0,3}$/

/** Longest text an answer may hold, in UTF-16 units; longer ones are refused before any rule sees them. */
export const maxAnswerLength = 2000
/** Most answers one application may hold. */
export const maxAnswers = 500

const shortText = v.pipe(v.string(), v.maxLength(maxAnswerLength))

export const addressSchema = v.strictObject({
  countryCode: v.pipe(v.string(), v.maxLength(2)),
  provinceCode: v.pipe(v.string(), v.maxLength(2)),
  wardCode: v.pipe(v.string(), v.maxLength(5)),
  wardText: shortText,
  detail: shortText,
  legacyText: shortText,
})

const answerSchema = v.union([shortText, v.pipe(v.number(), v.finite()), v.boolean(), addressSchema])

/** An address with nothing filled in but the country. */
export const emptyAddress = (countryCode = 'VN'): Address => ({
  countryCode,
  provinceCode: '',
  wardCode: '',
  wardText: '',
  detail: '',
  legacyText: '',
})

/** True for an answer that is an address, not a text, number or truth value. */
export const isAddress = (value: unknown): value is Address =>
  typeof value === 'object' && v.safeParse(addressSchema, value).success

/**
 * Answers from outside (an opened application, a row of a draft). Judges the shape only; what the answers say is for
 * `validate`. The failure names the place, never the value.
 */
export function parseAnswers(input: unknown): Result<Answers, Failure<'answersInvalid'>> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return fail(failure('answersInvalid', 'shape'))
  const entries = Object.entries(input)
  if (entries.length > maxAnswers) return fail(failure('answersInvalid', 'count'))
  const answers: Record<string, AnswerValue> = {}
  for (const [id, value] of entries) {
    if (!fieldIdShape.test(id)) return fail(failure('answersInvalid', 'field id'))
    const parsed = v.safeParse(answerSchema, value)
    if (!parsed.success) return fail(failure('answersInvalid', id))
    answers[id] = parsed.output
  }
  return ok(answers)
}

/** The answer under an id, also when the id is a word that every object knows (`constructor`). */
export const answerTo = (answers: Answers, id: string): AnswerValue | undefined =>
  Object.hasOwn(answers, id) ? answers[id] : undefined

/** True when two answers are the same value. */
export function sameAnswer(one: AnswerValue | undefined, other: AnswerValue | undefined): boolean {
  if (!isAddress(one) || !isAddress(other)) return one === other
  return (
    one.countryCode === other.countryCode &&
    one.provinceCode === other.provinceCode &&
    one.wardCode === other.wardCode &&
    one.wardText === other.wardText &&
    one.detail === other.detail &&
    one.legacyText === other.legacyText
  )
}

/** Answers with one answer set, or taken out when it is undefined. */
export function withAnswer(answers: Answers, id: string, value: AnswerValue | undefined): Answers {
  if (value !== undefined) return { ...answers, [id]: value }
  return Object.fromEntries(Object.entries(answers).filter(([other]) => other !== id))
}
