/**
 * Every expected failure of Tiếp Sức in one table: its kind, how the tablet reacts, and the HTTP status the office uses.
 * A new kind breaks the build until every switch and every language has answered for it (invariant 7).
 * Details carry ids, sizes, counts and rule names; never a value that a citizen gave (invariant 4).
 */

/** What the tablet does when it meets a failure (architecture 6). */
export type Reaction =
  | 'againLater' // no answer worth anything: try again, jittered, without limit
  | 'portal' // something between us and the office answered: pause and say so
  | 'delayItem' // an unsigned no: this item waits, the others go on
  | 'aside' // a signed no: a person decides, the bytes stay
  | 'officeTime' // the office named a time
  | 'signIn' // a new nonce once, then ask for sign-in; items go on
  | 'pauseQueue' // stop sending, say why; export stays possible. Said of an earlier key of the tablet: that item waits
  | 'pauseParts' // attachments stop, text goes on
  | 'update' // offer the new version; the old one keeps draining
  | 'makeRoom' // the tablet is full: photos first, then new drafts; finalising keeps reserved room
  | 'tell' // say it where it happened; nothing else changes

interface Rule {
  readonly reaction: Reaction
  /** The status the office answers with, or null when the failure never travels. */
  readonly status: 400 | 401 | 403 | 404 | 408 | 409 | 410 | 413 | 415 | 422 | 426 | 429 | 500 | 503 | 507 | null
}

export const failures = {
  // the road
  offline: { reaction: 'againLater', status: null },
  timeout: { reaction: 'againLater', status: 408 },
  officeDown: { reaction: 'againLater', status: 500 },
  captivePortal: { reaction: 'portal', status: null },
  busy: { reaction: 'officeTime', status: 429 },
  unavailable: { reaction: 'officeTime', status: 503 },
  officeFull: { reaction: 'officeTime', status: 507 },
  // an envelope, judged from outside
  malformed: { reaction: 'delayItem', status: 400 },
  digestMismatch: { reaction: 'delayItem', status: 400 },
  notFound: { reaction: 'delayItem', status: 404 },
  conflict: { reaction: 'delayItem', status: 409 },
  tooLarge: { reaction: 'delayItem', status: 413 },
  unsupportedType: { reaction: 'delayItem', status: 415 },
  wireVersionUnknown: { reaction: 'delayItem', status: 422 },
  deviceUnknown: { reaction: 'delayItem', status: 422 },
  deviceRevoked: { reaction: 'pauseQueue', status: 410 },
  headerMismatch: { reaction: 'aside', status: 422 },
  idTaken: { reaction: 'aside', status: 409 },
  outcomeInvalid: { reaction: 'portal', status: null },
  // parts
  partTooLarge: { reaction: 'pauseParts', status: 413 },
  partNotAnnounced: { reaction: 'delayItem', status: 404 },
  // signed-in requests
  notSignedIn: { reaction: 'signIn', status: 401 },
  forbidden: { reaction: 'tell', status: 403 },
  updateNeeded: { reaction: 'update', status: 426 },
  // enrolment and badges
  ticketInvalid: { reaction: 'tell', status: 404 },
  ticketSpent: { reaction: 'tell', status: 410 },
  badgeCodeInvalid: { reaction: 'tell', status: 404 },
  badgeInvalid: { reaction: 'tell', status: null },
  rootMismatch: { reaction: 'tell', status: null },
  keySetInvalid: { reaction: 'tell', status: null },
  keySetOlder: { reaction: 'tell', status: null },
  // inside a sealed application, seen at the office
  unreadable: { reaction: 'aside', status: null },
  /** At the desk: another accepted case bears this very code; the officer may confirm that both do. */
  codeTaken: { reaction: 'tell', status: 409 },
  packUnknown: { reaction: 'tell', status: null },
  packInvalid: { reaction: 'tell', status: null },
  /** Signed by the office and whole, and not understood by this version of the app. */
  packTooNew: { reaction: 'tell', status: null },
  answersInvalid: { reaction: 'tell', status: 422 },
  // the tablet
  locked: { reaction: 'tell', status: null },
  passphraseWrong: { reaction: 'tell', status: null },
  cannotDecrypt: { reaction: 'tell', status: null },
  draftChanged: { reaction: 'tell', status: null },
  tooLargeToSeal: { reaction: 'tell', status: null },
  storageFull: { reaction: 'makeRoom', status: null },
  storageBroken: { reaction: 'tell', status: null },
  /** A newer version of the app has opened this tablet's database. */
  databaseNewer: { reaction: 'tell', status: null },
  /** Another window of the app holds the database. */
  databaseBlocked: { reaction: 'tell', status: null },
} as const satisfies Record<string, Rule>

export type FailureKind = keyof typeof failures

/** An expected failure. `why` is for people who read logs: a rule name or a field path, never a citizen's value. */
export interface Failure<K extends FailureKind = FailureKind> {
  readonly kind: K
  readonly why?: string
  /** Set by `busy`, `unavailable` and `officeFull`: when to come back, in milliseconds from now. */
  readonly retryAfterMs?: number
}

/** Makes a failure; `why` is left out when there is nothing to add. */
export function failure<K extends FailureKind>(kind: K, why?: string): Failure<K> {
  return why === undefined ? { kind } : { kind, why }
}

/** True for a word that names a failure of the table, such as the tail of a problem type read from the wire. */
export function isFailureKind(word: string): word is FailureKind {
  return Object.hasOwn(failures, word)
}
