// An office whose disk loses photos: its backups go on, tablets keep what they hold of the applications concerned, and the
// person at the office has one command by which they bring it again. The real offline half against the real office.
import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import * as v from 'valibot'
import type { ApplicationId } from '../../core/ids.ts'
import { sha256 } from '../../core/sealing/digest.ts'
import { holdingsAnswerShape, verifyHoldings, type Held } from '../../core/wire/holdings.ts'
import { verifyManifest } from '../../server/backup/manifest.ts'
import { readIfThere } from '../../server/keys/keyFiles.ts'
import { backup } from '../../server/cli/office/backup.ts'
import type { Command } from '../../server/cli/office/command.ts'
import { parts } from '../../server/cli/office/parts.ts'
import { forgetParts } from '../../server/intake/partsLost.ts'
import { giveUp } from '../../src/offline/outbox/queue.ts'
import type { ItemRow } from '../../src/offline/rows.ts'
import { escrowOf, putsBack, takesBackup } from '../support/backups.ts'
import { must, outboxNow } from '../support/offline/aTablet.ts'
import { aTabletOf, type OfficeTablet } from '../support/offline/officeTablet.ts'
import { anAttachment } from '../support/photos.ts'
import { aWholeOffice, countRows, origin, type WholeOffice } from '../support/wholeOffice.ts'
import { aTablet, outcomeIn, put, sealedBy } from '../support/wholeTablet.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

function aFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'tiepsuc-lost-'))
  closing.push(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

async function anOffice(): Promise<WholeOffice> {
  const whole = await aWholeOffice()
  closing.push(() => whole.close())
  return whole
}

/** An office with three applications of one photo each and one without, all complete, and the tablet that sent them. */
async function anOfficeWithPhotos() {
  const whole = await anOffice()
  const tablet = await aTabletOf(whole)
  await tablet.lays(3, 1)
  await tablet.lays(1)
  await tablet.send()
  await whole.opener.settled()
  const items = (await tablet.items()).sort((one, other) => one.sequence - other.sequence)
  const [lost, other, third, bare] = items
  if (lost === undefined || other === undefined || third === undefined || bare === undefined) throw new Error('not laid')
  return { whole, tablet, lost, other, third, bare, all: items }
}

async function runs(command: Command, { database, folder }: WholeOffice, ...args: string[]): Promise<{ code: number; said: string }> {
  const said: string[] = []
  const environment = { DATABASE_URL: database.url, DATA_DIR: join(folder, 'data'), PUBLIC_ORIGINS: origin, LOG_LEVEL: 'silent' }
  const say = (line: string): void => void said.push(line)
  const code = await command.run(args, { environment, say, complain: say, askSecret: () => Promise.resolve('') })
  return { code, said: said.join('\n') }
}

const fileOf = ({ office }: WholeOffice, name: string): string => join(office.config.partsFolder, name.slice(0, 2), name)
const partOf = (item: ItemRow): string => item.parts[0] ?? ''

/** What the disk of the office does to the photo of an application. */
function loses(whole: WholeOffice, item: ItemRow, how: 'damaged' | 'missing' = 'damaged'): void {
  if (how === 'missing') rmSync(fileOf(whole, partOf(item)))
  else truncateSync(fileOf(whole, partOf(item)), 100)
}

async function holdings(whole: WholeOffice, items: readonly Held[]): Promise<{ lacking: readonly string[]; uncovered: readonly string[] }> {
  const held = items.map(({ id, digest }) => ({ id, digest }))
  const answer = await whole.ask('/api/v1/holdings', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ held }) })
  const told = await verifyHoldings(v.parse(holdingsAnswerShape, await answer.json()).holdings, whole.office.keys.keySet, held)
  if (told === null) throw new Error('no holdings')
  return { lacking: told.lacking, uncovered: told.uncovered }
}

/** But for `opened`, which comes when the second step gets to it. */
const eventsOf = async ({ office }: WholeOffice, id: ApplicationId): Promise<string[]> =>
  (await office.db.selectFrom('events').select('kind').where('id', '=', id).where('kind', '<>', 'opened').orderBy('seq').execute()).map(({ kind }) => kind)

const statesOf = async (tablet: OfficeTablet): Promise<Record<string, string>> => Object.fromEntries((await tablet.items()).map(({ id, state }) => [id, state]))

it('goes the whole way: the backup goes on without a damaged photo, the tablet brings it again, and the next backup covers it', async () => {
  const { whole, tablet, lost, all } = await anOfficeWithPhotos()
  const [early, late] = [join(aFolder(), 'backup'), join(aFolder(), 'backup')]
  loses(whole, lost)

  const first = await runs(backup, whole, early)
  const manifest = await verifyManifest((await readIfThere(join(early, readdirSync(early).find((name) => name.startsWith('backup-')) ?? '', 'manifest.jws')))?.trim() ?? '')
  const afterFirst = await holdings(whole, all)
  expect([first.code, first.said]).toEqual([3, expect.stringContaining(`1 applications are not covered by it, so tablets keep what they hold of them: ${lost.id}.`)])
  expect(manifest.ok && manifest.value.manifest.parts).toMatchObject({ count: 2, missing: [partOf(lost)] })
  expect(afterFirst).toEqual({ lacking: [], uncovered: [lost.id] })

  const looked = await runs(parts, whole)
  expect([looked.code, looked.said]).toEqual([3, expect.stringContaining(`damaged: part ${partOf(lost)}, needed by ${lost.id}\n1 of 3 parts`)])
  expect(await holdings(whole, all)).toEqual(afterFirst)
  const asked = await runs(parts, whole, '--ask-again')
  expect([asked.code, asked.said]).toEqual([0, expect.stringContaining('1 parts count as stored no more, and 1 applications as complete no more.')])
  expect(await holdings(whole, all)).toEqual({ lacking: [lost.id], uncovered: [] })

  must(await tablet.ask())
  expect((await statesOf(tablet))[lost.id]).toBe('queued')
  expect((await outboxNow(tablet.db)).restored).toMatchObject({ waiting: 1, gone: [] })
  await tablet.send()
  expect([...new Set(Object.values(await statesOf(tablet)))]).toEqual(['complete'])
  expect(await whole.office.parts.check(partOf(lost))).toBe('whole')
  expect(await holdings(whole, all)).toEqual({ lacking: [], uncovered: [lost.id] })

  expect((await runs(parts, whole)).said).toBe('All 3 parts of photos are whole.')
  expect((await runs(backup, whole, late)).code).toBe(0)
  expect(await holdings(whole, all)).toEqual({ lacking: [], uncovered: [] })
  expect(await eventsOf(whole, lost.id)).toEqual(['received', 'complete', 'partsLost', 'complete'])
  expect(await countRows(whole)).toMatchObject({ envelopes: 4, cases: 4, outcomes: 7, parts_stored: 3, backups: 2, backup_gaps: 0 })
})

it('a tablet that has given up the bytes does not show the application as waiting, but its code for the officer', async () => {
  const { whole, tablet, lost, other, third } = await anOfficeWithPhotos()
  await tablet.lays(3, 1)
  await tablet.send()
  await tablet.db.transaction('rw', tablet.db.items, tablet.db.envelopes, () => giveUp(tablet.db, lost))
  loses(whole, lost, 'missing')
  loses(whole, other)
  await runs(parts, whole, '--ask-again')

  must(await tablet.ask())
  await tablet.send()
  const view = await outboxNow(tablet.db)

  expect(view.restored).toMatchObject({ waiting: 0, back: 1, gone: [lost.localCode] })
  expect([view.onlyHere, [...new Set(Object.values(await statesOf(tablet)))]]).toEqual([0, ['complete']])
  expect((await holdings(whole, [lost, other, third])).lacking).toEqual([lost.id])
  expect((await runs(parts, whole)).said).toMatch(new RegExp(`^1 applications wait for photos that were lost.*: ${lost.id}\\nAll 5 parts`))
})

it('a backup that lacks a photo is put back without it, and the tablet brings the photo to the new office', async () => {
  const { whole, tablet, lost, other, bare, all } = await anOfficeWithPhotos()
  const dir = join(aFolder(), 'backup')
  must(await tablet.news())
  loses(whole, lost, 'missing')
  await takesBackup(whole, dir)
  const again = await putsBack({ dir, escrow: await escrowOf(whole) })
  closing.push(() => again.close())
  tablet.meets(again)

  const stored = (await again.office.db.selectFrom('parts_stored').select('name').execute()).map(({ name }) => name)
  expect([stored.includes(partOf(lost)), stored.includes(partOf(other)), stored.length]).toEqual([false, true, 2])
  expect((await holdings(again, all)).lacking).toEqual([lost.id])
  must(await tablet.news())
  await tablet.send()

  expect(await holdings(again, [lost, bare])).toEqual({ lacking: [], uncovered: [lost.id, bare.id] })
  expect(await again.office.parts.check(partOf(lost))).toBe('whole')
  expect((await countRows(again))['cases']).toBe(4)
})

it('what an older backup has and the newest one has not is not covered: the newest is what will be put back', async () => {
  const { whole, tablet, lost, all } = await anOfficeWithPhotos()
  const [one, two] = [join(aFolder(), 'backup'), join(aFolder(), 'backup')]
  await takesBackup(whole, one)
  expect((await holdings(whole, all)).uncovered).toEqual([])
  loses(whole, lost)

  whole.time.nowMs += 1_000
  await takesBackup(whole, two)
  expect((await holdings(whole, all)).uncovered).toEqual([lost.id])

  whole.time.nowMs += 1_000
  // The first folder still has the bytes.
  await takesBackup(whole, one)
  expect((await holdings(whole, all)).uncovered).toEqual([])

  await runs(parts, whole, '--ask-again')
  must(await tablet.ask())
  await tablet.send()
  // Complete again, after that backup.
  expect(await holdings(whole, all)).toEqual({ lacking: [], uncovered: [lost.id] })
})

it('nothing is asked for again while most parts are missing, unless somebody says that they are gone', async () => {
  const { whole, all, bare, lost, other, third } = await anOfficeWithPhotos()
  rmSync(whole.office.config.partsFolder, { recursive: true })
  const before = await countRows(whole)

  const looked = await runs(parts, whole)
  const refused = await runs(parts, whole, '--ask-again')
  expect([looked.code, refused.code, refused.said]).toEqual([3, 1, expect.stringContaining('That is most of them: is the disk with')])
  expect(await countRows(whole)).toEqual(before)
  expect((await holdings(whole, all)).lacking).toEqual([])

  expect((await runs(parts, whole, '--ask-again', '--even-if-most')).code).toBe(0)
  expect((await holdings(whole, [bare, lost, other, third])).lacking).toEqual([lost.id, other.id, third.id])
})

it.each([[['--even-if-most']], [['--ask-agian']], [['more']]])('%j is not understood', async (args) => {
  expect((await parts.run(args, { environment: {}, say: () => undefined, complain: () => undefined, askSecret: () => Promise.resolve('') }))).toBe(2)
})

it('a part that somebody has brought in the meantime is not forgotten', async () => {
  const { whole, lost, other } = await anOfficeWithPhotos()
  loses(whole, lost)
  const before = await countRows(whole)
  const forgotten = await forgetParts(whole.office, [partOf(other)])

  expect([forgotten, await countRows(whole)]).toEqual([{ parts: 0, applications: [] }, before])
})

it('an application that was complete from its first word on is answered as received, with what is missing', async () => {
  const whole = await anOffice()
  const tablet = await aTablet(whole)
  const photo = crypto.getRandomValues(new Uint8Array(500))
  const names = [await sha256(photo)]
  const [first, second] = [await naming(names, 1), await naming(names, 2)]
  const sends = () => whole.ask(`/api/v1/parts/${names[0]}`, { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream' }, body: photo })
  await put(whole, first)
  await sends()
  const at = { ...second, device: tablet.device.device }
  const kinds = [(await outcomeIn(whole, await put(whole, second), at))?.kind]
  rmSync(fileOf(whole, names[0] ?? ''))
  await forgetParts(whole.office, names)

  const again = await put(whole, second)
  kinds.push((await outcomeIn(whole, again, at))?.kind)
  expect([again.status, ((await again.json()) as { missing: string[] }).missing]).toEqual([200, names])
  await sends()
  kinds.push((await outcomeIn(whole, await put(whole, second), at))?.kind)

  expect(kinds).toEqual(['complete', 'received', 'complete'])
  expect(await holdings(whole, [first, second])).toMatchObject({ lacking: [] })

  function naming(listed: string[], seq: number) {
    return sealedBy(whole, tablet, { seq, parts: listed, application: { attachments: [anAttachment({ parts: listed })] } })
  }
})
