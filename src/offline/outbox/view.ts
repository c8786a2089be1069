/** The outbox as a person sees it. Counts as "only here" what no verified outcome says the office holds. */
import type { Database } from '../db.ts'
import { itemRowShape, readRows, type ItemRow, type RoadMark } from '../rows.ts'
import type { OutboxItemView, OutboxView } from '../tablet.ts'
import { readRoad } from './queue.ts'

/** Unsigned refusals in a row before one is worth a person's attention. */
export const refusalsToShow = 3

export async function readOutbox(db: Database): Promise<{ items: ItemRow[]; road: RoadMark }> {
  const [rows, road] = await Promise.all([db.items.orderBy('queuedAt').reverse().toArray(), readRoad(db)])
  return { items: readRows(itemRowShape, rows), road }
}

export function outboxView({ items, road }: { items: readonly ItemRow[]; road: RoadMark }, sending: boolean): OutboxView {
  const onlyHere = items.filter(({ state }) => state === 'queued' || state === 'refused')
  return {
    items: items.map(viewOf),
    onlyHere: onlyHere.length,
    oldestOnlyHereAt: onlyHere.at(-1)?.queuedAt ?? null,
    sending,
    road: road.state,
    pausedBecause: road.state === 'paused' ? road.because : null,
    lastReachedAt: road.lastReachedAt,
  }
}

function viewOf({ id, localCode, pack, state, queuedAt, note, reason, sizeBytes }: ItemRow): OutboxItemView {
  const worthShowing = note !== null && note.attempts >= refusalsToShow
  return { id, localCode, pack, state, queuedAt, note: worthShowing ? note : null, reason, sizeBytes }
}
