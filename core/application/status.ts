/** What a status means: the fold of a case's events. The only place that says so; tablet and desk both use it. */
import type { CaseEvent, EventKind } from './events.ts'

/** received, beingChecked, inQuarantine, accepted, supplementAsked, refused. */
export type Status = 'received' | 'beingChecked' | 'inQuarantine' | 'accepted' | 'supplementAsked' | 'refused'

const next: Readonly<Record<EventKind, Status | null>> = {
  received: 'received',
  complete: null,
  disputed: null,
  quarantined: 'inQuarantine',
  opened: 'beingChecked',
  invalid: 'beingChecked',
  badgeDoubtful: null,
  packUnknown: 'inQuarantine',
  unreadable: 'inQuarantine',
  released: 'beingChecked',
  accepted: 'accepted',
  supplementAsked: 'supplementAsked',
  refused: 'refused',
}

const decided: ReadonlySet<Status> = new Set<Status>(['accepted', 'supplementAsked', 'refused'])

/** True for a status that only an officer gives; nothing that the office does by itself undoes it. */
export function isDecided(status: Status): boolean {
  return decided.has(status)
}

/** Folds events, in any order and with repetitions, to a status. */
export function statusOf(events: readonly CaseEvent[]): Status {
  return [...events]
    .sort((one, other) => one.seq - other.seq)
    .reduce<Status>((status, { kind }) => {
      const following = next[kind]
      if (following === null || (isDecided(status) && !isDecided(following))) return status
      return following
    }, 'received')
}
