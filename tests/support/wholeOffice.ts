/**
 * The real office called without a socket: real PostgreSQL, real keys, real packs. Clock, log and limits are the test's.
 * Tablets and officers here speak the wire as the real ones do.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { createApp } from '../../server/app.ts'
import { parseConfig } from '../../server/config.ts'
import { makeRateLimits, type Limit, type LimitName } from '../../server/http/rateLimit.ts'
import { makeLog } from '../../server/log.ts'
import { openDatabase } from '../../server/postgres/database.ts'
import { openOffice } from '../../server/start/openOffice.ts'
import { createTestDatabase, type TestDatabase } from './postgres.ts'

export const origin = 'http://localhost:8080'
const wide: Limit = { burst: 100_000, refillMs: 1 }

export interface WholeOfficeOptions {
  readonly limits?: Partial<Record<LimitName, Limit>>
  readonly environment?: Record<string, string>
  /** Of an office that is put back: its folder (with data in it) and its database. Fresh ones without. */
  readonly at?: { readonly folder: string; readonly database: TestDatabase }
}

/** A new office on a database of its own. */
export async function aWholeOffice({ limits = {}, environment = {}, at }: WholeOfficeOptions = {}) {
  const folder = at?.folder ?? mkdtempSync(join(tmpdir(), 'tiepsuc-office-'))
  const database = at?.database ?? (await createTestDatabase())
  const config = parseConfig({ DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'debug', PUBLIC_ORIGINS: origin, ...environment })
  if (!config.ok) throw new Error(config.failure)
  const time = { nowMs: Date.parse('2026-11-24T03:00:00.000Z') }
  const clock = { now: () => time.nowMs }
  const logged: string[] = []
  const sink = new Writable({
    write: (line: Buffer, _encoding, done) => {
      logged.push(line.toString())
      done()
    },
  })
  const said: string[] = []
  const offline = { passphrase: '' }
  const db = openDatabase(database.url, () => undefined)
  const opened = await openOffice({
    config: config.value,
    db,
    clock,
    log: makeLog(config.value.logLevel, sink),
    say: (sentence) => said.push(sentence),
    announce: (text) => (offline.passphrase = text),
    limits: makeRateLimits(clock, { address: wide, sender: wide, device: wide, guess: wide, account: wide, ...limits }),
  })
  if (!opened.ok) throw new Error(opened.failure)
  const { office, opener } = opened.value
  const app = createApp(office)
  return {
    office,
    opener,
    app,
    database,
    folder,
    time,
    logged,
    said,
    /** Of root and escrow; empty for an office that was put back. */
    passphrase: offline.passphrase,
    ask: (path: string, init: RequestInit = {}) => Promise.resolve(app.request(`${origin}${path}`, init)),
    close: async () => {
      await opener.stop()
      await db.destroy()
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type WholeOffice = Awaited<ReturnType<typeof aWholeOffice>>

const tables = [
  'epoch', 'counters', 'devices', 'volunteers', 'tickets', 'badges', 'envelopes', 'openings', 'disputes', 'outcomes', 'parts_announced',
  'parts_stored', 'events', 'cases', 'search_keys', 'packs', 'backups', 'backup_gaps', 'restores', 'officers', 'officer_sessions', 'officer_accounts', 'officer_verifications',
] as const

/** How many rows every table holds; `proofs`, which every signed-in request adds to, is left out. */
export async function countRows({ office }: WholeOffice): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of tables) {
    const { count } = await office.db.selectFrom(table as 'epoch').select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
    counts[table] = count
  }
  return counts
}

/** What changed between two counts, by table. */
export function changes(before: Record<string, number>, after: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.keys(before).flatMap((table) => {
    const more = (after[table] ?? 0) - (before[table] ?? 0)
    return more === 0 ? [] : [[table, more]]
  }))
}
