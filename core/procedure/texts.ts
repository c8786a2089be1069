/**
 * Every word of a pack that people read, one file a language, keyed by the ids of the pack. `parseTexts` refuses a file
 * in which any id has no text, so a page can never show a bare id; it also refuses words for ids that do not exist.
 */
import * as v from 'valibot'
import { failure, type Failure } from '../failures.ts'
import { fail, ok, type Result } from '../result.ts'
import { fieldsOf } from './pack.ts'
import type { Field, Pack } from './packShape.ts'

const line = v.pipe(v.string(), v.minLength(1), v.maxLength(1500))
const words = v.record(v.string(), line)
const noted = v.record(v.string(), v.strictObject({ name: line, note: v.exactOptional(line) }))

const question = { label: line, hint: v.exactOptional(line), choices: v.exactOptional(words) }

const fieldTextsSchema = v.strictObject({
  ...question,
  /** Of a list: what one row is called, as in "member", and the words of its columns. */
  row: v.exactOptional(line),
  columns: v.exactOptional(v.record(v.string(), v.strictObject(question))),
})

export type FieldTexts = v.InferOutput<typeof fieldTextsSchema>

export const textsSchema = v.strictObject({
  format: v.literal(1),
  locale: v.pipe(v.string(), v.regex(/^[a-z]{2}$/)),
  /** Official name of the procedure, and the one people say. */
  name: line,
  shortName: line,
  summary: line,
  /** Words by which people look for it: synonyms, everyday speech, without diacritics too if people write so. */
  everydayWords: v.pipe(v.array(line), v.minLength(1)),
  sector: line,
  sections: v.record(v.string(), v.strictObject({ title: line, hint: v.exactOptional(line) })),
  fields: v.record(v.string(), fieldTextsSchema),
  /** By check id. */
  problems: words,
  /** Documents and their substitutes. */
  documents: noted,
  feeLines: words,
  feeExemptions: noted,
  deadline: line,
  basis: words,
  result: words,
  applicants: words,
  agencies: words,
  /** Pointers to other procedures, by id. */
  related: words,
  /** Who must come in person, by id; left out when the pack says nothing of it. */
  presence: v.exactOptional(words),
})

export type Texts = v.InferOutput<typeof textsSchema>

/** The words of a pack in one language, complete for this pack. */
export function parseTexts(input: unknown, pack: Pack): Result<Texts, Failure<'packInvalid'>> {
  const parsed = v.safeParse(textsSchema, input)
  if (!parsed.success) {
    const [issue] = parsed.issues
    return fail(failure('packInvalid', `texts ${v.getDotPath(issue) ?? ''}: ${issue.type}`))
  }
  const [trouble] = textTroubles(pack, parsed.output)
  return trouble === undefined ? ok(parsed.output) : fail(failure('packInvalid', `texts ${trouble}`))
}

/** Ids without a text, texts without an id, and places in texts that nothing fills, as `fields.con.hoTen: missing`. */
export function textTroubles(pack: Pack, texts: Texts): readonly string[] {
  const { documents, fee, agency } = pack
  return [
    ...compare('sections', idsOf(pack.sections), texts.sections),
    ...compare('fields', idsOf(fieldsOf(pack)), texts.fields),
    ...fieldsOf(pack).flatMap((field) => questionTroubles(field, Object.hasOwn(texts.fields, field.id) ? texts.fields[field.id] : undefined)),
    ...compare('problems', idsOf(pack.checks), texts.problems),
    ...compare('documents', documents.flatMap(({ id, substitutes }) => [id, ...substitutes]), texts.documents),
    ...compare('feeLines', idsOf(fee.lines), texts.feeLines),
    ...compare('feeExemptions', fee.exemptions.map(({ code }) => code), texts.feeExemptions),
    ...compare('basis', idsOf(pack.basis), texts.basis),
    ...compare('result', idsOf(pack.result), texts.result),
    ...compare('applicants', agency.applicants, texts.applicants),
    ...compare('agencies', [agency.reception, agency.decision], texts.agencies),
    ...compare('related', idsOf(pack.related), texts.related),
    ...compare('presence', idsOf(pack.presence ?? []), texts.presence ?? {}),
    ...unfilled(pack, texts),
  ]
}

/** `{x}` is filled in the words of a check only, by its `params`; those of blocks have been filled before. */
function unfilled({ checks }: Pack, texts: Texts): readonly string[] {
  return Object.entries(texts).flatMap(([place, words]: [string, unknown]) => {
    if (typeof words !== 'object' || words === null) return placesIn(words).map((name) => `${place}: nothing fills {${name}}`)
    return Object.entries(words).flatMap(([id, word]: [string, unknown]) => {
      const params = place === 'problems' ? (checks.find((check) => check.id === id)?.params ?? {}) : {}
      return placesIn(word).filter((name) => !Object.hasOwn(params, name)).map((name) => `${place}.${id}: nothing fills {${name}}`)
    })
  })
}

const placesIn = (word: unknown): readonly string[] => [...new Set([...JSON.stringify(word).matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))]

function questionTroubles(field: Field, texts: FieldTexts | undefined): readonly string[] {
  const { columns = [], choices = [] } = field
  const words = texts?.columns ?? {}
  return [
    ...compare(`choices of ${field.id}`, choices.map(({ code }) => code), texts?.choices ?? {}),
    ...compare(`columns of ${field.id}`, idsOf(columns), words),
    ...columns.flatMap((column) => {
      const own = Object.hasOwn(words, column.id) ? words[column.id] : undefined
      return compare(`choices of ${field.id}.${column.id}`, column.choices?.map(({ code }) => code) ?? [], own?.choices ?? {})
    }),
    ...(columns.length > 0 && texts?.row === undefined ? [`row of ${field.id}: missing`] : []),
  ]
}

const idsOf = (list: readonly { readonly id: string }[]): readonly string[] => list.map(({ id }) => id)

function compare(place: string, ids: readonly string[], texts: Readonly<Record<string, unknown>>): readonly string[] {
  const missing = ids.filter((id) => !Object.hasOwn(texts, id)).map((id) => `${place}.${id}: missing`)
  const extra = Object.keys(texts).filter((id) => !ids.includes(id)).map((id) => `${place}.${id}: not in the pack`)
  return [...missing, ...extra]
}
