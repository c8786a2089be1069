/** Makers of packs for tests: the real birth registration, and small ones with a field or two. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Answers } from '../../core/procedure/answers.ts'
import { parseAnswers } from '../../core/procedure/answers.ts'
import { parseCalendar, type Calendar } from '../../core/procedure/calendar.ts'
import { parsePack, type Pack } from '../../core/procedure/pack.ts'
import { parseTexts, type Texts } from '../../core/procedure/texts.ts'
import { readBlocks } from '../../server/packs/blocks.ts'
import { expand } from '../../server/packs/expand.ts'

const root = join(import.meta.dirname, '..', '..', 'procedures')
const json = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'))

/** A pack of two questions about a child, with what a test changes. */
export function aPackFile(changes: Readonly<Record<string, unknown>> = {}): unknown {
  return {
    format: 1,
    code: '9.000001',
    version: '1.0.0',
    sector: 'test',
    level: 'ward',
    validFrom: '2026-01-01',
    validTo: null,
    source: 'made for tests',
    confidence: 'C',
    confirmedBy: null,
    sections: [
      {
        id: 'con',
        fields: [
          { id: 'con.hoTen', kind: 'name', required: true },
          { id: 'con.ngaySinh', kind: 'date', required: false },
        ],
      },
    ],
    checks: [],
    derivations: [],
    documents: [],
    fee: { confirmed: false, lines: [], exemptions: [] },
    deadline: { kind: 'span', span: { amount: 3, unit: 'workingDays' }, dayOff: 'thatDay' },
    basis: [],
    result: [],
    agency: { applicants: [], reception: 'a', decision: 'b' },
    related: [],
    ...changes,
  }
}

/** The same, read. */
export function aPack(changes: Readonly<Record<string, unknown>> = {}): Pack {
  const parsed = parsePack(aPackFile(changes))
  if (!parsed.ok) throw new Error(parsed.failure.why)
  return parsed.value
}

const blocks = await readBlocks(root, (sentence) => {
  throw new Error(sentence)
})
const birth = expand(json('1.001193/1.0.0/pack.json'), blocks)
if (!birth.ok) throw new Error(birth.failure.why)
const { pack: birthFile, texts: birthWords } = birth.value

/** A pack of this repository in its first version, or another of another folder, as the office reads it. */
export function packOfRepository(code: string, { procedures = root, version = '1.0.0' }: { procedures?: string; version?: string } = {}): Pack {
  const expanded = expand(JSON.parse(readFileSync(join(procedures, code, version, 'pack.json'), 'utf8')), blocks)
  const parsed = expanded.ok ? parsePack(expanded.value.pack) : null
  if (parsed?.ok !== true) throw new Error(`${code} is no pack`)
  return parsed.value
}

/** The birth registration of this repository. */
export function birthPack(): Pack {
  const parsed = parsePack(birthFile)
  if (!parsed.ok) throw new Error(parsed.failure.why)
  return parsed.value
}

/** The same as the office publishes it, not yet read. */
export const birthAsPublished = {
  content: birthFile,
  texts: { vi: birthWords(json('1.001193/1.0.0/texts.vi.json')), en: birthWords(json('1.001193/1.0.0/texts.en.json')) },
}

export function birthTexts(locale: 'vi' | 'en'): Texts {
  const parsed = parseTexts(birthAsPublished.texts[locale], birthPack())
  if (!parsed.ok) throw new Error(parsed.failure.why)
  return parsed.value
}

/** Complete answers of a birth registration: married parents, on time, on 2026-11-23. */
export function birthAnswers(changes: Answers = {}): Answers {
  const example = json('1.001193/1.0.0/examples/married-parents-on-time.json')
  const answers: unknown = typeof example === 'object' && example !== null && 'answers' in example ? example.answers : null
  const parsed = parseAnswers(answers)
  if (!parsed.ok) throw new Error(parsed.failure.why)
  return { ...parsed.value, ...changes }
}

export function vietnameseCalendar(): Calendar {
  const parsed = parseCalendar(json('calendar/vn.json'))
  if (!parsed.ok) throw new Error(parsed.failure.why)
  return parsed.value
}

/** Sentences of the rules that belong to no pack. */
export function generalTexts(locale: 'vi' | 'en'): Readonly<Record<string, string>> {
  const texts = json(`common/problems.${locale}.json`)
  const pairs = typeof texts === 'object' && texts !== null ? Object.entries(texts) : []
  return Object.fromEntries(pairs.map(([rule, text]) => [rule, String(text)]))
}
