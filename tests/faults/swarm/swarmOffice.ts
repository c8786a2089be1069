/**
 * The real office of a swarm: its own process and PostgreSQL, tickets for tablets, and at the end everything it holds. Looks
 * into the database beside the office; while that is away it says so and does not wait.
 */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { VolunteerId } from '../../../core/ids.ts'
import { loadKeys } from '../../../server/keys/loadKeys.ts'
import type { OfficeKeys } from '../../../server/keys/officeKeys.ts'
import { makeTicket } from '../../../server/people/tickets.ts'
import { makeVolunteer } from '../../../server/people/volunteers.ts'
import { partsOnDisk, type PartStore } from '../../../server/parts/partStore.ts'
import { openDatabase, type Database } from '../../../server/postgres/database.ts'
import { startPostgres } from '../../../server/postgres/embedded.ts'
import { troubleOf } from '../../../server/postgres/trouble.ts'
import { anOfficeRun, type OfficeRun } from '../../support/officeRun.ts'
import type { Ending } from '../lab/history.ts'
import { readHoldings } from './holdings.ts'

/** The office as it lies on its disk, for everybody who needs more than its front door. */
export interface Inside {
  readonly db: Database
  readonly keys: OfficeKeys
  readonly parts: PartStore
  readonly volunteer: VolunteerId
}

export interface SwarmOffice {
  readonly run: OfficeRun
  inside(): Inside
  /** An enrolment ticket and a badge code, as an officer would hand them out; null while the database is away. */
  ticket(): Promise<{ readonly enrol: string; readonly badge: string } | null>
  /** After its disk was exchanged: looks into the new one. */
  looksAgain(): Promise<void>
  /** Every envelope it holds, each opened and compared with what its row says. */
  holdings(): Promise<Pick<Ending, 'office' | 'disputed'>>
  close(): Promise<void>
}

/** `settings` beside those of every swarm. */
export async function aSwarmOffice(settings: Readonly<Record<string, string>> = {}): Promise<SwarmOffice> {
  const run = await anOfficeRun([], { TRUST_PROXY: '1', LOG_LEVEL: 'error', ...settings })
  let inside = await lookInside(run)
  return {
    run,
    inside: () => inside,
    ticket: () =>
      unlessAway(async () => {
        const maker = makerOf(inside)
        const enrol = await makeTicket(maker, { kind: 'enrol', confirmed: true, volunteer: null })
        const badge = await makeTicket(maker, { kind: 'badge', confirmed: false, volunteer: inside.volunteer })
        return { enrol: enrol.secret, badge: badge.code }
      }),
    async looksAgain() {
      await inside.db.destroy()
      inside = await lookInside(run)
    },
    async holdings() {
      for (;;) {
        const held = await unlessAway(() => readHoldings(inside))
        if (held !== null) return held
        await sleep(500)
      }
    },
    async close() {
      await inside.db.destroy()
      await run.remove()
    },
  }
}

const random = (count: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(count))
const makerOf = ({ db, keys }: Pick<Inside, 'db' | 'keys'>) => ({ db, keys, random, clock: { now: () => Date.now() } })

async function lookInside(run: OfficeRun): Promise<Inside> {
  const dataFolder = join(run.folder, 'data')
  const keys = await loadKeys(join(run.folder, 'keys'))
  if (!keys.ok) throw new Error(keys.failure)
  const found = await startPostgres({ dataFolder, log: () => undefined })
  if (!found.ok) throw new Error(found.failure.sentence)
  const db = openDatabase(found.value.url, () => undefined)
  const parts = partsOnDisk(join(dataFolder, 'parts'), () => crypto.randomUUID())
  return { db, keys: keys.value, parts, volunteer: await makeVolunteer(makerOf({ db, keys: keys.value }), 'Lê Thị Hoa') }
}

/** What the work gave, or null when the database was away. */
export async function unlessAway<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (cause) {
    if (troubleOf(cause) === null) throw cause
    return null
  }
}
