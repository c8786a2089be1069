/**
 * What to do next, when nothing is in the air: fewest tries first, text before parts, oldest first. Applications that were
 * tried equally often go together as a carrier, so one that spoils a batch soon stands alone and spoils no other.
 */
import { maxCarrierBytes } from '../../../core/sealing/limits.ts'
import type { Effect, Item, OutboxState } from './state.ts'

/** A carrier stays small enough to be through in minutes at 2 KiB/s and far below what the office takes. */
const carrierBytes = Math.min(1024 * 1024, maxCarrierBytes)

/** The next request, or when to look again, or null when everything is settled. */
export function choose(state: OutboxState, atMs: number): Effect | null {
  if (state.items.size === 0) return null
  const { untilMs } = state.road
  if (untilMs !== null && atMs < untilMs) return { kind: 'wake', atMs: untilMs }
  const partsPaused = state.partsPausedUntilMs !== null && atMs < state.partsPausedUntilMs
  const due = [...state.items.values()].filter((item) => isDue(item, atMs, partsPaused)).sort(byTurn)
  const [first] = due
  if (first === undefined) return chooseWake(state, atMs)
  return first.state === 'queued' ? chooseText(first, due, state.batch) : chooseParts(first)
}

function isDue({ nextAtMs, state, missing }: Item, atMs: number, partsPaused: boolean): boolean {
  const waitsForParts = partsPaused && state === 'received' && missing !== null && missing.length > 0
  return (nextAtMs === null || nextAtMs <= atMs) && !waitsForParts
}

function byTurn(one: Item, other: Item): number {
  return one.tries - other.tries || Number(one.state === 'received') - Number(other.state === 'received') || one.sequence - other.sequence
}

function chooseText(first: Item, due: readonly Item[], batch: number): Effect {
  if (batch < 2 || !first.fitsCarrier) return { kind: 'put', id: first.id }
  const together = due.filter(({ state, fitsCarrier, tries }) => state === 'queued' && fitsCarrier && tries === first.tries)
  if (together.length < 2) return { kind: 'put', id: first.id }
  return { kind: 'carry', ids: withinBytes(together.slice(0, batch)) }
}

function withinBytes(items: readonly Item[]): Item['id'][] {
  let sizeBytes = 0
  return items.flatMap(({ id, sizeBytes: itemBytes }, at) => {
    sizeBytes += itemBytes
    return at === 0 || sizeBytes <= carrierBytes ? [id] : []
  })
}

/** Send what is missing, then ask again by the same bytes; the answer says `complete`, or what still lacks. */
function chooseParts({ id, missing }: Item): Effect {
  const [part] = missing ?? []
  return part === undefined ? { kind: 'put', id } : { kind: 'putPart', id, part }
}

function chooseWake(state: OutboxState, atMs: number): Effect | null {
  const times = [...state.items.values()].flatMap(({ nextAtMs }) => (nextAtMs === null || nextAtMs <= atMs ? [] : [nextAtMs]))
  if (state.partsPausedUntilMs !== null && state.partsPausedUntilMs > atMs) times.push(state.partsPausedUntilMs)
  return times.length === 0 ? null : { kind: 'wake', atMs: Math.min(...times) }
}
