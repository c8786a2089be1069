/**
 * The outbox's transactions, one function each, all strict. An item's state changes only in `settle`, by an outcome that
 * was verified before; sealed bytes are only ever removed here, after `complete` (invariant 1).
 */
import type { FailureKind } from '../../../core/failures.ts'
import type { ApplicationId } from '../../../core/ids.ts'
import type { LedgerMark } from '../../../core/sealing/outcome.ts'
import { hasCrashPoints, reachedInside } from '../crashPoints.ts'
import type { Database } from '../db.ts'
import { byTime } from '../order.ts'
import { heedOutcomes, readRestored } from '../restored.ts'
import {
  envelopeRowShape,
  itemRowShape,
  partsMarkShape,
  readRow,
  readRows,
  roadMarkShape,
  type EnvelopeRow,
  type ItemRow,
  type RoadMark,
} from '../rows.ts'

/** A verified outcome, ready to be stored. */
export interface Settlement {
  readonly id: ApplicationId
  readonly state: 'received' | 'complete' | 'refused' | 'disputed'
  readonly outcome: string
  readonly reason: string | null
  readonly missing: readonly string[]
  /** Where the office's ledger stood when it was first signed. */
  readonly ledger?: LedgerMark
}

/** Items that still wait for the office: queued, or received with parts missing. */
export async function openItems(db: Database): Promise<ItemRow[]> {
  return readRows(itemRowShape, await db.items.where('state').anyOf('queued', 'received').toArray())
}

/** The sealed bytes of items, in the order asked for; items whose bytes are gone are left out. */
export async function envelopesOf(db: Database, ids: readonly ApplicationId[]): Promise<EnvelopeRow[]> {
  return readRows(envelopeRowShape, await db.envelopes.bulkGet([...ids]))
}

/** States that an outcome may follow; nothing follows `complete`, and a person has to act after the other two. */
export const mayFollow: Readonly<Record<ItemRow['state'], readonly Settlement['state'][]>> = {
  queued: ['received', 'complete', 'refused', 'disputed'],
  received: ['received', 'complete', 'refused', 'disputed'],
  complete: [],
  refused: ['received', 'complete'],
  disputed: ['received', 'complete'],
}

/**
 * Stores verified outcomes, the states they give, and what they say about a restore, all in one strict transaction. One
 * brought by hand says nothing about the road.
 */
export async function settle(db: Database, settlements: readonly Settlement[], at: string, by: 'road' | 'hand' = 'road'): Promise<void> {
  await db.transaction('rw', db.items, db.marks, async () => {
    await heedOutcomes(db, settlements.flatMap(({ ledger, state }) => (ledger === undefined ? [] : [{ ...ledger, isComplete: state === 'complete' }])), at)
    for (const { id, state, outcome, reason, missing } of settlements) {
      const item = readRow(itemRowShape, await db.items.get(id))
      if (item === null || !mayFollow[item.state].includes(state)) continue
      await db.items.put({ ...item, state, outcome, reason, missing: [...missing], note: null, settledAt: at })
    }
    if (hasCrashPoints) reachedInside('halfSettled')
    if (by === 'road') await putRoad(db, { state: 'reachable', because: null, lastReachedAt: at })
  })
}

/** Notes that applications were written to a file; no state changes. */
export async function noteExported(db: Database, ids: readonly ApplicationId[], at: string): Promise<undefined> {
  return db.transaction('rw', db.items, async () => {
    for (const item of readRows(itemRowShape, await db.items.bulkGet([...ids]))) await db.items.put({ ...item, exportedAt: at })
    return undefined
  })
}

/** Notes an unsigned refusal on its item; the state stays. */
export async function noteRefusal(
  db: Database,
  id: ApplicationId,
  note: { kind: FailureKind; attempts: number; nextAt: string | null },
): Promise<void> {
  await db.transaction('rw', db.items, async () => {
    const item = readRow(itemRowShape, await db.items.get(id))
    if (item !== null) await db.items.put({ ...item, note })
  })
}

/** What the road to the office is like, for every page to show. */
export async function noteRoad(db: Database, road: Pick<RoadMark, 'state' | 'because'>): Promise<void> {
  await db.transaction('rw', db.marks, async () => {
    const before = await readRoad(db)
    await putRoad(db, { ...before, ...road })
  })
}

/** Times are shown to the minute; noting each of many contacts would only make every page read the outbox again. */
const contactEveryMs = 60_000

/** The office has answered with its signature, though about no application: it was reached now. */
export async function noteContact(db: Database, nowMs: number): Promise<void> {
  await db.transaction('rw', db.marks, async () => {
    const before = await readRoad(db)
    const sinceMs = nowMs - Date.parse(before.lastReachedAt ?? '')
    if (before.state !== 'unknown' && sinceMs >= 0 && sinceMs < contactEveryMs) return
    // What stopped the sending is for the sending to find out.
    const state = before.state === 'unknown' ? 'reachable' : before.state
    await putRoad(db, { ...before, state, lastReachedAt: new Date(nowMs).toISOString() })
  })
}

/** Whether attachments wait because one was too large for the office. */
export async function noteParts(db: Database, paused: boolean): Promise<void> {
  await db.marks.put({ name: 'parts', paused })
}

export async function readPartsPaused(db: Database): Promise<boolean> {
  return readRow(partsMarkShape, await db.marks.get('parts'))?.paused ?? false
}

export async function readRoad(db: Database): Promise<RoadMark> {
  const row = readRow(roadMarkShape, await db.marks.get('road'))
  return row ?? { name: 'road', state: 'unknown', because: null, lastReachedAt: null }
}

async function putRoad(db: Database, road: Omit<RoadMark, 'name'>): Promise<void> {
  await db.marks.put({ ...road, name: 'road' })
}

/**
 * Gives up the sealed bytes of complete items, at most `count`, and answers which they were: those that a backup of the
 * office holds, then the oldest. The state is looked at again inside the transaction: bytes never go before `complete`, and
 * none go while an office that was put back has not said what it lacks.
 */
export async function giveUpBytes(db: Database, count: number): Promise<ItemRow[]> {
  return db.transaction('rw', db.items, db.envelopes, db.marks, async () => {
    if ((await readRestored(db))?.asking === true) return []
    const complete = readRows(itemRowShape, await db.items.where('state').equals('complete').toArray())
    const chosen = complete
      .filter(({ held }) => held)
      .sort((one, other) => Number(one.covered === undefined) - Number(other.covered === undefined) || byTime(one.queuedAt, other.queuedAt))
      .slice(0, count)
    for (const item of chosen) await giveUp(db, item)
    return chosen
  })
}

/** Removes the bytes of one complete item. Only inside a transaction over `items` and `envelopes` that has just read it. */
export async function giveUp(db: Database, item: ItemRow): Promise<void> {
  await db.envelopes.delete(item.id)
  await db.items.put({ ...item, held: false })
}
