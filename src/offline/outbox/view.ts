/** The outbox as a person sees it. Counts as "only here" what no verified outcome says the office holds. */
import type { Database } from '../db.ts'
import { itemRowShape, readRows, type ItemRow, type RoadMark } from '../rows.ts'
import type { OutboxItemView, OutboxView } from '../tablet.ts'
import { readPartsPaused, readRoad } from './queue.ts'

/** Unsigned refusals in a row before one is worth a person's attention. */
export const refusalsToShow = 3

interface Outbox {
  readonly items: readonly ItemRow[]
  readonly road: RoadMark
  readonly partsPaused: boolean
}

export async function readOutbox(db: Database): Promise<Outbox> {
  const [rows, road, partsPaused] = await Promise.all([db.items.orderBy('queuedAt').reverse().toArray(), readRoad(db), readPartsPaused(db)])
  return { items: readRows(itemRowShape, rows), road, partsPaused }
}

export function outboxView({ items, road, partsPaused }: Outbox, sending: boolean): OutboxView {
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
  }
}

function viewOf({ id, localCode, pack, state, queuedAt, note, reason, exportedAt, sizeBytes }: ItemRow): OutboxItemView {
  const worthShowing = note !== null && note.attempts >= refusalsToShow
  return { id, localCode, pack, state, queuedAt, note: worthShowing ? note : null, reason, exportedAt, sizeBytes }
}
