/** The outbox as a person sees it. Counts as "only here" what no verified outcome says the office holds. */
import type { Database } from '../db.ts'
import { readRestored } from '../restored.ts'
import { itemRowShape, readRows, type ItemRow, type RestoredMark, type RoadMark } from '../rows.ts'
import type { OutboxItemView, OutboxView, RestoredView } from '../tablet.ts'
import { readPartsPaused, readRoad } from './queue.ts'

/** Unsigned refusals in a row before one is worth a person's attention. */
export const refusalsToShow = 3

interface Outbox {
  readonly items: readonly ItemRow[]
  readonly road: RoadMark
  readonly partsPaused: boolean
  readonly restored: RestoredMark | null
}

export async function readOutbox(db: Database): Promise<Outbox> {
  const [rows, road] = [await db.items.orderBy('queuedAt').reverse().toArray(), await readRoad(db)]
  const [partsPaused, restored] = [await readPartsPaused(db), await readRestored(db)]
  return { items: readRows(itemRowShape, rows), road, partsPaused, restored }
}

export function outboxView({ items, road, partsPaused, restored }: Outbox, sending: boolean): OutboxView {
  const onlyHere = items.filter(({ state }) => state === 'queued' || state === 'refused')
  return {
    items: items.map(viewOf),
    onlyHere: onlyHere.length,
    oldestOnlyHereAt: onlyHere.at(-1)?.queuedAt ?? null,
    sending,
    road: road.state,
    pausedBecause: road.state === 'paused' ? road.because : null,
    lastReachedAt: road.lastReachedAt,
    partsPaused,
    restored: restored === null ? null : restoredView(items, restored),
  }
}

/** Of earlier restores only what still waits or is missing is told. */
function restoredView(items: readonly ItemRow[], { at }: RestoredMark): RestoredView {
  const again = items.filter(({ offeredAgainAt }) => offeredAgainAt !== undefined)
  return {
    noticedAt: at,
    waiting: again.filter(({ state }) => state === 'queued' || state === 'received').length,
    back: again.filter(({ state, offeredAgainAt }) => state === 'complete' && offeredAgainAt === at).length,
    gone: items.filter(({ gone }) => gone === true).map(({ localCode }) => localCode),
  }
}

function viewOf({ id, localCode, pack, state, queuedAt, gone, note, reason, exportedAt, sizeBytes }: ItemRow): OutboxItemView {
  // Noted of an earlier key only: of the present one it pauses everything, and stands on no item.
  const keyEnded = note?.kind === 'deviceRevoked'
  const worthShowing = note !== null && !keyEnded && note.attempts >= refusalsToShow
  return { id, localCode, pack, state, queuedAt, keyEnded, gone: gone === true, note: worthShowing ? note : null, reason, exportedAt, sizeBytes }
}
