/** What the office holds of what somebody else holds: asked by tablets after the office was put back from a backup. */
import type { ApplicationId } from '../../core/ids.ts'
import type { Held } from '../../core/wire/holdings.ts'
import type { Database } from '../postgres/database.ts'

/** Of these, in their order, the ids that have no `complete` outcome under exactly their digest. */
export async function lackingOf(db: Database, held: readonly Held[]): Promise<ApplicationId[]> {
  if (held.length === 0) return []
  const rows = await db
    .selectFrom('outcomes')
    .select(['id', 'digest'])
    .where('kind', '=', 'complete')
    .where('id', 'in', [...new Set(held.map(({ id }) => id))])
    .execute()
  const complete = new Set(rows.map(({ id, digest }) => `${id} ${digest}`))
  return held.filter(({ id, digest }) => !complete.has(`${id} ${digest}`)).map(({ id }) => id)
}
