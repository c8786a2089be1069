/** What the office holds of what somebody else holds, and how safely: asked by tablets before they give anything up. */
import type { EpochId } from '../../core/ids.ts'
import type { Held, Holdings } from '../../core/wire/holdings.ts'
import { coverageOf } from '../ledger/covered.ts'
import type { Database } from '../postgres/database.ts'

/**
 * Of these, in their order: ids that have no `complete` outcome under exactly their digest, and ids that are complete by an
 * event that no verified backup of this epoch holds, or whose parts the newest one does not hold. What became complete a
 * second time, after parts were lost, is as safe as its newest `complete`.
 */
export async function judgeHeld(db: Database, epoch: EpochId, held: readonly Held[]): Promise<Pick<Holdings, 'lacking' | 'uncovered'>> {
  if (held.length === 0) return { lacking: [], uncovered: [] }
  const ids = [...new Set(held.map(({ id }) => id))]
  // Read first: whatever is complete by an event up to there was complete when the backup was made.
  const covered = await coverageOf(db, epoch, ids)
  const rows = await db
    .selectFrom('outcomes')
    .innerJoin('events', 'events.id', 'outcomes.id')
    .select(({ fn }) => ['outcomes.id', 'outcomes.digest', fn.max('events.seq').as('seq')])
    .where('outcomes.kind', '=', 'complete')
    .where('events.kind', '=', 'complete')
    .where('outcomes.id', 'in', ids)
    .groupBy(['outcomes.id', 'outcomes.digest'])
    .execute()
  const completeBy = new Map(rows.map(({ id, digest, seq }) => [`${id} ${digest}`, seq]))
  const seqOf = ({ id, digest }: Held): number | undefined => completeBy.get(`${id} ${digest}`)
  const isUncovered = (one: Held, seq: number | undefined): boolean => seq !== undefined && (seq > covered.head || covered.gaps.has(one.id))
  return {
    lacking: held.filter((one) => seqOf(one) === undefined).map(({ id }) => id),
    uncovered: held.filter((one) => isUncovered(one, seqOf(one))).map(({ id }) => id),
  }
}
