/**
 * That this office was put back, and from when. A tablet, a volunteer or an officer that was ended after the backup may work
 * again, and nothing in the office knows of it; so it is said until an officer has looked through them.
 */
import type { Client } from 'pg'
import type { EpochId } from '../core/ids.ts'
import type { Database } from './postgres/database.ts'

export interface Restore {
  readonly epoch: EpochId
  /** When the snapshot of the backup was taken. */
  readonly backupAtMs: number
  readonly atMs: number
}

/** Notes a restore; once, also when it is run again. */
export async function noteRestore(client: Client, { epoch, backupAtMs, atMs }: Restore): Promise<void> {
  await client.query('insert into restores (epoch, backup_at, restored_at) values ($1, $2, $3) on conflict do nothing', [epoch, backupAtMs, atMs])
}

/** The oldest backup after which nobody has looked yet: what was ended since the newer ones was ended since it, too. Or null. */
export async function unreviewedSinceMs(db: Database): Promise<number | null> {
  const { since } = await db
    .selectFrom('restores')
    .select(({ fn }) => fn.min<number | null>('backup_at').as('since'))
    .where('reviewed_at', 'is', null)
    .executeTakeFirstOrThrow()
  return since
}

/** An officer has looked through them. The first word stands. */
export async function markReviewed(db: Database, by: string, nowMs: number): Promise<void> {
  await db.updateTable('restores').set({ reviewed_at: nowMs, reviewed_by: by }).where('reviewed_at', 'is', null).execute()
}
