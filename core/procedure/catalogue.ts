/**
 * The catalogue: every procedure that a ward offers, also those without a pack. It says under which words people look for a
 * procedure, what to bring and where to go; it asks nothing and decides nothing. Unknown members are left out, so that a
 * later office can say more to an earlier tablet. Nothing in it counts as confirmed while `confirmedBy` is null.
 */
import * as v from 'valibot'
import { failure, type Failure } from '../failures.ts'
import { fail, ok, type Result } from '../result.ts'
import { confidences } from './packShape.ts'

const line = v.pipe(v.string(), v.minLength(1), v.maxLength(600))
const id = v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9-]{0,39}$/))
const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/))
/** A text in every language of the tablet. */
const both = v.object({ vi: line, en: line })
const confidence = v.picklist(confidences)

const paperShape = v.object({
  ...both.entries,
  mode: v.picklist(['submit', 'present']),
  kind: v.picklist(['original', 'certifiedCopy', 'copy', 'electronic']),
  /** In which case it is needed; always, when absent. */
  when: v.optional(both),
})

const entryShape = v.object({
  code: v.pipe(v.string(), v.regex(/^\d\.\d{6}$/)),
  sector: id,
  /** Where to go. */
  place: id,
  names: both,
  everyday: v.object({ vi: v.pipe(v.array(line), v.minLength(1)), en: v.pipe(v.array(line), v.minLength(1)) }),
  /** Absent: the reference does not say which; then the counter has to be asked. */
  papers: v.optional(v.pipe(v.array(paperShape), v.minLength(1))),
  time: v.optional(both),
  fee: v.optional(both),
  note: v.optional(both),
  source: line,
  /** Of code, name and sector. */
  confidence,
  /** Of papers, time, fee and note. */
  contentConfidence: confidence,
})

const catalogueShape = v.object({
  format: v.literal(1),
  id,
  version: v.pipe(v.string(), v.regex(/^\d{1,3}\.\d{1,3}\.\d{1,3}$/)),
  validFrom: day,
  validTo: v.nullable(day),
  source: line,
  /** The officer who signed the content off, or null. */
  confirmedBy: v.nullable(line),
  sectors: v.record(id, both),
  places: v.record(id, both),
  procedures: v.pipe(v.array(entryShape), v.minLength(1), v.maxLength(5000)),
})

export type Catalogue = v.InferOutput<typeof catalogueShape>
export type CatalogueEntry = v.InferOutput<typeof entryShape>

/** A catalogue, or `packInvalid` with the place of the first thing that is wrong. */
export function parseCatalogue(input: unknown): Result<Catalogue, Failure<'packInvalid'>> {
  const parsed = v.safeParse(catalogueShape, input)
  if (!parsed.success) {
    const [issue] = parsed.issues
    return fail(failure('packInvalid', `catalogue ${v.getDotPath(issue) ?? ''}: ${issue.type}`))
  }
  const trouble = troubleIn(parsed.output)
  return trouble === null ? ok(parsed.output) : fail(failure('packInvalid', `catalogue ${trouble}`))
}

function troubleIn({ procedures, sectors, places }: Catalogue): string | null {
  const seen = new Set<string>()
  for (const { code, sector, place } of procedures) {
    if (seen.has(code)) return `${code}: twice`
    if (!Object.hasOwn(sectors, sector)) return `${code}: unknown sector ${sector}`
    if (!Object.hasOwn(places, place)) return `${code}: unknown place ${place}`
    seen.add(code)
  }
  return null
}
