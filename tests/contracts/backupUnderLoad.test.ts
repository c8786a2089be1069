// A backup while applications are coming in is one moment; and an office whose disk was copied back answers in good order.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as v from 'valibot'
import { sha256 } from '../../core/sealing/digest.ts'
import { feedAnswerShape, verifyFeed } from '../../core/wire/feed.ts'
import { holdingsAnswerShape, verifyHoldings, type Held } from '../../core/wire/holdings.ts'
import { withConnection } from '../../server/backup/connection.ts'
import { partsOnDisk } from '../../server/parts/partStore.ts'
import { aBareMachine, takesBackup, triesRestore } from '../support/backups.ts'
import { anAttachment } from '../support/photos.ts'
import { aWholeOffice, type WholeOffice } from '../support/wholeOffice.ts'
import { aTablet, put, sealedBy, signedRequest, type Tablet } from '../support/wholeTablet.ts'

let whole: WholeOffice
let tablet: Tablet
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tiepsuc-backups-'))
  whole = await aWholeOffice()
  tablet = await aTablet(whole)
}, 120_000)
afterAll(async () => {
  await whole.close()
  rmSync(folder, { recursive: true, force: true })
})

/** An application with a part of its own, delivered whole. */
async function delivers(seq: number): Promise<Held> {
  const part = crypto.getRandomValues(new Uint8Array(2_000))
  const name = await sha256(part)
  const sealed = await sealedBy(whole, tablet, { seq, parts: [name], application: { attachments: [anAttachment({ parts: [name] })] } })
  await put(whole, sealed)
  await whole.ask(`/api/v1/parts/${name}`, { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream' }, body: part })
  return sealed
}

it('is one moment of the office, whatever comes in while it is made', { timeout: 120_000 }, async () => {
  const coming = Promise.all(Array.from({ length: 20 }, (_, at) => delivers(at + 1)))
  const backup = await takesBackup(whole, join(folder, 'busy'))
  const held = await coming
  const bare = await aBareMachine()
  const restored = await triesRestore(backup.dir, backup.escrow, bare)
  const [row] = await withConnection(bare.database.url, async (client) => {
    const { rows } = await client.query<{ head: string; torn: string; complete: string[] }>(`select
      (select coalesce(max(seq), 0) from events) as head,
      (select count(*) from outcomes where not exists (select 1 from envelopes where envelopes.id = outcomes.id)) as torn,
      (select coalesce(array_agg(name), '{}') from outcomes join parts_announced using (id) where kind = 'complete') as complete`)
    return rows
  })
  const parts = partsOnDisk(join(bare.folder, 'data', 'parts'), () => randomUUID())
  const found = await Promise.all((row?.complete ?? []).map((name) => parts.check(name)))

  expect(restored.ok).toBe(true)
  expect([Number(row?.head), Number(row?.torn)]).toEqual([backup.manifest.head, 0])
  expect(found.every((one) => one === 'whole')).toBe(true)
  expect(held).toHaveLength(20)
  await bare.database.drop()
  rmSync(bare.folder, { recursive: true, force: true })
})

/** What no restored office may or need have: proofs of five minutes, officers' sessions, and what migrations make anew. */
const notCarried = ['proofs', 'officer_sessions', 'officer_verifications', 'kysely_migration', 'kysely_migration_lock']

it('carries every table of the database but those that are worth nothing in a restored office', { timeout: 60_000 }, async () => {
  const { manifest } = await takesBackup(whole, join(folder, 'tables'))
  const tables = await withConnection(whole.database.url, (client) => client.query<{ tablename: string }>(`select tablename from pg_tables where schemaname = 'public'`))
  const carried = manifest.tables.map(({ name }) => name)

  expect([...carried, ...notCarried].sort()).toEqual(tables.rows.map(({ tablename }) => tablename).sort())
  expect(carried.indexOf('envelopes')).toBeGreaterThan(carried.indexOf('devices'))
  expect(carried.indexOf('badges')).toBeGreaterThan(carried.indexOf('tickets'))
})

it('goes on when the office itself has lost its parts, names them, and counts for all that needs none of them', { timeout: 60_000 }, async () => {
  const [photographed, bare] = [await delivers(100), await sealedBy(whole, tablet, { seq: 101 })]
  await put(whole, bare)
  rmSync(whole.office.config.partsFolder, { recursive: true })
  const { manifest, uncovered } = await takesBackup(whole, join(folder, 'lost'))
  const newest = await whole.office.db.selectFrom('backups').selectAll().orderBy('head', 'desc').executeTakeFirst()

  expect([manifest.format, manifest.parts.count, manifest.parts.missing.length]).toEqual([2, 0, 21])
  expect([uncovered.length, uncovered.includes(photographed.id)]).toEqual([21, true])
  expect(newest?.head).toBe(manifest.head)
  expect(await holdings([photographed, bare])).toMatchObject({ lacking: [], uncovered: [photographed.id] })
})

it('a disk that was copied back keeps its epoch: what is gone is lacking, taken in again once, and covered only by a new backup', { timeout: 60_000 }, async () => {
  const kept = await sealedBy(whole, tablet, { seq: 200 })
  await put(whole, kept)
  await whole.opener.settled()
  const copy = await marksOf(whole)
  const gone = await sealedBy(whole, tablet, { seq: 201 })
  await put(whole, gone)
  await whole.opener.settled()
  await forgetsAfter(whole, copy)

  const early = await holdings([kept, gone])
  const again = [await put(whole, gone), await put(whole, gone)]
  const late = await holdings([kept, gone])
  const feed = v.parse(feedAnswerShape, await (await signedRequest(whole, tablet.device, 'GET', '/api/v1/feed?after=100000')).json())
  const page = await verifyFeed(feed.feed, whole.office.keys.keySet, 100_000)

  expect(early).toMatchObject({ epoch: whole.office.epoch, head: copy, lacking: [gone.id] })
  expect(again.map(({ status }) => status)).toEqual([201, 200])
  expect([late?.lacking, late?.uncovered]).toEqual([[], [kept.id, gone.id]])
  expect([page?.events, page?.epoch]).toEqual([[], whole.office.epoch])
  expect(page?.cursor).toBe(page?.head)
})

async function holdings(held: readonly Held[]) {
  const body = JSON.stringify({ held: held.map(({ id, digest }) => ({ id, digest })) })
  const answer = await whole.ask('/api/v1/holdings', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })
  return verifyHoldings(v.parse(holdingsAnswerShape, await answer.json()).holdings, whole.office.keys.keySet, held)
}

const marksOf = async ({ office }: WholeOffice): Promise<number> =>
  (await office.db.selectFrom('events').select(({ fn }) => fn.max('seq').as('head')).executeTakeFirstOrThrow()).head

/** What a disk that is copied back does to a ledger: all that came after is as if it had never been. */
async function forgetsAfter({ database }: WholeOffice, head: number): Promise<void> {
  await withConnection(database.url, async (client) => {
    const { rows } = await client.query<{ id: string }>('select distinct id from events where seq > $1 and id not in (select id from events where seq <= $1)', [head])
    const ids = rows.map(({ id }) => id)
    await client.query('delete from events where seq > $1', [head])
    for (const table of ['search_keys', 'cases', 'openings', 'parts_announced', 'outcomes', 'envelopes']) await client.query(`delete from ${table} where id = any($1)`, [ids])
  })
}
