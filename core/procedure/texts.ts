/**
 * Every word of a pack that people read, one file a language, keyed by the ids of the pack. `parseTexts` refuses a file
 * in which any id has no text, so a page can never show a bare id; it also refuses words for ids that do not exist.
 */
import * as v from 'valibot'
import { failure, type Failure } from '../failures.ts'
import { fail, ok, type Result } from '../result.ts'
import { fieldsOf } from './pack.ts'
import type { Pack } from './packShape.ts'

const line = v.pipe(v.string(), v.minLength(1), v.maxLength(1500))
const words = v.record(v.string(), line)
const noted = v.record(v.string(), v.strictObject({ name: line, note: v.exactOptional(line) }))

const textsSchema = v.strictObject({
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
  fields: v.record(
    v.string(),
    v.strictObject({ label: line, hint: v.exactOptional(line), choices: v.exactOptional(words) }),
  ),
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

/** Ids without a text and texts without an id, as `fields.con.hoTen: missing`. */
export function textTroubles(pack: Pack, texts: Texts): readonly string[] {
  const { documents, fee, agency } = pack
  const choices = fieldsOf(pack).flatMap((field) =>
    compare(
      `choices of ${field.id}`,
      field.choices?.map(({ code }) => code) ?? [],
      (Object.hasOwn(texts.fields, field.id) ? texts.fields[field.id]?.choices : undefined) ?? {},
    ),
  )
  return [
    ...compare('sections', idsOf(pack.sections), texts.sections),
    ...compare('fields', idsOf(fieldsOf(pack)), texts.fields),
    ...choices,
    ...compare('problems', idsOf(pack.checks), texts.problems),
    ...compare('documents', documents.flatMap(({ id, substitutes }) => [id, ...substitutes]), texts.documents),
    ...compare('feeLines', idsOf(fee.lines), texts.feeLines),
    ...compare('feeExemptions', fee.exemptions.map(({ code }) => code), texts.feeExemptions),
    ...compare('basis', idsOf(pack.basis), texts.basis),
    ...compare('result', idsOf(pack.result), texts.result),
    ...compare('applicants', agency.applicants, texts.applicants),
    ...compare('agencies', [agency.reception, agency.decision], texts.agencies),
    ...compare('related', idsOf(pack.related), texts.related),
  ]
}

const idsOf = (list: readonly { readonly id: string }[]): readonly string[] => list.map(({ id }) => id)

function compare(place: string, ids: readonly string[], texts: Readonly<Record<string, unknown>>): readonly string[] {
  const missing = ids.filter((id) => !Object.hasOwn(texts, id)).map((id) => `${place}.${id}: missing`)
  const extra = Object.keys(texts).filter((id) => !ids.includes(id)).map((id) => `${place}.${id}: not in the pack`)
  return [...missing, ...extra]
}
