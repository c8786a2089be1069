/**
 * The office has lost parts that it said it holds. It becomes honest about them: they count as not stored, and `complete` is
 * taken back from the applications that name them, by an event and in the same transaction; a tablet that still holds them
 * hears `lacking` and delivers again. The ledger keeps the earlier `complete`; when the parts are back another one follows.
 * The only place that takes an outcome away (tests/architecture/ledger).
 */
import type { ApplicationId } from '../../core/ids.ts'
import type { Clock } from '../clock.ts'
import { takeLedger } from '../ledger/append.ts'
import type { PartStore } from '../parts/partStore.ts'
import type { Database, Tx } from '../postgres/database.ts'

export interface Forgotten {
  readonly parts: number
  /** Those that were complete until now. */
  readonly applications: readonly ApplicationId[]
}

/** One transaction takes so many: everybody who delivers waits for it. */
const atATime = 200

/** Forgets those of these parts that are not whole in `parts` by now. May be called again after a death at any point. */
export async function forgetParts({ db, parts, clock }: { db: Database; parts: PartStore; clock: Clock }, names: readonly string[]): Promise<Forgotten> {
  let forgotten: Forgotten = { parts: 0, applications: [] }
  for (let from = 0; from < names.length; from += atATime) {
    const { parts: count, applications } = await db.transaction().execute((tx) => forget(tx, parts, clock.now(), names.slice(from, from + atATime)))
    forgotten = { parts: forgotten.parts + count, applications: [...forgotten.applications, ...applications] }
  }
  return forgotten
}

/** The applications that were complete, lost parts, and are not complete again. */
export async function stillWaiting(db: Database): Promise<readonly ApplicationId[]> {
  const rows = await db
    .selectFrom('events')
    .select('events.id')
    .distinct()
    .leftJoin('outcomes', (join) => join.onRef('outcomes.id', '=', 'events.id').on('outcomes.kind', '=', 'complete'))
    .where('events.kind', '=', 'partsLost')
    .where('outcomes.id', 'is', null)
    .orderBy('events.id')
    .execute()
  return rows.map(({ id }) => id)
}

async function forget(tx: Tx, parts: PartStore, atMs: number, names: readonly string[]): Promise<Forgotten> {
  const turn = await takeLedger(tx)
  // Looked at again behind the lock: a part that somebody brings now either lies there whole, or its row comes after ours.
  const lost: string[] = []
  for (const name of names) if ((await parts.check(name)) !== 'whole') lost.push(name)
  if (lost.length === 0) return { parts: 0, applications: [] }
  const gone = await tx.deleteFrom('parts_stored').where('name', 'in', lost).returning('name').execute()
  const naming = tx.selectFrom('parts_announced').select('id').where('name', 'in', lost)
  const taken = await tx.deleteFrom('outcomes').where('kind', '=', 'complete').where('id', 'in', naming).returning(['id', 'device']).execute()
  for (const { id, device } of taken) await turn.append({ id, device, kind: 'partsLost', atMs })
  return { parts: gone.length, applications: taken.map(({ id }) => id) }
}
