/** Everything that the office holds at the end, page by page: each envelope opened and compared with what its row says. */
import { parseApplication } from '../../../core/application/application.ts'
import type { ApplicationId } from '../../../core/ids.ts'
import { digestOf, sha256 } from '../../../core/sealing/digest.ts'
import { openSealed } from '../../../core/sealing/open.ts'
import { headerParts } from '../../../server/intake/headerParts.ts'
import type { OfficeKeys } from '../../../server/keys/officeKeys.ts'
import type { PartStore } from '../../../server/parts/partStore.ts'
import type { Database } from '../../../server/postgres/database.ts'
import type { AtOffice, Ending } from '../lab/history.ts'

export interface Held {
  readonly db: Database
  readonly keys: OfficeKeys
  readonly parts: PartStore
}

export async function readHoldings(held: Held): Promise<Pick<Ending, 'office' | 'disputed'>> {
  const office: AtOffice[] = []
  for (let page = await pageAfter(held.db, null); page.length > 0; page = await pageAfter(held.db, page.at(-1)?.id ?? null)) {
    const counts = await countsOf(held.db, page.map(({ id }) => id))
    office.push(...(await Promise.all(page.map(async (row) => ({ ...(await look(held, row)), counts: counts(row.id) })))))
  }
  return { office, disputed: await held.db.selectFrom('disputes').select(['id', 'digest']).execute() }
}

const pageRows = 500

async function pageAfter(db: Database, after: ApplicationId | null) {
  const rows = db.selectFrom('envelopes').select(['id', 'digest', 'device', 'seq', 'sealed', 'header']).orderBy('id').limit(pageRows)
  return (after === null ? rows : rows.where('id', '>', after)).execute()
}

async function look({ keys, parts }: Held, { id, digest, device, seq, sealed, header }: Awaited<ReturnType<typeof pageAfter>>[number]): Promise<AtOffice> {
  const opens = (await digestOf(sealed)) === digest && (await opensTo(id, sealed, keys.openingKeyOf))
  return { id, digest, opens, number: `${device} ${seq}`, whole: await areWhole(parts, headerParts(header)) }
}

type Counts = NonNullable<AtOffice['counts']>

/** How often each stands in the ledger and among the cases. */
async function countsOf(db: Database, ids: readonly ApplicationId[]): Promise<(id: ApplicationId) => Counts> {
  const counts = new Map(ids.map((id) => [id, { received: 0, complete: 0, cases: 0 }]))
  for (const { id, kind } of await db.selectFrom('events').select(['id', 'kind']).where('id', 'in', ids).where('kind', 'in', ['received', 'complete']).execute()) {
    const count = counts.get(id)
    if (count !== undefined && (kind === 'received' || kind === 'complete')) count[kind] += 1
  }
  for (const { id } of await db.selectFrom('cases').select('id').where('id', 'in', ids).execute()) {
    const count = counts.get(id)
    if (count !== undefined) count.cases += 1
  }
  return (id) => counts.get(id) ?? { received: 0, complete: 0, cases: 0 }
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
