/**
 * Answers of one application: a flat map from field id to value, JSON only, the same on the tablet and at the office.
 * A draft may hold anything of this shape, also what is not right yet (`validate` says what is wrong); what cannot be
 * of this shape never gets in (`parseAnswers`). An empty answer is left out, never stored as null.
 */
import * as v from 'valibot'
import { canonical } from '../canonical.ts'
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

/** What one question can hold: a text, a number, a truth value, a place, or the codes of several choices. */
export type CellValue = string | number | boolean | Address | readonly string[]

/** One entry of a list: an answer for each of its columns; empty ones are left out. */
export type Row = Readonly<Record<string, CellValue>>

/**
 * What a citizen leaves instead of words. It shows that he was there and agreed; in law it is no electronic signature, so
 * the printed form is signed at the counter all the same (reference 3.0.3, CAM).
 */
export type Signature = {
  /** Drawn on the glass, or a mark made before a witness by somebody who does not sign. */
  readonly how: 'drawn' | 'mark'
  /** Strokes as `x,y x,y;x,y x,y`, each from 0 to 1000 over the field's width; '' for a mark. */
  readonly strokes: string
  /** Name of the witness of a mark; '' when it was drawn. */
  readonly witness: string
  /** When, UTC. */
  readonly at: string
}

export type AnswerValue = CellValue | readonly Row[] | Signature
export type Answers = Readonly<Record<string, AnswerValue>>

/** Flat dotted key such as `con.hoTen`; also the shape that keeps `__proto__` out. */
export const fieldIdShape = /^[a-z][A-Za-z0-9]{0,39}(\.[a-z][A-Za-z0-9]{0,39}){0,3}$/

/** Longest text an answer may hold, in UTF-16 units; longer ones are refused before any rule sees them. */
export const maxAnswerLength = 2000
/** Most answers one application may hold. */
export const maxAnswers = 500

/** Most rows of one list, and most codes of one answer. */
export const maxRows = 50
const maxCodes = 100
const maxStrokes = 20_000

const shortText = v.pipe(v.string(), v.maxLength(maxAnswerLength))

export const addressSchema = v.strictObject({
  countryCode: v.pipe(v.string(), v.maxLength(2)),
  provinceCode: v.pipe(v.string(), v.maxLength(2)),
  wardCode: v.pipe(v.string(), v.maxLength(5)),
  wardText: shortText,
  detail: shortText,
  legacyText: shortText,
})

const codesSchema = v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.maxLength(maxCodes))
const cellSchema = v.union([shortText, v.pipe(v.number(), v.finite()), v.boolean(), addressSchema, codesSchema])
const columnId = v.pipe(v.string(), v.regex(/^[a-z][A-Za-z0-9]{0,39}$/))
const rowsSchema = v.pipe(v.array(v.record(columnId, cellSchema)), v.maxLength(maxRows))

const signatureSchema = v.strictObject({
  how: v.picklist(['drawn', 'mark']),
  strokes: v.pipe(v.string(), v.maxLength(maxStrokes)),
  witness: v.pipe(v.string(), v.maxLength(200)),
  at: v.pipe(v.string(), v.maxLength(40)),
})

const answerSchema = v.union([cellSchema, rowsSchema, signatureSchema])

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

/** True for the codes of a question with several choices. */
export const isCodes = (value: unknown): value is readonly string[] => v.safeParse(codesSchema, value).success

/** True for the rows of a list. */
export const isRows = (value: unknown): value is readonly Row[] => v.safeParse(rowsSchema, value).success

/** True for a signature or a witnessed mark. */
export const isSignature = (value: unknown): value is Signature => v.safeParse(signatureSchema, value).success

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

/** A value with its letters composed (NFC), also inside places, lists and codes, and no minus zero: JSON knows none. */
export function composed(value: AnswerValue): AnswerValue {
  if (typeof value !== 'object') return composedCell(value)
  if (isRows(value)) return value.map((row) => Object.fromEntries(Object.entries(row).map(([id, cell]) => [id, composedCell(cell)])))
  return isSignature(value) ? { ...value, witness: value.witness.normalize('NFC') } : composedCell(value)
}

/** The same for the value of one column. */
export function composedCell(cell: CellValue): CellValue {
  if (typeof cell === 'string') return cell.normalize('NFC')
  if (typeof cell === 'number') return cell === 0 ? 0 : cell
  if (typeof cell === 'boolean') return cell
  if (!isAddress(cell)) return cell.map((code) => code.normalize('NFC'))
  const nfc = (part: string): string => part.normalize('NFC')
  return {
    countryCode: nfc(cell.countryCode),
    provinceCode: nfc(cell.provinceCode),
    wardCode: nfc(cell.wardCode),
    wardText: nfc(cell.wardText),
    detail: nfc(cell.detail),
    legacyText: nfc(cell.legacyText),
  }
}

/** True when two answers are the same value. */
export function sameAnswer(one: AnswerValue | undefined, other: AnswerValue | undefined): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return one === other
  return canonical(one) === canonical(other)
}

/** Answers with one answer set, or taken out when it is undefined. */
export function withAnswer(answers: Answers, id: string, value: AnswerValue | undefined): Answers {
  if (value !== undefined) return { ...answers, [id]: value }
  return Object.fromEntries(Object.entries(answers).filter(([other]) => other !== id))
}
