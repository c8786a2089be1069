import { parsePack } from '../../../core/procedure/pack.ts'
import { parseTexts } from '../../../core/procedure/texts.ts'
import { packRef } from '../../../core/ids.ts'
import type { Procedure } from '../../stores/procedures.ts'
import { samplePack, sampleTexts } from './samplePack.ts'

/** The sample as a tablet would have read it, or what is wrong with it. */
export function sampleProcedure(): Procedure | string {
  const pack = parsePack(samplePack)
  if (!pack.ok) return pack.failure.why ?? 'pack'
  const [vi, en] = [parseTexts(sampleTexts('vi'), pack.value), parseTexts(sampleTexts('en'), pack.value)]
  const ref = packRef(samplePack.code, samplePack.version)
  if (!vi.ok || !en.ok) return 'texts'
  return { ref, pack: pack.value, texts: { vi: vi.value, en: en.value } }
}
