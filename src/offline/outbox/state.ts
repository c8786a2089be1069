/**
 * What the outbox knows while it works. Only `state`, `missing` and a refusal's note live in rows; all else is memory and
 * is rightly forgotten when the tablet restarts, since a start tries everything at once.
 */
import type { Failure, FailureKind } from '../../../core/failures.ts'
import type { ApplicationId } from '../../../core/ids.ts'
import type { RoadView } from '../tablet.ts'
import type { Settlement } from './queue.ts'

/** An item that waits for the office. Settled ones are no longer here. */
export interface Item {
  readonly id: ApplicationId
  readonly sequence: number
  readonly sizeBytes: number
  readonly fitsCarrier: boolean
  readonly state: 'queued' | 'received'
  /** Under the key that this tablet has now, or under one that it had before: revoked, or lost. */
  readonly sealedBy: 'presentKey' | 'earlierKey'
  /** Announced parts that the office lacks; null when it was never asked. */
  readonly missing: readonly string[] | null
  /** Tries in a row that changed nothing. Those with fewest go first, so that no item can block another. */
  readonly tries: number
  /** Unsigned refusals in a row. */
  readonly refusals: number
  /** Not before then; null is at once. */
  readonly nextAtMs: number | null
}

export interface Road {
  readonly state: RoadView
  readonly because: FailureKind | null
  readonly untilMs: number | null
  readonly tries: number
}

export interface OutboxState {
  readonly items: ReadonlyMap<ApplicationId, Item>
  readonly road: Road
  readonly partsPausedUntilMs: number | null
  /** What was last noted for people to see; null before anything was. */
  readonly partsSaid: 'paused' | 'going' | null
  /** How many applications go into the next carrier; 1 sends singly. */
  readonly batch: number
  /** True from a request's start until its outcomes are stored. One request at a time. */
  readonly busy: boolean
}

export const emptyOutbox: OutboxState = {
  items: new Map(),
  road: { state: 'unknown', because: null, untilMs: null, tries: 0 },
  partsPausedUntilMs: null,
  partsSaid: null,
  batch: 8,
  busy: false,
}

/** `queued`: something was finalised. `started`: this page or worker began. */
export type Nudge = 'started' | 'online' | 'visible' | 'queued' | 'sendNow' | 'sync' | 'timer'

/** What one request said about one application. `outcome` is verified; everything else is a failure. */
export type Verdict =
  | { readonly kind: 'outcome'; readonly settlement: Settlement }
  | { readonly kind: 'failed'; readonly id: ApplicationId; readonly failure: Failure }

interface At {
  readonly atMs: number
  /** From 0 up to 1, for jitter. */
  readonly chance: number
}

export type OutboxEvent = At &
  (
    | { readonly kind: 'loaded'; readonly items: readonly Item[] }
    | { readonly kind: 'nudged'; readonly why: Nudge }
    | { readonly kind: 'answered'; readonly verdicts: readonly Verdict[] }
    /** The whole batch was refused unsigned: each application is then judged alone. */
    | { readonly kind: 'carrierRefused' }
    | { readonly kind: 'partStored'; readonly id: ApplicationId; readonly part: string }
    | { readonly kind: 'partFailed'; readonly id: ApplicationId; readonly part: string; readonly failure: Failure }
    | { readonly kind: 'settled'; readonly settlements: readonly Settlement[] }
    | { readonly kind: 'settleFailed'; readonly ids: readonly ApplicationId[] }
  )

export type Effect =
  | { readonly kind: 'carry'; readonly ids: readonly ApplicationId[] }
  | { readonly kind: 'put'; readonly id: ApplicationId }
  | { readonly kind: 'putPart'; readonly id: ApplicationId; readonly part: string }
  | { readonly kind: 'settle'; readonly settlements: readonly Settlement[] }
  | { readonly kind: 'noteRefusal'; readonly id: ApplicationId; readonly failure: FailureKind; readonly attempts: number; readonly nextAtMs: number }
  | { readonly kind: 'noteRoad'; readonly state: RoadView; readonly because: FailureKind | null }
  | { readonly kind: 'noteParts'; readonly paused: boolean }
  | { readonly kind: 'refreshKeys' }
  | { readonly kind: 'makeRoom' }
  | { readonly kind: 'wake'; readonly atMs: number }

/** Effects that put the outbox to work until an event says how they ended. */
export type Work = Extract<Effect, { kind: 'carry' | 'put' | 'putPart' | 'settle' }>
