/** Reading the ledger: whole, in order, without gaps, because numbers commit in order (append). */
import type { DeviceId } from '../../core/ids.ts'
import type { Database } from '../postgres/database.ts'
import type { FeedEntry } from '../../core/wire/feed.ts'
import { readHead } from './append.ts'

const pageSize = 200

export interface Page {
  readonly head: number
  readonly cursor: number
  readonly more: boolean
  readonly events: readonly FeedEntry[]
}

/** What was sealed for a device's applications after a number. A number beyond the head gives an empty page at the head. */
export async function repliesAfter(db: Database, device: DeviceId, after: number): Promise<Page> {
  const head = await readHead(db)
  const rows = await db
    .selectFrom('events')
    .select(['seq', 'id', 'at', 'sealed'])
    .where('device', '=', device)
    .where('sealed', 'is not', null)
    .where('seq', '>', after)
    .where('seq', '<=', head)
    .orderBy('seq')
    .limit(pageSize + 1)
    .execute()
  const shown = rows.slice(0, pageSize)
  const more = rows.length > pageSize
  const events = shown.flatMap(({ seq, id, at, sealed }) => (sealed === null ? [] : [{ seq, id, at: new Date(at).toISOString(), sealed }]))
  return { head, more, cursor: more ? (shown.at(-1)?.seq ?? head) : head, events }
}
