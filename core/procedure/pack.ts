/**
 * Reading a pack. `parsePack` lets in only packs that cannot go wrong later: ids are unique, every condition is inside
 * the subset and looks at fields that exist, and a field's `when` looks only at fields above it, so relevance is decided
 * in one pass and never in a circle.
 */
import * as v from 'valibot'
import { isDeeperThan } from '../depth.ts'
import { failure, type Failure } from '../failures.ts'
import { fail, ok, type Result } from '../result.ts'
import { packTrouble } from './packRules.ts'
import { packSchema, type Field, type Pack } from './packShape.ts'

export type { Field, Pack }

/** A pack from outside. The failure's `why` is `place: reason`; a pack is not secret, but its words are not repeated. */
export function parsePack(input: unknown): Result<Pack, Failure<'packInvalid'>> {
  // Reading a condition goes as deep as it is nested.
  if (isDeeperThan(input, deepestPack)) return fail(failure('packInvalid', 'pack: deeper than allowed'))
  const parsed = v.safeParse(packSchema, input)
  if (!parsed.success) {
    const [issue] = parsed.issues
    return fail(failure('packInvalid', `${v.getDotPath(issue) ?? 'pack'}: ${issue.type}`))
  }
  const trouble = packTrouble(parsed.output)
  return trouble === null ? ok(parsed.output) : fail(failure('packInvalid', `${trouble.at}: ${trouble.why}`))
}

/** Three times what the deepest condition in the deepest place needs. */
const deepestPack = 100

/** Every field of a pack in the order of its form. */
export const fieldsOf = (pack: Pack): readonly Field[] => pack.sections.flatMap(({ fields }) => fields)

/** The field of an id, or undefined. */
export const fieldOf = (pack: Pack, fieldId: string): Field | undefined =>
  fieldsOf(pack).find((field) => field.id === fieldId)
