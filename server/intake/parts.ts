/** Which announced parts are still missing, and taking one in. The last one that is missing makes its envelope complete. */
import { failure, type Failure } from '../../core/failures.ts'
import type { ApplicationId } from '../../core/ids.ts'
import type { Bytes } from '../../core/bytes.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { sha256 } from '../../core/sealing/digest.ts'
import { maxPartBytes } from '../../core/sealing/limits.ts'
import { takeLedger, type LedgerTurn } from '../ledger/append.ts'
import type { IntakeOffice } from '../office.ts'
import type { Database, Tx } from '../postgres/database.ts'
import { storeOutcome, type About, type StoredOutcome } from './outcomes.ts'

/** Names of parts that an envelope announced and the office does not hold, each once, in order. */
export async function missingParts(db: Database | Tx, id: ApplicationId): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('parts_announced as announced')
    .leftJoin('parts_stored as stored', 'stored.name', 'announced.name')
    .select('announced.name')
    .where('announced.id', '=', id)
    .where('stored.name', 'is', null)
    .orderBy('announced.position')
    .execute()
  return [...new Set(rows.map(({ name }) => name))]
}

export type PartFailure = Failure<'partNotAnnounced' | 'digestMismatch' | 'partTooLarge'>

/** True when a stored envelope waits for, or has, a part of this name. */
export async function isAnnounced(db: Database, name: string): Promise<boolean> {
  return (await db.selectFrom('parts_announced').select('id').where('name', '=', name).limit(1).executeTakeFirst()) !== undefined
}

/** Counts a part that is announced for a device that announced it: null, or after how many milliseconds to come again. */
export async function countPart({ db, limits }: Pick<IntakeOffice, 'db' | 'limits'>, name: string): Promise<number | null> {
  const found = await db
    .selectFrom('parts_announced as announced')
    .innerJoin('envelopes', 'envelopes.id', 'announced.id')
    .select('envelopes.device')
    .where('announced.name', '=', name)
    .limit(1)
    .executeTakeFirst()
  return found === undefined ? null : limits.take('device', found.device)
}

/** Stores one part: bytes first, durably, then its row and whatever it makes complete. */
export async function receivePart(office: IntakeOffice, name: string, bytes: Bytes): Promise<Result<undefined, PartFailure>> {
  if (bytes.length > maxPartBytes) return fail(failure('partTooLarge', `${bytes.length} bytes`))
  if (!(await isAnnounced(office.db, name))) return fail(failure('partNotAnnounced'))
  if ((await sha256(bytes)) !== name) return fail(failure('digestMismatch', 'part'))
  await office.parts.write(name, bytes)
  await office.db.transaction().execute(async (tx) => {
    const turn = await takeLedger(tx)
    const row = { name, size_bytes: bytes.length, stored_at: office.clock.now() }
    const stored = await tx.insertInto('parts_stored').values(row).onConflict((conflict) => conflict.doNothing()).returning('name').executeTakeFirst()
    if (stored === undefined) return
    const waiting = await tx
      .selectFrom('parts_announced as announced')
      .innerJoin('envelopes', 'envelopes.id', 'announced.id')
      .select(['envelopes.id', 'envelopes.digest', 'envelopes.device'])
      .distinct()
      .where('announced.name', '=', name)
      .execute()
    for (const about of waiting) await completeIfWhole(tx, office, turn, about)
  })
  return ok(undefined)
}

/** Appends `complete` and stores its outcome when nothing is missing and it was not complete before. */
export async function completeIfWhole(tx: Tx, office: IntakeOffice, turn: LedgerTurn, about: About): Promise<StoredOutcome | null> {
  const done = await tx.selectFrom('outcomes').select('id').where('id', '=', about.id).where('kind', '=', 'complete').executeTakeFirst()
  if (done !== undefined || (await missingParts(tx, about.id)).length > 0) return null
  const head = await turn.append({ id: about.id, device: about.device, kind: 'complete', atMs: office.clock.now() })
  return storeOutcome(tx, office, about, { kind: 'complete', head })
}
