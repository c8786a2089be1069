/** Reads procedures/<code>/<version>/ and the calendar. A broken pack is one sentence and is left out; the others go on. */
import { join } from 'node:path'
import * as v from 'valibot'
import { packRef } from '../../core/ids.ts'
import { parseCalendar, type Calendar } from '../../core/procedure/calendar.ts'
import { parsePack } from '../../core/procedure/pack.ts'
import { parseTexts } from '../../core/procedure/texts.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { parseJson } from '../../core/sealing/signed.ts'
import type { PublishedPack } from '../../core/wire/packs.ts'
import { readIfThere } from '../keys/keyFiles.ts'
import { readBlocks, type Blocks } from './blocks.ts'
import { expand } from './expand.ts'
import { namesIn } from './folder.ts'

const codeShape = /^\d\.\d{6}$/
const versionShape = /^\d{1,3}\.\d{1,3}\.\d{1,3}$/
const textsShape = /^texts\.([a-z]{2})\.json$/

/** Every whole pack of a folder, in the order of code and version. */
export async function readPacks(folder: string, say: (sentence: string) => void): Promise<readonly PublishedPack[]> {
  const packs: PublishedPack[] = []
  const blocks = await readBlocks(folder, say)
  for (const code of await namesIn(folder, codeShape)) {
    for (const version of await namesIn(join(folder, code), versionShape)) {
      const read = await readPack(join(folder, code, version), code, version, blocks)
      if (read.ok) packs.push(read.value)
      else say(`The pack ${code}@${version} is left out: ${read.failure}`)
    }
  }
  return packs
}

async function readPack(folder: string, code: string, version: string, blocks: Blocks): Promise<Result<PublishedPack, string>> {
  const source = parseJson(await readIfThere(join(folder, 'pack.json')), v.unknown())
  if (source === null) return fail('pack.json is missing or is no JSON.')
  const expanded = expand(source, blocks)
  if (!expanded.ok) return fail(`pack.json, ${expanded.failure.why}.`)
  const { pack: content, texts: wordsOf, unusedWords } = expanded.value
  const pack = parsePack(content)
  if (!pack.ok) return fail(`pack.json, ${pack.failure.why ?? 'not a pack'}.`)
  if (pack.value.code !== code || pack.value.version !== version) return fail('its code and version are not those of its folder.')
  const texts: Record<string, unknown> = {}
  for (const name of await namesIn(folder, textsShape)) {
    const own = parseJson(await readIfThere(join(folder, name)), v.unknown())
    const [unused] = unusedWords(own)
    if (unused !== undefined) return fail(`${name}, uses.${unused}: the pack uses no block as ${unused}.`)
    const words = wordsOf(own)
    const parsed = parseTexts(words, pack.value)
    if (!parsed.ok) return fail(`${name}, ${parsed.failure.why ?? 'not texts'}.`)
    texts[textsShape.exec(name)?.[1] ?? ''] = words
  }
  if (!('vi' in texts)) return fail('texts.vi.json is missing.')
  return ok({ pack: packRef(code, version), content, texts })
}

/** The calendar of working days: the last file by name of procedures/calendar, or null. */
export async function readCalendar(folder: string, say: (sentence: string) => void): Promise<Calendar | null> {
  const name = (await namesIn(join(folder, 'calendar'), /\.json$/)).at(-1)
  if (name === undefined) return null
  const calendar = parseCalendar(parseJson(await readIfThere(join(folder, 'calendar', name)), v.unknown()))
  if (calendar.ok) return calendar.value
  say(`The calendar ${name} is left out: ${calendar.failure.why ?? 'not a calendar'}.`)
  return null
}
