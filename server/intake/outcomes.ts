/**
 * Signed outcomes: made once, stored with what they speak of, and given again as the very same bytes. Of several about the
 * same bytes the furthest counts: complete, then received.
 */
import { sql } from 'kysely'
import type { ApplicationId, DeviceId, Digest } from '../../core/ids.ts'
import { signOutcome, type OutcomeKind } from '../../core/sealing/outcome.ts'
import type { Office } from '../office.ts'
import type { Database, Tx } from '../postgres/database.ts'

export interface About {
  readonly id: ApplicationId
  readonly digest: Digest
  readonly device: DeviceId
}

export interface StoredOutcome {
  readonly kind: OutcomeKind
  readonly statement: string
}

type Signer = Pick<Office, 'keys' | 'epoch' | 'clock'>

/** Signs and stores an outcome; when one of this kind is stored already, that one is the answer. */
export async function storeOutcome(
  db: Database | Tx,
  { keys, epoch, clock }: Signer,
  { id, digest, device }: About,
  { kind, reason, head }: { kind: OutcomeKind; reason?: string; head: number },
): Promise<StoredOutcome> {
  const atMs = clock.now()
  const outcome = { epoch, head, kind, id, digest, device, at: new Date(atMs).toISOString(), ...(reason === undefined ? {} : { reason }) }
  const statement = await signOutcome(outcome, keys.signing, keys.signingKid)
  const stored = await db
    .insertInto('outcomes')
    .values({ id, digest, device, kind, statement, at: atMs })
    .onConflict((conflict) => conflict.doNothing())
    .returning('statement')
    .executeTakeFirst()
  if (stored !== undefined) return { kind, statement: stored.statement }
  const earlier = await findOutcome(db, { id, digest, device }, [kind])
  if (earlier === null) throw new Error('an outcome that was in the way is gone')
  return earlier
}

/** The furthest stored outcome about exactly these bytes. */
export async function findOutcome(
  db: Database | Tx,
  { id, digest, device }: About,
  kinds: readonly OutcomeKind[] = ['complete', 'received', 'refused', 'disputed'],
): Promise<StoredOutcome | null> {
  const found = await db
    .selectFrom('outcomes')
    .select(['kind', 'statement'])
    .where('id', '=', id)
    .where('digest', '=', digest)
    .where('device', '=', device)
    .where('kind', 'in', kinds)
    .orderBy(sql`array_position(array['complete','received','disputed','refused'], kind)`)
    .executeTakeFirst()
  return found ?? null
}
