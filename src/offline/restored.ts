/**
 * Noticing that the office was put back from a backup. Kept beside the feed's cursor, in one row of `marks` each:
 * noticing begins the feed anew under the next generation AND leaves the mark by which everything this tablet holds is
 * offered again (outbox/reoffer.ts), both in one strict transaction, so that a kill can never separate them.
 *
 * What counts: a freshly signed answer of a higher epoch, of another epoch of the same number, or with a head below one that
 * was already seen in its epoch; an outcome of a higher epoch; and an application that was complete and is so no more. A
 * fresh answer is judged by what was known when it was asked for: answers overtake each other.
 */
import type { LedgerMark } from '../../core/sealing/outcome.ts'
import type { Database } from './db.ts'
import { judgeMark } from './keys.ts'
import { feedMarkShape, readRow, restoredMarkShape, type FeedMark, type RestoredMark } from './rows.ts'

export async function readFeedMark(db: Database): Promise<FeedMark> {
  return readRow(feedMarkShape, await db.marks.get('feed')) ?? { name: 'feed', ledger: null, generation: 0, cursor: 0 }
}

/** The last restore that this tablet noticed; `asking` until the office has answered about everything. Null when there was none. */
export async function readRestored(db: Database): Promise<RestoredMark | null> {
  return readRow(restoredMarkShape, await db.marks.get('restored'))
}

/** Begins the feed anew and marks that all is to be offered again. Only inside a transaction over `marks`. */
export async function noticeRestored(db: Database, ledger: LedgerMark, at: string): Promise<void> {
  const { generation } = await readFeedMark(db)
  await db.marks.put({ name: 'feed', ledger: { epoch: ledger.epoch, head: ledger.head }, generation: generation + 1, cursor: 0 })
  await askAboutAll(db, at)
}

/** Marks that all is to be asked about, from the beginning if somebody is at it. Only inside a transaction over `marks`. */
export async function askAboutAll(db: Database, at: string): Promise<void> {
  const before = await readRestored(db)
  await db.marks.put({ name: 'restored', round: (before?.round ?? 0) + 1, at: before?.asking === true ? before.at : at, asking: true })
}

/** Takes the mark away when no further restore was noticed since that round began. */
export async function answeredAll(db: Database, round: number): Promise<void> {
  await db.transaction('rw', db.marks, async () => {
    const mark = await readRestored(db)
    if (mark?.asking === true && mark.round === round) await db.marks.put({ ...mark, asking: false })
  })
}

/** Remembers the furthest head of an epoch that is already known. Only inside a transaction over `marks`. */
export async function raiseHead(db: Database, { epoch, head }: LedgerMark): Promise<void> {
  const mark = await readFeedMark(db)
  const { ledger } = mark
  if (ledger !== null && (ledger.epoch.id !== epoch.id || ledger.head >= head)) return
  await db.marks.put({ ...mark, ledger: { epoch, head } })
}

export type Heeded = 'onward' | 'restored' | 'older'

/**
 * Judges the mark of a fresh answer against `before`, which was read before it was asked for, and writes what follows.
 * `restored` also when another page has noticed one in the meantime. Only inside a transaction over `marks`.
 */
export async function heedFresh(db: Database, before: FeedMark, seen: LedgerMark, at: string): Promise<Heeded> {
  const judged = judgeMark(seen, before.ledger)
  if (judged === 'older') return 'older'
  if ((await readFeedMark(db)).generation !== before.generation) return 'restored'
  if (judged === 'restored') {
    await noticeRestored(db, seen, at)
    return 'restored'
  }
  await raiseHead(db, seen)
  return 'onward'
}

/** Where the ledger stood when an outcome was first signed, and whether it was the last word. */
export interface OutcomeMark extends LedgerMark {
  readonly isComplete: boolean
}

/**
 * What the marks of verified outcomes say. An outcome is repeated for ever with the mark of its first day, so a lower head
 * means nothing. A `complete` of an epoch that is over may have been on its way while the office forgot it: asked about again.
 * Only inside a transaction over `marks`.
 */
export async function heedOutcomes(db: Database, marks: readonly OutcomeMark[], at: string): Promise<void> {
  const { ledger } = await readFeedMark(db)
  const furthest = [...marks].sort((one, other) => other.epoch.number - one.epoch.number || other.head - one.head)[0]
  if (ledger === null || furthest === undefined) return
  if (furthest.epoch.number > ledger.epoch.number) await noticeRestored(db, { epoch: furthest.epoch, head: furthest.head }, at)
  else if (furthest.epoch.id === ledger.epoch.id) await raiseHead(db, furthest)
  if (marks.some(({ epoch, isComplete }) => isComplete && epoch.number < ledger.epoch.number)) await askAboutAll(db, at)
}
