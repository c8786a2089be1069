/**
 * Puts blocks into a pack. Pure: JSON in, JSON out; what comes out is judged by `parsePack` and `parseTexts` like any pack.
 * Ids of a block stand under the name that the pack gives it (`as`), conditions that look at `.x` look at `<as>.x`, and
 * checks and suggestions about fields that the pack left out go with them.
 */
import * as v from 'valibot'
import { fail, ok, type Result } from '../../core/result.ts'
import type { Block, Blocks } from './blocks.ts'

type Json = Readonly<Record<string, unknown>>

export const useShape = v.strictObject({
  /** Name and number of the block. */
  use: v.string(),
  /** Head of the ids that it brings. */
  as: v.optional(v.string(), ''),
  /** Ids within the block: only these, or all but these. */
  only: v.optional(v.array(v.string())),
  without: v.optional(v.array(v.string()), []),
  /** A condition for all its fields; `required` takes the place of a plain `true`. */
  when: v.optional(v.unknown()),
  required: v.optional(v.unknown()),
  /** Whose facts its fields ask for (`core/procedure/facts.ts`); without it they ask for none. */
  fact: v.optional(v.string()),
  /** What is different here, by id within the block; null takes a member out. */
  change: v.optional(v.record(v.string(), v.record(v.string(), v.unknown())), {}),
})

type Use = v.InferOutput<typeof useShape>

interface Placed {
  readonly use: Use
  readonly block: Block
}

type Path = readonly (string | number)[]

/** What is wrong with a use of a block, and where in the pack. */
export interface Misuse {
  readonly path: Path
  readonly why: string
}

export interface Expanded {
  readonly pack: unknown
  /** The words of each language, by the words that the pack itself has. */
  readonly texts: (own: unknown) => unknown
  /** Keys of `uses` in the pack's own words under which it uses no block: their words would go nowhere. */
  readonly unusedWords: (own: unknown) => readonly string[]
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const listIn = (value: Json, key: string): readonly unknown[] => (Array.isArray(value[key]) ? value[key] : [])
const idOf = (entry: Json): string => (typeof entry['id'] === 'string' ? entry['id'] : '')

/** The pack with its blocks put in, or the first use of a block that is not there or that names what the block lacks. */
export function expand(source: unknown, blocks: Blocks): Result<Expanded, Misuse> {
  if (!isJson(source)) return ok({ pack: source, texts: (own) => own, unusedWords: () => [] })
  const placed: Placed[] = []
  const faults: Misuse[] = []

  /** Entries of a list with each `use` replaced by what the block brings. */
  function spliced(one: unknown, path: Path, bring: (placed: Placed) => readonly Json[]): readonly unknown[] {
    if (!isJson(one) || !('use' in one)) return [one]
    const read = usedBlock(one, blocks)
    if (!read.ok) {
      faults.push({ path: [...path, ...read.failure.path], why: `${String(one['use'])}: ${read.failure.why}` })
      return []
    }
    placed.push(read.value)
    return bring(read.value)
  }

  const sections = listIn(source, 'sections').flatMap((entry, at) =>
    spliced(entry, ['sections', at], sectionsOf).map((section) =>
      isJson(section) ? { ...section, fields: listIn(section, 'fields').flatMap((field, index) => spliced(field, ['sections', at, 'fields', index], fieldsOf)) } : section,
    ),
  )
  const documents = listIn(source, 'documents').flatMap((entry, at) => spliced(entry, ['documents', at], ({ block }) => block.documents))
  const [first] = faults
  if (first !== undefined) return fail(first)
  const checks = [...listIn(source, 'checks'), ...placed.flatMap(checksOf)]
  const derivations = [...listIn(source, 'derivations'), ...placed.flatMap(derivationsOf)]
  return ok({ pack: { ...source, sections, documents, checks, derivations }, texts: (own) => textsWith(own, placed), unusedWords: (own) => unusedWords(own, placed) })
}

/** What one entry of a pack uses. */
function usedBlock(entry: Json, blocks: Blocks): Result<Placed, Misuse> {
  const read = v.safeParse(useShape, entry)
  if (!read.success) {
    const place = v.getDotPath(read.issues[0])
    return fail({ path: place === null ? [] : place.split('.'), why: `${place ?? 'use'} does not fit` })
  }
  const use = read.output
  const block = blocks.get(use.use)
  if (block === undefined) return fail({ path: ['use'], why: 'no such block' })
  const strange = strangeName(use, new Set(allFieldsOf(block).map(idOf)))
  return strange === null ? ok({ use, block }) : fail(strange)
}

/** The first name that stands for nothing of the block: what it was to choose or to change would be there unchanged. */
function strangeName(use: Use, ids: ReadonlySet<string>): Misuse | null {
  for (const list of ['only', 'without'] as const) {
    const at = (use[list] ?? []).findIndex((id) => !ids.has(id))
    if (at >= 0) return { path: [list, at], why: `${list} names ${use[list]?.[at] ?? ''}, which the block does not have` }
  }
  const changed = Object.keys(use.change).find((id) => !ids.has(id) || !isTaken(use, id))
  return changed === undefined ? null : { path: ['change', changed], why: `change names ${changed}, which ${ids.has(changed) ? 'is left out' : 'the block does not have'}` }
}

const allFieldsOf = (block: Block): readonly Json[] => [...block.fields, ...block.sections.flatMap(({ fields }) => fields)]

function unusedWords(own: unknown, placed: readonly Placed[]): readonly string[] {
  const names = new Set(placed.map(({ use }) => use.as))
  return isJson(own) && isJson(own['uses']) ? Object.keys(own['uses']).filter((name) => !names.has(name)) : []
}

const under = ({ as }: Use, id: string): string => (as === '' ? id : `${as}.${id}`)

const isTaken = ({ only, without }: Use, id: string): boolean => (only === undefined || only.includes(id)) && !without.includes(id)

/** A value with every `.x` of its conditions under the block's name. */
function placedLogic(use: Use, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((part) => placedLogic(use, part))
  if (!isJson(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === 'var' && typeof part === 'string' && part.startsWith('.') ? under(use, part.slice(1)) : placedLogic(use, part),
    ]),
  )
}

function placedField(use: Use, field: Json): Json {
  const id = idOf(field)
  const changed = { ...field, ...use.change[id] }
  const { fact, when, required, ...rest } = Object.fromEntries(Object.entries(changed).filter(([, part]) => part !== null))
  const both = [use.when, when].filter((one) => one !== undefined)
  return {
    ...Object.fromEntries(Object.entries(rest).map(([key, part]) => [key, placedLogic(use, part)])),
    id: under(use, id),
    required: placedLogic(use, required === true && use.required !== undefined ? use.required : required),
    ...(both.length === 0 ? {} : { when: placedLogic(use, both.length === 1 ? both[0] : { and: both }) }),
    ...(typeof fact === 'string' && use.fact !== undefined ? { fact: `${use.fact}${fact}` } : {}),
  }
}

const fieldsOf = ({ use, block }: Placed): readonly Json[] =>
  block.fields.filter((field) => isTaken(use, idOf(field))).map((field) => placedField(use, field))

const sectionsOf = ({ use, block }: Placed): readonly Json[] =>
  block.sections.map((section) => ({
    ...section,
    fields: section.fields.filter((field) => isTaken(use, idOf(field))).map((field) => placedField(use, field)),
  }))

/** Ids within the block that a piece of JSON looks at. */
function lookedAt(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(lookedAt)
  if (!isJson(value)) return []
  return Object.entries(value).flatMap(([key, part]) =>
    key === 'var' && typeof part === 'string' ? (part.startsWith('.') ? [part.slice(1)] : []) : lookedAt(part),
  )
}

const concerns = (use: Use, ids: readonly string[]): boolean => ids.every((id) => isTaken(use, id))

const checksOf = ({ use, block }: Placed): readonly Json[] =>
  block.checks
    .filter((check) => concerns(use, [String(check['field']), ...lookedAt(check)]))
    .map((check) => ({
      ...Object.fromEntries(Object.entries(check).map(([key, part]) => [key, placedLogic(use, part)])),
      id: under(use, idOf(check)),
      field: under(use, String(check['field'])),
    }))

const derivationsOf = ({ use, block }: Placed): readonly Json[] =>
  block.derivations
    .filter((derivation) => concerns(use, [String(derivation['target']), ...lookedAt(derivation)]))
    .map((derivation) => ({
      ...Object.fromEntries(Object.entries(derivation).map(([key, part]) => [key, placedLogic(use, part)])),
      target: under(use, String(derivation['target'])),
    }))

/** The pack's own words over those of its blocks; `{who}` and the like come from `uses.<as>` of the pack's words. */
function textsWith(own: unknown, placed: readonly Placed[]): unknown {
  if (!isJson(own)) return own
  const { uses, ...texts } = own
  const given = isJson(uses) ? uses : {}
  const locale = String(own['locale'])
  const merged: Record<string, unknown> = { ...texts }
  for (const { use, block } of placed) {
    const words = block.texts[locale]
    if (words === undefined) continue
    const params = isJson(given[use.as]) ? given[use.as] : {}
    const filled = (part: unknown): unknown => fill(part, isJson(params) ? params : {})
    const taken = (part: Json, ids: readonly string[]): Json =>
      Object.fromEntries(Object.entries(part).filter(([id]) => ids.includes(id)).map(([id, word]) => [under(use, id), filled(word)]))
    const fieldIds = allFieldsOf(block).map(idOf).filter((id) => isTaken(use, id))
    const checkIds = block.checks.filter((check) => concerns(use, [String(check['field']), ...lookedAt(check)])).map(idOf)
    merged['sections'] = { ...words.sections, ...asJson(merged['sections']) }
    merged['fields'] = { ...taken(words.fields, fieldIds), ...asJson(merged['fields']) }
    merged['problems'] = { ...taken(words.problems, checkIds), ...asJson(merged['problems']) }
    merged['documents'] = { ...words.documents, ...asJson(merged['documents']) }
  }
  return merged
}

const asJson = (value: unknown): Json => (isJson(value) ? value : {})

function fill(part: unknown, params: Json): unknown {
  if (typeof part === 'string') return part.replace(/\{(\w+)\}/g, (place, name: string) => (typeof params[name] === 'string' ? params[name] : place))
  if (Array.isArray(part)) return part.map((one) => fill(one, params))
  return isJson(part) ? Object.fromEntries(Object.entries(part).map(([key, one]) => [key, fill(one, params)])) : part
}
