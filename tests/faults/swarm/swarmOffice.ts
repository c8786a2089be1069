/**
 * The real office of a swarm: its own process and PostgreSQL, tickets for tablets, and at the end everything it holds. Looks
 * into the database beside the office; while that is away it says so and does not wait.
 */
import { chmodSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DeviceId, VolunteerId } from '../../../core/ids.ts'
import { loadKeys } from '../../../server/keys/loadKeys.ts'
import type { OfficeKeys } from '../../../server/keys/officeKeys.ts'
import { makeTicket } from '../../../server/people/tickets.ts'
import { makeVolunteer } from '../../../server/people/volunteers.ts'
import { partsOnDisk, type PartStore } from '../../../server/parts/partStore.ts'
import { openDatabase, type Database } from '../../../server/postgres/database.ts'
import { startPostgres } from '../../../server/postgres/embedded.ts'
import { errorCode } from '../../../server/postgres/startFailure.ts'
import { troubleOf } from '../../../server/postgres/trouble.ts'
import { anOfficeRun, type OfficeRun } from '../../support/officeRun.ts'
import { removePostgres } from '../../support/removePostgres.ts'
import type { Ending } from '../lab/history.ts'
import { aLosableDisk, type LosableDisk } from '../lab/losableDisk.ts'
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
  /** Where database and parts lie, when their power can be cut. */
  readonly disk: LosableDisk | null
  inside(): Inside
  /** An enrolment ticket and a badge code, as an officer would hand them out; null while the database is away. */
  ticket(): Promise<{ readonly enrol: string; readonly badge: string } | null>
  /** Whether it takes this device for one that signs in; null while the database is away. */
  knows(device: DeviceId): Promise<boolean | null>
  /** After its disk was exchanged: looks into the new one. */
  looksAgain(): Promise<void>
  /** Every envelope it holds, each opened and compared with what its row says. */
  holdings(): Promise<Pick<Ending, 'office' | 'disputed'>>
  close(): Promise<void>
}

/** `settings` beside those of every swarm; `onLosableDisk`: its power may be cut. */
export async function aSwarmOffice({ settings = {}, onLosableDisk = false }: { readonly settings?: Readonly<Record<string, string>>; readonly onLosableDisk?: boolean } = {}): Promise<SwarmOffice> {
  let disk: LosableDisk | null = null
  const run = await anOfficeRun([], { TRUST_PROXY: '1', LOG_LEVEL: 'error', ...settings }, (folder) => {
    if (onLosableDisk) disk = layOnLosableDisk(folder)
  })
  let inside = await lookInside(run)
  return {
    run,
    disk,
    inside: () => inside,
    ticket: () =>
      unlessAway(async () => {
        const maker = makerOf(inside)
        const enrol = await makeTicket(maker, { kind: 'enrol', confirmed: true, volunteer: null })
        const badge = await makeTicket(maker, { kind: 'badge', confirmed: false, volunteer: inside.volunteer })
        return { enrol: enrol.secret, badge: badge.code }
      }),
    knows: (device) =>
      unlessAway(async () => {
        const row = await inside.db.selectFrom('devices').select(['state', 'former_of']).where('id', '=', device).executeTakeFirst()
        return row?.state === 'active' && row.former_of === null
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
      if (disk !== null) {
        await run.stop()
        await removePostgres(join(run.folder, 'data'))
        await disk.remove()
      }
      await run.remove()
    },
  }
}

/** Everything the office stores: its keys, and its database, which as root would lie elsewhere (server/postgres/places.ts). */
function layOnLosableDisk(folder: string): LosableDisk {
  chmodSync(folder, 0o711)
  const data = join(folder, 'data')
  const disk = aLosableDisk(data)
  const [home, keys] = [join(data, 'database'), join(data, 'keys')]
  mkdirSync(keys, { mode: 0o700 })
  symlinkSync(keys, join(folder, 'keys'))
  mkdirSync(home, { mode: 0o711 })
  writeFileSync(join(home, 'belongs-to'), `${realpathSync(data)}\n`)
  writeFileSync(join(data, 'where'), `${home}\n`)
  return disk
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
    if (troubleOf(cause) === null && !isOfDeadDisk(cause)) throw cause
    return null
  }
}

/** PostgreSQL's word for a disk that is gone, its own for files that it no longer finds, and the system's. */
const isOfDeadDisk = (cause: unknown): boolean => ['58030', '58P01', 'XX000', 'EIO', 'EROFS'].includes(errorCode(cause) ?? '')
