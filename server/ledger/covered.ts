/**
 * How far the ledger is safe elsewhere: the newest event that a backup of this epoch holds which was read back and verified.
 * Tablets give up sealed bytes by it (intake/holdings), so a backup that nobody has read never counts, and what lacks a part
 * in the newest one is not safe, even when an older one had it: the newest is what will be put back.
 */
import { sql } from 'kysely'
import type { ApplicationId, EpochId } from '../../core/ids.ts'
import type { Database } from '../postgres/database.ts'

/** When the newest verified backup was taken, of whatever epoch; null while there is none. */
export async function lastBackupMs(db: Database): Promise<number | null> {
  const { at } = await db
    .selectFrom('backups')
    .select(({ fn }) => fn.max<number | null>('at').as('at'))
    .executeTakeFirstOrThrow()
  return at
}

export interface Coverage {
  /** The ledger's head in the newest verified backup; 0 while there is none. */
  readonly head: number
  /** Those that were asked about and name a part that is not in it. */
  readonly gaps: ReadonlySet<ApplicationId>
}

/** What the newest verified backup of an epoch covers, asked about these applications; one statement, so of one moment. */
export async function coverageOf(db: Database, epoch: EpochId, ids: readonly ApplicationId[]): Promise<Coverage> {
  const newest = db.selectFrom('backups').selectAll().where('epoch', '=', epoch).orderBy('head', 'desc').orderBy('at', 'desc').limit(1)
  const found = await db
    .selectFrom(newest.as('newest'))
    .select((is) => [
      'newest.head',
      is
        .selectFrom('parts_announced as announced')
        .innerJoin('backup_gaps as gap', 'gap.name', 'announced.name')
        .whereRef('gap.epoch', '=', 'newest.epoch')
        .whereRef('gap.head', '=', 'newest.head')
        .whereRef('gap.at', '=', 'newest.at')
        .where('announced.id', 'in', [...ids])
        .select(sql<readonly ApplicationId[] | null>`array_agg(distinct announced.id)`.as('ids'))
        .as('gaps'),
    ])
    .executeTakeFirst()
  return { head: found?.head ?? 0, gaps: new Set(found?.gaps) }
}
