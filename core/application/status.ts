/** What a status means: the fold of a case's events. The only place that says so; tablet and desk both use it. */
import type { CaseEvent, EventKind } from './events.ts'

/** received, beingChecked, inQuarantine, accepted, supplementAsked, refused. */
export type Status = 'received' | 'beingChecked' | 'inQuarantine' | 'accepted' | 'supplementAsked' | 'refused'

const next: Readonly<Record<EventKind, Status | null>> = {
  received: 'received',
  complete: null,
  partsLost: null,
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

/**
 * Folds events, in any order and with repetitions, to a status. What was brought from a revoked device stays in quarantine
 * until an officer releases or decides it, whatever opening finds.
 */
export function statusOf(events: readonly CaseEvent[]): Status {
  let status: Status = 'received'
  let isHeld = false
  for (const { kind } of [...events].sort((one, other) => one.seq - other.seq)) {
    if (kind === 'quarantined') isHeld = true
    if (kind === 'released') isHeld = false
    const following = isHeld && kind !== 'quarantined' && !isOfficers(kind) ? null : next[kind]
    if (following !== null && (isDecided(following) || !isDecided(status))) status = following
  }
  return status
}

function isOfficers(kind: EventKind): boolean {
  const following = next[kind]
  return following !== null && isDecided(following)
}
