/**
 * Hints of a block that do not fit any more: a pack that asks a date of a block more or less exactly than the block does has
 * to say so in its own words, or people are told that a year is enough and are then refused.
 */
import * as v from 'valibot'
import type { Blocks } from '../blocks.ts'
import { useShape } from '../expand.ts'

const packShape = v.object({ sections: v.array(v.object({ fields: v.optional(v.array(v.unknown()), []) })) })
const wordsShape = v.object({ fields: v.optional(v.record(v.string(), v.unknown()), {}) })
const hinted = v.object({ hint: v.string() })

/** Ids of the fields whose hint in these words of the pack is that of a block with another precision. */
export function staleHints(source: unknown, words: unknown, locale: string, blocks: Blocks): readonly string[] {
  const [pack, own] = [v.safeParse(packShape, source), v.safeParse(wordsShape, words)]
  if (!pack.success || !own.success) return []
  return pack.output.sections.flatMap(({ fields }) => fields).flatMap((field) => {
    const use = v.safeParse(useShape, field)
    if (!use.success) return []
    const { as, change } = use.output
    const block = blocks.get(use.output.use)
    return Object.entries(change).flatMap(([id, changed]): string[] => {
      const known = block?.fields.find((one) => one['id'] === id)?.['precision']
      const isOther = changed['precision'] !== undefined && JSON.stringify(changed['precision']) !== JSON.stringify(known)
      const hasHint = v.is(hinted, block?.texts[locale]?.fields[id])
      const name = as === '' ? id : `${as}.${id}`
      return isOther && hasHint && own.output.fields[name] === undefined ? [name] : []
    })
  })
}
