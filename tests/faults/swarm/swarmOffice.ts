/** The real office of a swarm: its own process and PostgreSQL, tickets for tablets, and at the end everything it holds. */
import { join } from 'node:path'
import { parseApplication } from '../../../core/application/application.ts'
import { digestOf, sha256 } from '../../../core/sealing/digest.ts'
import { openSealed } from '../../../core/sealing/open.ts'
import { headerParts } from '../../../server/intake/headerParts.ts'
import { loadKeys } from '../../../server/keys/loadKeys.ts'
import { makeTicket } from '../../../server/people/tickets.ts'
import { makeVolunteer } from '../../../server/people/volunteers.ts'
import { partsOnDisk, type PartStore } from '../../../server/parts/partStore.ts'
import { openDatabase } from '../../../server/postgres/database.ts'
import { startPostgres } from '../../../server/postgres/embedded.ts'
import { anOfficeRun, type OfficeRun } from '../../support/officeRun.ts'
import type { AtOffice } from '../lab/history.ts'

export interface SwarmOffice {
  readonly run: OfficeRun
  /** An enrolment ticket and a badge code, as an officer would hand them out. */
  ticket(): Promise<{ readonly enrol: string; readonly badge: string }>
  /** Every envelope it holds, each opened and compared with what its row says. */
  holdings(): Promise<readonly AtOffice[]>
  close(): Promise<void>
}

export async function aSwarmOffice(): Promise<SwarmOffice> {
  const run = await anOfficeRun([], { TRUST_PROXY: '1', LOG_LEVEL: 'error' })
  const keys = await loadKeys(join(run.folder, 'keys'))
  if (!keys.ok) throw new Error(keys.failure)
  const found = await startPostgres({ dataFolder: join(run.folder, 'data'), log: () => undefined })
  if (!found.ok) throw new Error(found.failure.sentence)
  const db = openDatabase(found.value.url, () => undefined)
  const random = (count: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(count))
  const maker = { db, keys: keys.value, random, clock: { now: () => Date.now() } }
  const parts = partsOnDisk(join(run.folder, 'data', 'parts'), () => crypto.randomUUID())
  const volunteer = await makeVolunteer(maker, 'Lê Thị Hoa')
  return {
    run,
    async ticket() {
      const enrol = await makeTicket(maker, { kind: 'enrol', confirmed: true, volunteer: null })
      const badge = await makeTicket(maker, { kind: 'badge', confirmed: false, volunteer })
      return { enrol: enrol.secret, badge: badge.code }
    },
    async holdings() {
      const rows = await db.selectFrom('envelopes').select(['id', 'digest', 'sealed', 'header']).execute()
      return Promise.all(
        rows.map(async ({ id, digest, sealed, header }) => ({
          id,
          digest,
          whole: await areWhole(parts, headerParts(header)),
          opens: (await digestOf(sealed)) === digest && (await opensTo(id, sealed, keys.value.openingKeyOf)),
        })),
      )
    },
    async close() {
      await db.destroy()
      await run.remove()
    },
  }
}

/** Looked at as bytes, whatever the office's own rows say. */
async function areWhole(parts: PartStore, names: readonly string[]): Promise<boolean> {
  for (const name of names) {
    const bytes = await parts.read(name)
    if (bytes === null || (await sha256(bytes)) !== name) return false
  }
  return true
}

async function opensTo(id: string, sealed: string, keyOf: Parameters<typeof openSealed>[1]): Promise<boolean> {
  const opened = await openSealed(sealed, keyOf)
  const application = opened.ok ? parseApplication(opened.value) : null
  return application !== null && application.ok && application.value.id === id
}
