/** What the office holds of what somebody else holds, and how safely: asked by tablets before they give anything up. */
import type { EpochId } from '../../core/ids.ts'
import type { Held, Holdings } from '../../core/wire/holdings.ts'
import { coveredIn } from '../ledger/covered.ts'
import type { Database } from '../postgres/database.ts'

/**
 * Of these, in their order: ids that have no `complete` outcome under exactly their digest, and ids that are complete by an
 * event that no verified backup of this epoch holds.
 */
export async function judgeHeld(db: Database, epoch: EpochId, held: readonly Held[]): Promise<Pick<Holdings, 'lacking' | 'uncovered'>> {
  if (held.length === 0) return { lacking: [], uncovered: [] }
  // Read first: whatever is complete by an event up to there was complete when the backup was made.
  const covered = (await coveredIn(db, epoch)) ?? 0
  const rows = await db
    .selectFrom('outcomes')
    .innerJoin('events', 'events.id', 'outcomes.id')
    .select(['outcomes.id', 'outcomes.digest', 'events.seq'])
    .where('outcomes.kind', '=', 'complete')
    .where('events.kind', '=', 'complete')
    .where('outcomes.id', 'in', [...new Set(held.map(({ id }) => id))])
    .execute()
  const completeBy = new Map(rows.map(({ id, digest, seq }) => [`${id} ${digest}`, seq]))
  const seqOf = ({ id, digest }: Held): number | undefined => completeBy.get(`${id} ${digest}`)
  return {
    lacking: held.filter((one) => seqOf(one) === undefined).map(({ id }) => id),
    uncovered: held.filter((one) => (seqOf(one) ?? 0) > covered).map(({ id }) => id),
  }
}
