/**
 * What one failure does to its application and to the road. Written after the table of architecture 6; the kind decides,
 * never a sentence. An unsigned refusal can only delay.
 */
import { failures, type Failure } from '../../../core/failures.ts'
import { backoffMs, longestOfficeTimeMs, longPauseMs, portalPauseMs } from './backoff.ts'
import type { Effect, Item, Road } from './state.ts'

export interface Reaction {
  readonly item: Item
  readonly road: Road
  readonly effects: readonly Effect[]
}

type Now = { readonly atMs: number; readonly chance: number }

/** The item and the road after a failed try, and what is to be noted. */
export function react(item: Item, road: Road, failure: Failure, now: Now): Reaction {
  const tried = { ...item, tries: item.tries + 1 }
  switch (failures[failure.kind].reaction) {
    case 'againLater':
      return { item: tried, road: unreachable(road, failure, now), effects: [] }
    case 'portal': {
      const effects: Effect[] = failure.kind === 'outcomeInvalid' ? [{ kind: 'refreshKeys' }] : []
      return { item: tried, road: stopped(road, 'portal', failure, now.atMs + portalPauseMs), effects }
    }
    case 'officeTime':
      return { item: tried, road: stopped(road, 'waiting', failure, now.atMs + officeTimeMs(road, failure, now)), effects: [] }
    case 'pauseQueue':
      // What the office says of an earlier key is no word about the present one: nothing else waits for it.
      if (item.sealedBy === 'earlierKey') return { ...delay(tried, failure, now), road }
      return { item: tried, road: stopped(road, 'paused', failure, now.atMs + longPauseMs), effects: [] }
    case 'makeRoom':
      return { item: { ...tried, nextAtMs: now.atMs + backoffMs(tried.tries, now.chance) }, road, effects: [{ kind: 'makeRoom' }] }
    case 'delayItem':
    case 'aside': // unsigned, or it would have come as an outcome
    case 'signIn':
    case 'pauseParts':
    case 'update':
    case 'tell':
      return { ...delay(tried, failure, now), road }
  }
}

/** The office's own time, or ours when it named none; never beyond 15 minutes. */
function officeTimeMs(road: Road, { retryAfterMs }: Failure, { chance }: Now): number {
  return Math.min(retryAfterMs ?? backoffMs(road.tries + 1, chance), longestOfficeTimeMs)
}

function unreachable(road: Road, failure: Failure, { atMs, chance }: Now): Road {
  const tries = road.tries + 1
  return { state: 'unreachable', because: failure.kind, tries, untilMs: atMs + backoffMs(tries, chance) }
}

function stopped(road: Road, state: Road['state'], failure: Failure, untilMs: number): Road {
  return { state, because: failure.kind, tries: road.tries + 1, untilMs }
}

function delay(item: Item, { kind }: Failure, { atMs, chance }: Now): Pick<Reaction, 'item' | 'effects'> {
  const attempts = item.refusals + 1
  const nextAtMs = atMs + backoffMs(attempts, chance)
  return {
    item: { ...item, refusals: attempts, nextAtMs },
    effects: [{ kind: 'noteRefusal', id: item.id, failure: kind, attempts, nextAtMs }],
  }
}
