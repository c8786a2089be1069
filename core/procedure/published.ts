/**
 * A pack as the office publishes it, read by this version of the app: rules and words in both languages, or the first thing
 * that it does not understand. The office has read it before it signed; what is not understood here is of a later app.
 */
import type { Failure } from '../failures.ts'
import { fail, ok, type Result } from '../result.ts'
import { parsePack } from './pack.ts'
import type { Pack } from './packShape.ts'
import { parseTexts, type Texts } from './texts.ts'

export interface ReadProcedure {
  readonly pack: Pack
  readonly texts: Readonly<Record<'vi' | 'en', Texts>>
}

/** Words in Vietnamese must be there; without English ones the Vietnamese stand for them. Fails with `packInvalid`. */
export function readPublished(content: unknown, texts: Readonly<Record<string, unknown>>): Result<ReadProcedure, Failure<'packInvalid'>> {
  const pack = parsePack(content)
  if (!pack.ok) return fail(pack.failure)
  const vi = parseTexts(texts['vi'], pack.value)
  if (!vi.ok) return fail(vi.failure)
  const en = texts['en'] === undefined ? vi : parseTexts(texts['en'], pack.value)
  return en.ok ? ok({ pack: pack.value, texts: { vi: vi.value, en: en.value } }) : fail(en.failure)
}
