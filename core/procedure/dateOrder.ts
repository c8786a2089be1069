/**
 * `<` and its like compare dates by their texts, and a year alone stands before every day of that year: who knows only the
 * year of an entry would be told that it lies before a birth in that year. Where a date may be known in part, packs
 * therefore ask `surelyBefore`; what orders such a date by its text is refused when the pack is read.
 */
import type { Field, Pack } from './packShape.ts'

type Json = Readonly<Record<string, unknown>>

const orderings: readonly string[] = ['<', '<=', '>', '>=']
const overRows: readonly string[] = ['sumOf', 'countOf']

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const varOf = (value: unknown): string | null => (isJson(value) && typeof value['var'] === 'string' ? value['var'] : null)
const inPart = ({ kind, precision = [] }: Pick<Field, 'kind' | 'precision'>): boolean => kind === 'date' && precision.some((one) => one !== 'day')

/** Names of the dates that may be known in part; a column is `list.column`. */
function partialDates({ sections }: Pack): ReadonlySet<string> {
  const fields = sections.flatMap((section) => section.fields)
  const columns = fields.flatMap(({ id, columns = [] }) => columns.map((column) => ({ ...column, id: `${id}.${column.id}` })))
  return new Set([...fields, ...columns].filter(inPart).map(({ id }) => id))
}

/** Where one is: the entry of the pack for messages, and the list that `row.` belongs to. */
interface Place {
  readonly at: string
  readonly list: string
}

function placeIn(value: Json, place: Place): Place {
  const { id, target, field, column, columns } = value
  const at = typeof id === 'string' ? id : typeof target === 'string' ? target : place.at
  if (Array.isArray(columns)) return { at, list: at }
  return { at, list: typeof column === 'string' && typeof field === 'string' ? field : place.list }
}

/** Every ordering in a pack that compares the text of a date that may be known in part. */
export function* partialDatesOrdered(pack: Pack): Iterable<{ readonly at: string; readonly why: string }> {
  const partial = partialDates(pack)

  function* within(value: unknown, place: Place): Iterable<{ readonly at: string; readonly why: string }> {
    if (Array.isArray(value)) for (const part of value) yield* within(part, place)
    if (!isJson(value)) return
    const here = placeIn(value, place)
    for (const [key, part] of Object.entries(value)) {
      const args: readonly unknown[] = Array.isArray(part) ? part : [part]
      const list = overRows.includes(key) ? (varOf(args[0]) ?? here.list) : here.list
      const compared = orderings.includes(key) ? args.map(varOf).find((name) => name !== null && partial.has(name.replace(/^row\./, `${list}.`))) : undefined
      if (typeof compared === 'string') yield { at: here.at, why: `${compared} may be known in part; use surelyBefore` }
      yield* within(part, { ...here, list })
    }
  }

  yield* within(pack, { at: 'pack', list: '' })
}
