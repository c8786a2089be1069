/**
 * How far the ledger is safe elsewhere: the newest event that a backup of this epoch holds which was read back and verified.
 * Tablets give up sealed bytes by it (intake/holdings), so a backup that nobody has read never counts.
 */
import type { EpochId } from '../../core/ids.ts'
import type { Database } from '../postgres/database.ts'

/** When the newest verified backup was taken, of whatever epoch; null while there is none. */
export async function lastBackupMs(db: Database): Promise<number | null> {
  const { at } = await db
    .selectFrom('backups')
    .select(({ fn }) => fn.max<number | null>('at').as('at'))
    .executeTakeFirstOrThrow()
  return at
}

/** The greatest head among an epoch's verified backups, or null while there is none. */
export async function coveredIn(db: Database, epoch: EpochId): Promise<number | null> {
  const { head } = await db
    .selectFrom('backups')
    .select(({ fn }) => fn.max<number | null>('head').as('head'))
    .where('epoch', '=', epoch)
    .executeTakeFirstOrThrow()
  return head
}
