/**
 * Blocks: parts that many packs share (a person, the consent, how the result is fetched), so that a pack says what is its
 * own. `procedures/common/blocks/<name>.<n>/` holds `block.json` and `texts.<locale>.json`; a pack names one where its
 * fields, sections or documents would stand: `{"use": "person.1", "as": "nyc", ...}`. A published pack must not change
 * with a block, therefore a block never changes either: a new one gets a new number.
 *
 * The office puts the blocks in when it reads its packs; what it signs and sends is the whole pack.
 */
import { join } from 'node:path'
import * as v from 'valibot'
import { parseJson } from '../../core/sealing/signed.ts'
import { readIfThere } from '../keys/keyFiles.ts'
import { namesIn } from './folder.ts'

const entry = v.record(v.string(), v.unknown())
const entries = v.optional(v.array(entry), [])

export const blockShape = v.strictObject({
  format: v.literal(1),
  fields: entries,
  sections: v.optional(v.array(v.looseObject({ id: v.string(), fields: v.array(entry) })), []),
  documents: entries,
  checks: entries,
  derivations: entries,
})

const words = v.optional(v.record(v.string(), v.unknown()), {})

export const blockTextsShape = v.strictObject({
  format: v.literal(1),
  locale: v.string(),
  sections: words,
  fields: words,
  problems: words,
  documents: words,
})

export interface Block extends v.InferOutput<typeof blockShape> {
  readonly texts: Readonly<Record<string, v.InferOutput<typeof blockTextsShape>>>
}

export type Blocks = ReadonlyMap<string, Block>

const textsFile = /^texts\.([a-z]{2})\.json$/

/** Every block of a procedures folder that can be read; each that cannot is one sentence. */
export async function readBlocks(proceduresFolder: string, say: (sentence: string) => void): Promise<Blocks> {
  const folder = join(proceduresFolder, 'common', 'blocks')
  const blocks = new Map<string, Block>()
  for (const name of await namesIn(folder, /^[a-z][A-Za-z]*\.\d+$/)) {
    const block = parseJson(await readIfThere(join(folder, name, 'block.json')), blockShape)
    const texts: Record<string, v.InferOutput<typeof blockTextsShape>> = {}
    for (const file of await namesIn(join(folder, name), textsFile)) {
      const read = parseJson(await readIfThere(join(folder, name, file)), blockTextsShape)
      if (read === null) say(`The words ${file} of the block ${name} cannot be read.`)
      else texts[read.locale] = read
    }
    if (block === null) say(`The block ${name} is left out: block.json is missing or has another shape.`)
    else blocks.set(name, { ...block, texts })
  }
  return blocks
}
