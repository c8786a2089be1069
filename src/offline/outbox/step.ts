/**
 * The outbox as a pure function: `step(state, event) -> [state, effects]`. Time and chance come with the event; requests,
 * transactions and timers are effects that somebody else runs (effects.ts), in a page, in the worker or in a test.
 *
 *                                   signed no              a person decides; the bytes stay
 *              ┌──────────────────────────────────────────▶ refused, disputed
 *              │                                                  ▲
 *   queued ────┼── outcome `received` ──▶ received ───────────────┘ (signed no)
 *     ▲  │     │                            │  ▲
 *     │  │     │                            │  └── part stored, part failed, asked again
 *     │  │     └── outcome `complete` ──┐   └── outcome `complete` ──┐
 *     │  │                              ▼                            ▼
 *     └──┘                              complete (only now may bytes go, and only for room)
 *   any unsigned answer, silence,
 *   a portal's page: stays, tried again
 *
 * Kept here: a state changes only on `settled`, which follows the strict transaction that stored a verified outcome. One
 * request at a time. An item that fails goes behind those with fewer tries, so it can block nobody (invariant 8).
 */
import { failures } from '../../../core/failures.ts'
import type { ApplicationId } from '../../../core/ids.ts'
import { backoffMs, longPauseMs } from './backoff.ts'
import { choose } from './choose.ts'
import type { Settlement } from './queue.ts'
import { react } from './react.ts'
import type { Effect, Item, Nudge, OutboxEvent, OutboxState, Road } from './state.ts'

type Step = [OutboxState, readonly Effect[]]

/** Applies one event and chooses what follows, unless something is still in the air. */
export function step(before: OutboxState, event: OutboxEvent): Step {
  const [after, effects] = apply(before, event)
  const noted = sameRoad(before.road, after.road) ? [] : [noteRoad(after.road)]
  if (after.busy) return [after, [...effects, ...noted]]
  const next = choose(after, event.atMs)
  if (next === null) return [after, [...effects, ...noted]]
  return [{ ...after, busy: next.kind !== 'wake' }, [...effects, ...noted, next]]
}

function apply(state: OutboxState, event: OutboxEvent): Step {
  switch (event.kind) {
    case 'loaded':
      return [load(state, event.items), []]
    case 'nudged':
      return [nudge(state, event.why), []]
    case 'answered':
      return answered(state, event)
    case 'carrierRefused':
      return [{ ...state, batch: 1, busy: false }, []]
    case 'partStored':
      return sayParts({ ...state, items: partStored(state.items, event), busy: false }, 'going')
    case 'partFailed':
      return partFailed(state, event)
    case 'settled':
      return [{ ...reached(state), items: settled(state.items, event), busy: false }, []]
    case 'settleFailed':
      return settleFailed(state, event)
  }
}

/** Rows are the truth about which items there are, whose they are and how far they came; memory adds what was tried. */
function load(state: OutboxState, rows: readonly Item[]): OutboxState {
  const items = rows.map((row) => {
    const before = state.items.get(row.id)
    return before?.state === row.state ? { ...before, sealedBy: row.sealedBy, missing: before.missing ?? row.missing } : row
  })
  const isOfNewKey = rows.some(({ id, sealedBy }) => sealedBy === 'earlierKey' && state.items.get(id)?.sealedBy === 'presentKey')
  // A pause was about the key that the tablet had.
  const road: Road = isOfNewKey && state.road.state === 'paused' ? { state: 'unknown', because: null, untilMs: null, tries: 0 } : state.road
  return { ...state, items: new Map(items.map((item) => [item.id, item])), road }
}

/** The office's own time is obeyed whatever happens; a pause is lifted by a person or a new start. */
function nudge(state: OutboxState, why: Nudge): OutboxState {
  const byHand = why === 'sendNow' || why === 'started'
  const { road } = state
  if (why === 'timer') return state
  const stays = road.state === 'waiting' || (road.state === 'paused' && !byHand)
  const items = new Map([...state.items].map(([id, item]) => [id, byHand || item.refusals === 0 ? { ...item, nextAtMs: null } : item]))
  return {
    ...state,
    items,
    road: stays ? road : { ...road, untilMs: null },
    partsPausedUntilMs: byHand ? null : state.partsPausedUntilMs,
  }
}

type Of<K extends OutboxEvent['kind']> = Extract<OutboxEvent, { kind: K }>

function answered(state: OutboxState, event: Of<'answered'>): Step {
  const items = new Map(state.items)
  const settlements: Settlement[] = []
  const effects: Effect[] = []
  let { road } = state
  for (const verdict of event.verdicts) {
    if (verdict.kind === 'outcome') {
      settlements.push(verdict.settlement)
      continue
    }
    const item = items.get(verdict.id)
    if (item === undefined) continue
    const reaction = react(item, road, verdict.failure, event)
    items.set(item.id, reaction.item)
    effects.push(...reaction.effects)
    // One failed request is one failure of the road, however many applications it carried.
    if (road === state.road) road = reaction.road
  }
  const heard = settlements.length > 0
  const after = { ...state, items, road: heard ? reached(state).road : road, batch: nextBatch(state.batch, heard), busy: heard }
  return [after, heard ? [...effects, { kind: 'settle', settlements }] : effects]
}

const largestBatch = 256

/** Doubles while it works, halves when it does not; at 1 every application goes by itself. */
function nextBatch(batch: number, worked: boolean): number {
  return worked ? Math.min(batch * 2, largestBatch) : Math.max(1, Math.floor(batch / 2))
}

function settled(known: OutboxState['items'], { settlements, atMs, chance }: Of<'settled'>): OutboxState['items'] {
  const items = new Map(known)
  for (const { id, state, missing } of settlements) {
    const item = items.get(id)
    if (item === undefined) continue
    if (state === 'received') items.set(id, received(item, missing, atMs, chance))
    else items.delete(id)
  }
  return items
}

/** The first time its parts follow at once; asked again without progress it waits like any other. */
function received(item: Item, missing: readonly string[], atMs: number, chance: number): Item {
  const asked: Item = { ...item, state: 'received', missing, nextAtMs: null }
  if (item.state === 'queued') return { ...asked, tries: 0, refusals: 0 }
  // Not known what was missing: after a start, or after an answer that never came. What failed before still counts, refusals
  // of its parts too until one gets through: text and part must not chase each other without a pause.
  if (item.missing === null) return asked
  const tries = item.tries + 1
  return { ...item, missing, tries, refusals: 0, nextAtMs: atMs + backoffMs(tries, chance) }
}

/** The disk was full or broken: the outcome is asked for again, which costs nothing at the office. */
function settleFailed(state: OutboxState, { ids, atMs, chance }: Of<'settleFailed'>): Step {
  const items = withItems(state.items, ids, (item) => {
    const tries = item.tries + 1
    return { ...item, tries, nextAtMs: atMs + backoffMs(tries, chance) }
  })
  return [{ ...state, items, busy: false }, [{ kind: 'makeRoom' }]]
}

function partStored(items: OutboxState['items'], { id, part }: Of<'partStored'>): OutboxState['items'] {
  return withItems(items, [id], (item) => ({ ...item, missing: (item.missing ?? []).filter((name) => name !== part), refusals: 0, nextAtMs: null }))
}

function partFailed(state: OutboxState, event: Of<'partFailed'>): Step {
  const item = state.items.get(event.id)
  if (item === undefined) return [{ ...state, busy: false }, []]
  if (failures[event.failure.kind].reaction === 'pauseParts') {
    return sayParts({ ...state, partsPausedUntilMs: event.atMs + longPauseMs, busy: false }, 'paused')
  }
  const reaction = react(item, state.road, event.failure, event)
  // When no answer came the part may have arrived: a small question is asked before a quarter of a megabyte goes again. An
  // office that knows of no such part was put back to before it had the text: that goes first again.
  const { kind } = event.failure
  const isKnown = failures[kind].reaction !== 'againLater' && kind !== 'partNotAnnounced'
  const items = new Map(state.items).set(item.id, isKnown ? reaction.item : { ...reaction.item, missing: null })
  return [{ ...state, items, road: reaction.road, busy: false }, reaction.effects]
}

/** People see that attachments wait, and that they go again; said once, not with every part. */
function sayParts(state: OutboxState, say: 'paused' | 'going'): Step {
  return state.partsSaid === say ? [state, []] : [{ ...state, partsSaid: say }, [{ kind: 'noteParts', paused: say === 'paused' }]]
}

function withItems(items: OutboxState['items'], ids: readonly ApplicationId[], change: (item: Item) => Item): OutboxState['items'] {
  const changed = new Map(items)
  for (const id of ids) {
    const item = changed.get(id)
    if (item !== undefined) changed.set(id, change(item))
  }
  return changed
}

/** Somebody proved to be the office. */
function reached(state: OutboxState): OutboxState {
  if (state.road.state === 'reachable' && state.road.tries === 0) return state
  return { ...state, road: { state: 'reachable', because: null, untilMs: null, tries: 0 } }
}

const sameRoad = (one: Road, other: Road): boolean => one.state === other.state && one.because === other.because

const noteRoad = ({ state, because }: Road): Effect => ({ kind: 'noteRoad', state, because })
