/**
 * The one door through which anything happens to a case (invariant 6). Events get their number under one advisory lock
 * that is held until the transaction commits, so numbers become visible in order on every node: a reader who has seen
 * event 7 will never find event 6 later. A sequence would lose events, since it gives out numbers before commits.
 *
 * Lock order, for all callers: rows of `openings` first, then this lock, then rows of `cases` and `devices`.
 */
import { sql } from 'kysely'
import type { EventKind } from '../../core/application/events.ts'
import { statusOf } from '../../core/application/status.ts'
import type { ApplicationId, DeviceId } from '../../core/ids.ts'
import type { Tx } from '../postgres/database.ts'

/** "tiepsuc" has no meaning to PostgreSQL; this number stands for our ledger. */
const ledgerLock = 7_031_945

/** A place in the ledger that nobody else can take before this transaction ends. */
export interface LedgerTurn {
  /** Number of the newest event, those of this transaction included. */
  readonly head: () => number
  readonly append: (event: NewEvent) => Promise<number>
}

export interface NewEvent {
  readonly id: ApplicationId
  readonly device: DeviceId
  readonly kind: EventKind
  readonly atMs: number
  /** The officer's user name; absent when the office acted by itself. */
  readonly by?: string
  /** Locked words of the officer. */
  readonly body?: Buffer | null
  /** The reply to the tablet, sealed. */
  readonly sealed?: string | null
}

/** Waits for the ledger; everything that the caller reads afterwards is what others have committed. */
export async function takeLedger(tx: Tx): Promise<LedgerTurn> {
  await sql`select pg_advisory_xact_lock(${ledgerLock})`.execute(tx)
  let head = await readHead(tx)
  return {
    head: () => head,
    append: async (event) => {
      head += 1
      const { id, device, kind, atMs, by = null, body = null, sealed = null } = event
      await tx.insertInto('events').values({ seq: head, id, device, kind, at: atMs, by, body, sealed }).execute()
      await project(tx, id)
      return head
    },
  }
}

/** Number of the newest committed event; 0 in an empty ledger. */
export async function readHead(db: Pick<Tx, 'selectFrom'>): Promise<number> {
  const { head } = await db.selectFrom('events').select(({ fn }) => fn.coalesce(fn.max('seq'), sql<number>`0`).as('head')).executeTakeFirstOrThrow()
  return head
}

/** Keeps the status of a case beside it for lists: a fold over its events and nothing else. */
async function project(tx: Tx, id: ApplicationId): Promise<void> {
  const rows = await tx.selectFrom('events').select(['seq', 'kind', 'at']).where('id', '=', id).orderBy('seq').execute()
  const status = statusOf(rows.map(({ seq, kind, at }) => ({ seq, kind, at: new Date(at).toISOString() })))
  const status_seq = rows.at(-1)?.seq ?? 0
  await tx.updateTable('cases').set({ status, status_seq }).where('id', '=', id).execute()
}
