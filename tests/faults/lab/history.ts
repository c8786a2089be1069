/**
 * What a run of the fault lab leaves behind, as the checker reads it: lines in the order in which they happened, and at the
 * end what lies on every tablet and in the office. Whoever drives a run writes it; the checker shares nothing else with them.
 */
export type ItemState = 'queued' | 'received' | 'complete' | 'refused' | 'disputed'

export type Line =
  /** A person was told that this application is saved and will be delivered. */
  | { readonly what: 'finalised'; readonly tablet: string; readonly id: string; readonly digest: string; readonly atMs: number }
  /** The office came to hold the application with all its parts. */
  | { readonly what: 'whole'; readonly id: string; readonly digest: string; readonly atMs: number }
  /** The tablet stored a verified outcome. */
  | { readonly what: 'settled'; readonly tablet: string; readonly id: string; readonly state: ItemState; readonly atMs: number }
  /** The tablet put an application that had an outcome back into its queue. */
  | { readonly what: 'offeredAgain'; readonly tablet: string; readonly id: string; readonly atMs: number }
  /** The tablet gave up the sealed bytes. `covered`: a backup held them at that time. */
  | { readonly what: 'purged'; readonly tablet: string; readonly id: string; readonly covered: boolean; readonly atMs: number }
  /** The office was put back: what it said before may be forgotten. */
  | { readonly what: 'restored'; readonly atMs: number }
  /** A tablet's database was lost: it may begin anew with what lies outside of it. */
  | { readonly what: 'databaseLost'; readonly tablet: string; readonly atMs: number }
  /** Somebody without the right to it sent this envelope; the office must not hold it. */
  | { readonly what: 'forgedEnvelope'; readonly id: string; readonly digest: string; readonly atMs: number }
  /** Somebody without the office's key made this outcome up; no tablet may believe it. */
  | { readonly what: 'forgedOutcome'; readonly outcome: string; readonly atMs: number }
  /** One sender of a tablet began a request before its last one had ended. */
  | { readonly what: 'overlapped'; readonly tablet: string; readonly atMs: number }
  /** In the end a tablet told its person to have it enrolled again, though the office knows it. */
  | { readonly what: 'misled'; readonly tablet: string; readonly atMs: number }
  /** A fault was seen to hit something. */
  | { readonly what: 'fault'; readonly kind: string; readonly atMs: number }
  /** From here on everything works; what is still open long after is stuck. */
  | { readonly what: 'healed'; readonly atMs: number }
  /** A person was told of a loss, or of applications that may be missing. */
  | { readonly what: 'alarm'; readonly tablet: string; readonly atMs: number }

/** One application as it lies on a tablet at the end. */
export interface OnTablet {
  readonly tablet: string
  readonly id: string
  readonly digest: string
  readonly state: ItemState
  /** True while the sealed bytes are there. */
  readonly held: boolean
  /** Fingerprint of the outcome by which it has its state; null when there is none. */
  readonly outcome?: string | null
}

/** One envelope as it lies at the office at the end. */
export interface AtOffice {
  readonly id: string
  readonly digest: string
  /** All announced parts are there. */
  readonly whole: boolean
  /** It opened, with the digest it should have; false is undecryptable. */
  readonly opens: boolean
  /** Whose application it is, and which of theirs by their own counting. */
  readonly number?: string
  /** How often the ledger says that it came, and that it became complete; how many cases it has. One each is right. */
  readonly counts?: { readonly received: number; readonly complete: number; readonly cases: number }
}

export interface Ending {
  readonly tablets: readonly OnTablet[]
  readonly office: readonly AtOffice[]
  /** Envelopes under an id that other bytes had taken before: kept beside those, for an officer. */
  readonly disputed?: readonly { readonly id: string; readonly digest: string }[]
  readonly atMs: number
}

export interface History {
  readonly lines: readonly Line[]
  readonly ending: Ending
}
