import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readBlocks, type Blocks } from '../../server/packs/blocks.ts'
import { checkPack } from '../../server/packs/check/checkPack.ts'
import { jsonSchemaOfPacks } from '../../server/packs/check/jsonSchema.ts'
import { newPack } from '../../server/packs/check/newPack.ts'

const procedures = join(import.meta.dirname, '..', '..', 'procedures')
const code = '9.000009'
let folder = ''
let blocks: Blocks = new Map()

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'packs-'))
  cpSync(join(procedures, 'common'), join(folder, 'common'), { recursive: true })
  blocks = await readBlocks(folder, (sentence) => {
    throw new Error(sentence)
  })
  await newPack(folder, code)
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** Changes a file of the new pack and says what the check finds, as it prints it. */
async function checked(name: string, change: (text: string) => string): Promise<readonly string[]> {
  const path = join(folder, code, '1.0.0', name)
  const before = readFileSync(path, 'utf8')
  const after = change(before)
  expect(after).not.toBe(before)
  writeFileSync(path, after)
  return (await checkPack(folder, code, '1.0.0', blocks)).map(({ file, line, why }) => `${file}:${line}: ${why}`)
}

const pack = `${code}/1.0.0/pack.json`
const lineWith = (text: string, name = 'pack.json'): number =>
  readFileSync(join(folder, code, '1.0.0', name), 'utf8').split('\n').findIndex((line) => line.includes(text)) + 1

describe('a new pack', () => {
  it('passes the check as it is', async () => {
    expect(await checkPack(folder, code, '1.0.0', blocks)).toEqual([])
  })

  it('does not take the place of one that is there', async () => {
    expect(await newPack(folder, code)).toMatchObject({ ok: false })
  })
})

describe('the check names file and line of', () => {
  it('an unknown kind', async () => {
    const found = await checked('pack.json', (text) => text.replace('"paragraph"', '"crystalBall"'))

    expect(found).toEqual([expect.stringMatching(new RegExp(`^${pack}:${lineWith('"id": "noiDung",\n'.trim())}: noiDung\\.kind: `))])
  })

  it('a condition in a circle', async () => {
    const found = await checked('pack.json', (text) => text.replace('"kind": "paragraph",', '"kind": "paragraph", "when": { "==": [{ "var": "kq.phuongThuc" }, "trucTiep"] },'))

    expect(found[0]).toMatch(/pack\.json:\d+: noiDung\.when: unknown or later field kq\.phuongThuc$/)
  })

  it('a text that is missing in one language', async () => {
    const found = await checked('texts.en.json', (text) => text.replace(/ *"noiDung": \{\s*"label": "What is asked for"\s*\},\n/, ''))

    expect(found).toEqual([`${code}/1.0.0/texts.en.json:${lineWith('"fields"', 'texts.en.json')}: fields.noiDung: missing`])
  })

  it('a paper that no answer ever calls for', async () => {
    const found = await checked('pack.json', (text) => text.replace('"copies": 1,', '"copies": 1, "when": { "==": [{ "var": "noiDung" }, "never"] },'))

    expect(found).toEqual([`${pack}:${lineWith('"donDeNghi"')}: the paper donDeNghi is called for by no example`])
  })

  it('a block that is not there', async () => {
    const found = await checked('pack.json', (text) => text.replace('resultBy.1', 'resultBy.9'))

    expect(found).toEqual([`${pack}:${lineWith('resultBy.9')}: resultBy.9: no such block`])
  })

  it('a date that is asked to the day under a hint that invites the year alone', async () => {
    const found = await checked('pack.json', (text) => text.replace(/"use": "person\.1",\s*"as": "nyc",/, '"use": "person.1", "as": "nyc", "change": { "ngaySinh": { "precision": ["day"] } },'))

    expect(found).toEqual(['vi', 'en'].map((locale) => `${code}/1.0.0/texts.${locale}.json:${lineWith('"fields"', `texts.${locale}.json`)}: fields.nyc.ngaySinh: the hint of the block speaks of another precision; say what is asked here`))
  })

  it('a name that a block does not have', async () => {
    const found = await checked('pack.json', (text) => text.replace('"danToc"', '"danTok"'))

    expect(found).toEqual([`${pack}:${lineWith('"danTok"')}: person.1: without names danTok, which the block does not have`])
  })

  it('words for a block that the pack does not use, and what they leave unfilled', async () => {
    const texts = `${code}/1.0.0/texts.vi.json`
    const found = await checked('texts.vi.json', (text) => text.replace('"nyc": {', '"nycc": {'))

    expect(found).toEqual([
      `${texts}:${lineWith('"nycc"', 'texts.vi.json')}: uses.nycc: the pack uses no block as nycc`,
      `${texts}:${lineWith('"fields"', 'texts.vi.json')}: fields.nyc.hoTen: nothing fills {who}`,
    ])
  })

  it('a place in the words of a check that the check does not fill', async () => {
    await checked('texts.vi.json', (text) => text.replace('"problems": {}', '"problems": { "x": "Quá {days} ngày, {dasy}." }'))
    const found = await checked('pack.json', (text) => text.replace('"checks": []', '"checks": [{ "id": "x", "field": "noiDung", "level": "info", "when": false, "params": { "days": 3 } }]'))

    expect(found.filter((one) => one.includes('vi.json'))).toEqual([`${code}/1.0.0/texts.vi.json:${lineWith('"x"', 'texts.vi.json')}: problems.x: nothing fills {dasy}`])
  })

  it('text that is no JSON', async () => {
    expect(await checked('pack.json', (text) => text.replace('"format": 1,', '"format": 1'))).toEqual([`${pack}:3: no JSON: CommaExpected`])
  })

  it('an example that says what the rules do not', async () => {
    const found = await checked('examples/refused-no-content.json', (text) => text.replace('"required"', '"text.tooLong"'))

    expect(found.map((one) => one.replace(/:\d+:/, ':'))).toEqual([
      `${code}/1.0.0/examples/refused-no-content.json: does not name the problem noiDung required (error)`,
      `${code}/1.0.0/examples/refused-no-content.json: names a problem that is none: noiDung text.tooLong (error)`,
    ])
  })

  it('too few examples', async () => {
    rmSync(join(folder, code, '1.0.0', 'examples', 'refused-no-consent.json'))

    expect(await checkPack(folder, code, '1.0.0', blocks)).toEqual([{ file: pack, line: 1, why: 'has 3 examples that must be refused, and needs 4' }])
  })
})

describe('the published JSON Schema', () => {
  it('is the one that the shape gives (npm run packs -- schema writes it)', () => {
    expect(readFileSync(join(procedures, '..', 'docs', 'pack.schema.json'), 'utf8')).toBe(jsonSchemaOfPacks())
  })

  it('knows blocks where a pack may put them', () => {
    expect(jsonSchemaOfPacks()).toContain('"use"')
  })
})
