/**
 * Everything that can happen to a case at the office. The office changes state only by appending one of these (invariant
 * 6); a status is a fold over them. What an officer wrote is stored encrypted; the kinds and times are not secret.
 */
export const eventKinds = [
  'received', // the envelope is stored and answered
  'complete', // every announced part is stored
  'partsLost', // it was complete, and the office has lost a part of it since: complete no more
  'disputed', // the same id came with other bytes or from another device; both are kept
  'quarantined', // brought by hand from a revoked device: an officer decides
  'opened', // opened and valid under its pack
  'invalid', // opened; answers have problems under its pack
  'badgeDoubtful', // opened; the badge is expired, revoked, foreign or for another device
  'packUnknown', // opened; this office does not have that pack yet
  'unreadable', // cannot be opened, inflated or parsed
  'released', // an officer took it out of quarantine
  'accepted', // an officer accepted it: official code and result date
  'supplementAsked', // an officer asked for what is missing
  'refused', // an officer refused it, with the reason
] as const

export type EventKind = (typeof eventKinds)[number]

/** One appended fact. `seq` orders all events of the office; `at` is office time. */
export interface CaseEvent {
  readonly seq: number
  readonly kind: EventKind
  readonly at: string
}
