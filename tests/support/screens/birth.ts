// The real birth registration, as a tablet would have parsed it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AnswerValue } from '../../../core/procedure/answers.ts'
import { parsePack } from '../../../core/procedure/pack.ts'
import { parseTexts } from '../../../core/procedure/texts.ts'
import type { PackContent } from '../../../src/offline/tablet.ts'
import type { Procedure } from '../../../src/stores/procedures.ts'
import { birthAsPublished } from '../packs.ts'
import { aPackRef } from './fakeTablet.ts'

const folder = join(import.meta.dirname, '../../../procedures/1.001193/1.0.0')
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'))

export function birthContent(): PackContent {
  return { pack: aPackRef(), digest: 'x', current: true, ...birthAsPublished }
}

export function birthProcedure(): Procedure {
  const { content, texts } = birthContent()
  const pack = parsePack(content)
  if (!pack.ok) throw new Error(pack.failure.why)
  const vi = parseTexts(texts['vi'], pack.value)
  const en = parseTexts(texts['en'], pack.value)
  if (!vi.ok || !en.ok) throw new Error('texts')
  return { ref: aPackRef(), pack: pack.value, texts: { vi: vi.value, en: en.value } }
}

/** The answers of one of the pack's own examples. */
export function exampleAnswers(name: string): Record<string, AnswerValue> {
  const example = read(`examples/${name}.json`) as { answers: Record<string, AnswerValue> }
  return example.answers
}
