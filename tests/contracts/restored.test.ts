// The worst day of an office: put back from a backup, or its disk copied back, after tablets have delivered more. The real
// offline half, on real tables, against the real office: all of it comes back, none of it twice. RESTORED_ITEMS=500 makes it
// as many as the promise says; a real browser with 500 is tests/e2e/restored.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { makeTicket } from '../../server/people/tickets.ts'
import { must, outboxNow } from '../support/offline/aTablet.ts'
import { aTabletOf, type OfficeTablet } from '../support/offline/officeTablet.ts'
import { putsBack, takesBackup, triesBackup, type Backup } from '../support/backups.ts'
import { aWholeOffice, type WholeOffice } from '../support/wholeOffice.ts'

/** How many more applications came after the backup. */
const more = Number(process.env['RESTORED_ITEMS'] ?? 150)
const all = 3 + more

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** Where backups go, until the test is over. */
function aBackupFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'tiepsuc-backup-'))
  closing.push(() => rmSync(dir, { recursive: true, force: true }))
  return join(dir, 'backup')
}

async function anOpenOffice(): Promise<WholeOffice> {
  const whole = await aWholeOffice()
  closing.push(() => whole.close())
  return whole
}

/** A tablet that the newest backup of its office does not know. */
async function aTabletAfterBackup() {
  const first = await anOpenOffice()
  const backup = await takesBackup(first, aBackupFolder())
  return { tablet: await aTabletOf(first), backup }
}

/** The office that is put back, by its clock `at` this time, which this tablet meets from now on. */
async function isPutBack(backup: Pick<Backup, 'dir' | 'escrow'>, tablet: OfficeTablet, at?: string): Promise<WholeOffice> {
  const second = await putsBack(backup, at)
  closing.push(() => second.close())
  tablet.meets(second)
  return second
}

/** How often the office says of each application that it came, and under which digest it holds it. */
async function heldBy({ office }: WholeOffice): Promise<Map<string, { came: number; digest: string }>> {
  const rows = await office.db.selectFrom('envelopes').select(['id', 'digest']).execute()
  const events = await office.db.selectFrom('events').select('id').where('kind', '=', 'received').execute()
  return new Map(rows.map(({ id, digest }) => [id, { came: events.filter((event) => event.id === id).length, digest }]))
}

/** The database as it is now, as a disk snapshot would keep it. */
async function copyOf({ database }: WholeOffice) {
  const [from, server] = [new URL(database.url).pathname.slice(1), new URL(database.url)]
  server.pathname = '/postgres'
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const client = new pg.Client({ connectionString: server.href })
  await client.connect()
  try {
    await client.query(`alter database ${from} allow_connections false`)
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [from])
    await client.query(`create database ${name} template ${from}`)
    await client.query(`alter database ${from} allow_connections true`)
  } finally {
    await client.end()
  }
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => Promise.resolve() }
}

const afterwards = async (tablet: OfficeTablet, office: WholeOffice) => {
  const items = await tablet.items()
  const held = await heldBy(office)
  return {
    states: [...new Set(items.map(({ state }) => state))],
    came: [...new Set([...held.values()].map(({ came }) => came))],
    same: items.filter(({ id, digest }) => held.get(id)?.digest === digest).length,
    held: held.size,
  }
}

describe('an office put back', () => {
  it(`from an older backup after ${more} more applications gets all ${more} back, and none twice`, { timeout: 300_000 }, async () => {
    const first = await anOpenOffice()
    const tablet = await aTabletOf(first)
    await tablet.lays(3)
    await tablet.send()
    const backup = await takesBackup(first, aBackupFolder())
    await tablet.lays(more)
    await tablet.send()
    must(await tablet.news())
    const before = await afterwards(tablet, first)
    const second = await isPutBack(backup, tablet)
    const kept = (await heldBy(second)).size

    must(await tablet.news())
    const during = (await outboxNow(tablet.db)).restored
    await tablet.send()
    must(await tablet.news())

    expect([before.held, kept]).toEqual([all, 3])
    expect(during).toMatchObject({ waiting: more, back: 0, gone: [] })
    expect(await afterwards(tablet, second)).toEqual({ states: ['complete'], came: [1], same: all, held: all })
    expect((await outboxNow(tablet.db)).restored).toMatchObject({ waiting: 0, back: more, gone: [] })
  })

  it('from its first backup, when tablets have seen it put back twice since, gets everything back once more', { timeout: 60_000 }, async () => {
    const first = await anOpenOffice()
    const tablet = await aTabletOf(first)
    await tablet.lays(2)
    await tablet.send()
    const backup = await takesBackup(first, aBackupFolder())
    const second = await isPutBack(backup, tablet, '2026-11-24T04:00:00.000Z')
    must(await tablet.news())
    const newer = { dir: aBackupFolder(), escrow: backup.escrow }
    expect((await triesBackup(second, newer.dir)).ok).toBe(true)
    const third = await isPutBack(newer, tablet, '2026-11-24T05:00:00.000Z')
    must(await tablet.news())
    await tablet.lays(3)
    await tablet.send()
    must(await tablet.news())
    const before = await afterwards(tablet, third)

    const fourth = await isPutBack(backup, tablet, '2026-11-24T06:00:00.000Z')
    must(await tablet.news())
    await tablet.send()

    expect(before).toEqual({ states: ['complete'], came: [1], same: 5, held: 5 })
    expect(await afterwards(tablet, fourth)).toEqual({ states: ['complete'], came: [1], same: 5, held: 5 })
  })

  it('as a disk that was copied back and wrote on past the head that the tablet saw gets back what it lost', { timeout: 60_000 }, async () => {
    const first = await anOpenOffice()
    const [tablet, other] = [await aTabletOf(first), await aTabletOf(first)]
    await tablet.lays(2)
    await tablet.send()
    const copy = await copyOf(first)
    await tablet.lays(3)
    await tablet.send()
    must(await tablet.news())
    const second = await aWholeOffice({ at: { folder: first.folder, database: copy } })
    tablet.meets(second)
    other.meets(second)
    await other.lays(8)
    await other.send()
    must(await tablet.news())
    const unnoticed = (await outboxNow(tablet.db)).restored

    must(await tablet.ask())
    await tablet.send()

    expect(unnoticed).toBeNull()
    const ended = await afterwards(tablet, second)
    await second.office.db.destroy()
    expect(ended).toEqual({ states: ['complete'], came: [1], same: 5, held: 13 })
  })

  it('to before it knew the tablet gets everything once the tablet is enrolled again with its key', { timeout: 60_000 }, async () => {
    const { tablet, backup } = await aTabletAfterBackup()
    await tablet.lays(4)
    await tablet.send()
    must(await tablet.news())
    const second = await isPutBack(backup, tablet)

    must(await tablet.news())
    await tablet.send()
    const refused = (await heldBy(second)).size
    const notes = (await tablet.items()).map(({ state }) => state)
    must(await tablet.tablet.device.enrol({ ticket: (await makeTicket(second.office, { kind: 'enrol', confirmed: true, volunteer: null })).secret }))
    await tablet.send()

    expect([refused, ...notes]).toEqual([0, 'queued', 'queued', 'queued', 'queued'])
    expect(await afterwards(tablet, second)).toEqual({ states: ['complete'], came: [1], same: 4, held: 4 })
  })

  it('to before it knew a tablet that has lost its key since gets everything once that names the lost key', { timeout: 60_000 }, async () => {
    const { tablet, backup } = await aTabletAfterBackup()
    await tablet.lays(4)
    await tablet.losesKey()
    const second = await isPutBack(backup, tablet)
    await tablet.send()
    const refused = (await tablet.items()).map(({ note }) => note?.kind)

    must(await tablet.tablet.device.enrol({ ticket: (await makeTicket(second.office, { kind: 'enrol', confirmed: true, volunteer: null })).secret }))
    await tablet.send()

    expect(refused).toEqual(Array.from({ length: 4 }, () => 'deviceUnknown'))
    expect(await afterwards(tablet, second)).toEqual({ states: ['complete'], came: [1], same: 4, held: 4 })
  })
})
