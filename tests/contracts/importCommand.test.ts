// `npm run office -- import`: what tablets wrote is brought in beside a running office, and bad files are plain sentences.
import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { utf8 } from '../../core/bytes.ts'
import { sha256 } from '../../core/sealing/digest.ts'
import { parseOutcomeAnswer } from '../../core/wire/answer.ts'
import { verifyOutcome } from '../../core/sealing/outcome.ts'
import { writeCarrierLine } from '../../core/wire/carrier.ts'
import type { Envelope } from '../../core/wire/envelope.ts'
import { importCarriers } from '../../server/cli/office/importCarriers.ts'
import { aWholeOffice, changes, countRows, origin, type WholeOffice } from '../support/wholeOffice.ts'
import { aTablet, sealedBy, type Tablet } from '../support/wholeTablet.ts'

let whole: WholeOffice
let tablet: Tablet

beforeAll(async () => {
  whole = await aWholeOffice()
  tablet = await aTablet(whole)
})
afterAll(() => whole.close())
beforeEach(() => whole.opener.settled())

const at = (name: string): string => join(whole.folder, name)
function aFile(name: string, content: string | Uint8Array): string {
  writeFileSync(at(name), content)
  return at(name)
}

async function runs(...args: string[]): Promise<{ code: number; said: string[] }> {
  const said: string[] = []
  const environment = { DATABASE_URL: whole.database.url, DATA_DIR: join(whole.folder, 'data'), PUBLIC_ORIGINS: origin, LOG_LEVEL: 'silent' }
  const say = (line: string): void => void said.push(line)
  const code = await importCarriers.run(args, { environment, say, complain: say, askSecret: () => Promise.resolve('') })
  return { code, said }
}

const lineOf = (envelope: Envelope): string => writeCarrierLine({ kind: 'envelope', envelope })

describe('importing what a tablet wrote', () => {
  it('takes it in, with photos, and writes outcomes that the tablet can verify; a second time adds nothing', async () => {
    const photo = utf8('một ảnh')
    const name = await sha256(photo)
    const envelope = await sealedBy(whole, tablet, { parts: [name] })
    const file = aFile('tiepsuc.ndjson', lineOf(envelope) + writeCarrierLine({ kind: 'part', part: name, bytes: photo }))

    expect(await runs(file, '--outcomes', at('outcomes.ndjson'))).toEqual({
      code: 0,
      said: ['tiepsuc.ndjson: 1 applications, 1 parts of photos.', `Outcomes for the tablets: ${at('outcomes.ndjson')}`],
    })
    const [first = ''] = readFileSync(at('outcomes.ndjson'), 'utf8').split('\n')
    const about = { id: envelope.id, digest: envelope.digest, device: tablet.device.device }
    const statement = parseOutcomeAnswer(JSON.parse(first))?.outcome ?? ''
    expect(await verifyOutcome(statement, whole.office.keys.keySet, about)).toMatchObject({ kind: 'complete' })

    whole.opener.nudge()
    await whole.opener.settled()
    const before = await countRows(whole)
    expect((await runs(file)).code).toBe(0)
    expect(changes(before, await countRows(whole))).toEqual({})
  })

  it('takes the good lines of a file with a bad one, says which was not, and ends with 1', async () => {
    const [one, two] = [await sealedBy(whole, tablet), await sealedBy(whole, tablet)]

    expect(await runs(aFile('mixed.ndjson', `${lineOf(one)}xin chào\n${lineOf(two)}`))).toEqual({
      code: 1,
      said: ['mixed.ndjson: 2 applications, 0 parts of photos. Not taken: line 2 malformed.'],
    })
  })

  it('never writes over a file that is there', async () => {
    const kept = aFile('kept.txt', 'quan trọng')

    expect(await runs(aFile('empty.ndjson', ''), '--outcomes', kept)).toMatchObject({ code: 1 })
    expect(readFileSync(kept, 'utf8')).toBe('quan trọng')
  })
})

describe('a file that no tablet wrote', () => {
  it.each<[string, () => string, RegExp]>([
    ['an empty file', () => aFile('none.ndjson', ''), /^none\.ndjson: nothing in it\.$/],
    ['a photo', () => aFile('IMG_1.jpg', new Uint8Array([0xff, 0xd8, 0xff, 0x0a, 0x80])), /^IMG_1\.jpg: no tablet wrote it.*Nothing was taken\.$/],
    ['a path for a name', () => aFile('path.ndjson', JSON.stringify({ part: '../../../../etc/passwd'.padEnd(43, 'a'), bytes: 'QUJD' })), /^path\.ndjson: no tablet wrote it/],
    ['a folder', () => whole.folder, /is no file\.$/],
    ['a file that is not there', () => at('gone.ndjson'), /gone\.ndjson is not there\.$/],
    ['two GiB', () => twoGiB(), /^large\.ndjson: is larger than 50 MiB/],
  ])('%s is a sentence, and nothing is stored', async (_, file, sentence) => {
    const before = await countRows(whole)
    const { code, said } = await runs(file())

    expect(code).toBe(1)
    expect(said).toHaveLength(1)
    expect(said[0]).toMatch(sentence)
    expect(changes(before, await countRows(whole))).toEqual({})
  })

  it.each([[[]], [['--outcomes']], [['a', '--outcomes']], [['--all', 'a']]])('arguments %j are answered with how to call it', async (args) => {
    expect(await runs(...args)).toEqual({ code: 2, said: ['npm run office -- import FILE... [--outcomes FILE]'] })
  })
})

/** Two GiB that take no room: nothing was ever written into them. */
function twoGiB(): string {
  const file = aFile('large.ndjson', '')
  truncateSync(file, 2 * 1024 ** 3)
  return file
}
