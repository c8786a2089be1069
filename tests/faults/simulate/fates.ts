/** What the simulation lets happen to one request: each kind of fault of the road, of the office, and of the disk. */
import type { FailureKind } from '../../../core/failures.ts'
import { weighed } from '../lab/chance.ts'

export type Fate =
  /** Arrives, is answered, the answer is heard. */
  | 'fine'
  /** Never arrives. */
  | 'lostBefore'
  /** Taken in; the answer is swallowed. */
  | 'lostAfter'
  /** The tablet gives up waiting; the request arrives later all the same. */
  | 'arrivesLate'
  /** Answered, and the same request arrives once more later. */
  | 'doubled'
  /** The first half of a carrier arrives, then the line breaks. */
  | 'cutInHalf'
  /** The answer's second half is missing. */
  | 'answerCut'
  /** Signed by nobody we know: a flipped byte. */
  | 'answerFlipped'
  /** The tablet's disk refuses to store the outcome. */
  | 'diskFull'
  /** The tablet dies between the answer and the storing. */
  | 'dieBeforeStoring'
  /** The tablet dies right after storing. */
  | 'dieAfterStoring'
  | { readonly says: FailureKind }

/** Unsigned words about one application, which delay it. */
export const refusals = ['notFound', 'conflict', 'tooLarge', 'unsupportedType', 'deviceUnknown', 'notSignedIn', 'updateNeeded'] as const satisfies readonly FailureKind[]

const saying = (says: FailureKind): Fate => ({ says })

export const badFates: readonly Fate[] = [
  ...(['lostBefore', 'lostAfter', 'arrivesLate', 'doubled', 'cutInHalf', 'answerCut', 'answerFlipped', 'diskFull', 'dieBeforeStoring', 'dieAfterStoring'] as const),
  ...(['captivePortal', 'timeout', 'offline', 'officeDown', 'busy', 'unavailable', 'officeFull', 'malformed', 'digestMismatch'] as const).map(saying),
  ...(['deviceRevoked', 'partTooLarge'] as const).map(saying),
  ...refusals.map(saying),
]

/** Half of the requests go well, so that there is something to lose. */
export const anyFate = weighed<Fate>([[badFates.length, 'fine'], ...badFates.map((fate) => [1, fate] as const)])

export const nameOf = (fate: Fate): string => (typeof fate === 'string' ? fate : fate.says)
