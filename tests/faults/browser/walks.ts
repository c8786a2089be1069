/**
 * For each crash point a walk that comes by it. `before` is what was shown as saved before the tablet dies; `walk` is what is
 * under way then. A walk that ends without having come by has shown that its list is wrong, not that the point is safe.
 */
import type { CrashPoint } from '../../../src/offline/crashPoints.ts'
import type { LabOffice } from './labOffice.ts'
import type { LabTablet } from './labTablet.ts'
import type { LabVolunteer, OnScreen } from './labVolunteer.ts'

export interface Round {
  readonly office: LabOffice
  readonly tablet: LabTablet
  readonly volunteer: LabVolunteer
}

export interface Walk {
  /** True for a tablet that nobody has enrolled yet. */
  readonly isNew?: boolean
  readonly before: (round: Round) => Promise<OnScreen | null>
  readonly walk: (round: Round, draft: OnScreen) => Promise<unknown>
  /** How many times the walk comes by; the tablet dies at one of them. Once, if nothing is said. */
  readonly upTo?: number
}

/** One part, and one that has to be cut in two. */
const photos = [3_000, 300_000]

const aDraft = ({ volunteer }: Round): Promise<OnScreen> => volunteer.begins()
const aDraftWithPhotos = ({ volunteer }: Round): Promise<OnScreen> => volunteer.begins(photos)
const nothing = (): Promise<null> => Promise.resolve(null)

async function complete({ volunteer }: Round): Promise<OnScreen> {
  const draft = await volunteer.begins(photos)
  await volunteer.finalises(draft)
  await volunteer.waitsForOutcomes()
  return draft
}

const joins: Walk = { isNew: true, before: nothing, walk: ({ volunteer }) => volunteer.returns() }
const begins: Walk = { before: aDraft, walk: ({ volunteer }) => volunteer.begins() }
const saves: Walk = { before: aDraft, walk: ({ volunteer }, draft) => volunteer.goesOnWith(draft) }
const photographs: Walk = { before: aDraftWithPhotos, walk: ({ volunteer }, draft) => volunteer.goesOnWith(draft, photos), upTo: 3 }
const settles: Walk = { before: aDraftWithPhotos, walk: ({ volunteer }, draft) => volunteer.finalises(draft), upTo: 2 }
const sends: Walk = { before: aDraftWithPhotos, walk: ({ volunteer }, draft) => volunteer.finalises(draft), upTo: 3 }
const finalises: Walk = { before: aDraftWithPhotos, walk: ({ volunteer }, draft) => volunteer.finalises(draft) }
const discards: Walk = { before: aDraftWithPhotos, walk: ({ volunteer }, draft) => volunteer.discards(draft) }
const startsAgain: Walk = { before: complete, walk: ({ tablet }) => tablet.starts() }

export const walks: Partial<Record<CrashPoint, Walk>> = {
  keyStored: joins,
  enrolmentStored: joins,
  vaultStored: joins,
  draftStored: begins,
  answersSealed: saves,
  answersStored: saves,
  partTruncated: photographs,
  partFlushed: photographs,
  photoPartStored: photographs,
  sealed: finalises,
  mirrored: finalises,
  halfCommitted: finalises,
  finaliseCommitted: finalises,
  ledgerWritten: finalises,
  sendingBegins: sends,
  outcomeHeard: settles,
  halfSettled: settles,
  outcomeStored: settles,
  partSent: sends,
  holdingsHeard: startsAgain,
  holdingsNoted: startsAgain,
  draftDiscarded: discards,
}
