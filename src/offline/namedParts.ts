/**
 * Which parts of attachments somebody still needs: those that a draft or a sealed application names. Bytes go only when no
 * row names them (invariant 10), and nothing goes while one row cannot be read: it may be the one that names them.
 */
import { attempt, type Database } from './db.ts'
import type { PartReader } from './ports.ts'
import { draftRowShape, itemRowShape, readRows } from './rows.ts'

/** Names in drafts and in applications whose bytes are held; null when that cannot be known. */
export async function partsInRows(db: Database): Promise<ReadonlySet<string> | null> {
  const read = await attempt(() => db.transaction('r', db.drafts, db.items, async () => ({ drafts: await db.drafts.toArray(), items: await db.items.toArray() })))
  if (!read.ok) return null
  const [drafts, items] = [readRows(draftRowShape, read.value.drafts), readRows(itemRowShape, read.value.items)]
  if (drafts.length < read.value.drafts.length || items.length < read.value.items.length) return null
  return new Set([...drafts, ...items.filter(({ held }) => held)].flatMap(({ parts }) => parts))
}

/** Removes parts that no row names any more. What is still named stays, whoever asks. */
export async function forgetParts(db: Database, parts: Pick<PartReader, 'remove'>, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  const needed = await partsInRows(db)
  if (needed === null) return
  for (const name of names) if (!needed.has(name)) await parts.remove(name)
}
