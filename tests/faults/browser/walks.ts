/**
 * For each crash point a walk that comes by it. `before` is what was shown as saved before the tablet dies; `walk` is what is
 * under way then. A walk that ends without having come by has shown that its list is wrong, not that the point is safe.
 */
import type { CrashPoint } from '../../../src/offline/crashPoints.ts'
import type { Round } from './lab.ts'
import { asksForPaper, forgets, renewsKeys } from './officeActs.ts'
import type { OnScreen } from './labVolunteer.ts'

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

/** An officer has answered; the tablet fetches the news. */
const hearsNews: Walk = {
  before: async (round) => {
    const draft = await complete(round)
    await asksForPaper(round.office, draft.id)
    return draft
  },
  walk: ({ volunteer }) => volunteer.sendsNow(),
}
/** What the office says next is signed by a key that the tablet does not know yet. */
const hearsOfKeys: Walk = {
  before: async (round) => {
    const draft = await complete(round)
    await renewsKeys(round.office)
    return draft
  },
  walk: ({ volunteer }) => volunteer.sendsNow(),
}
/** The office has lost what it had called complete. */
const offersAgain: Walk = {
  before: async (round) => {
    const draft = await complete(round)
    await forgets(round.office, draft.id)
    return draft
  },
  walk: ({ volunteer }) => volunteer.sendsNow(),
}
/** There is no room for another photo until something complete gives up its bytes. */
const makesRoom: Walk = {
  before: complete,
  walk: async ({ volunteer }) => {
    const draft = await volunteer.begins()
    await volunteer.hasNoRoom()
    return volunteer.goesOnWith(draft, photos)
  },
}
/** A finalise died between its second copy and its transaction, and the start that looks at it dies as well. */
const putsBack: Walk = {
  before: async ({ volunteer, tablet, office }) => {
    const draft = await volunteer.begins(photos)
    const stands = office.door.liesInWait('mirrored')
    const finalising = volunteer.finalises(draft).catch((cause: unknown) => cause)
    await stands
    await tablet.dies('browser')
    await finalising
    return draft
  },
  walk: ({ tablet }) => tablet.starts(),
}

export const walks: Record<CrashPoint, Walk> = {
  keyStored: joins,
  enrolmentHeard: joins,
  halfEnrolled: joins,
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
  givenUp: makesRoom,
  copyRemoved: makesRoom,
  holdingsHeard: startsAgain,
  holdingsNoted: startsAgain,
  offeredAgain: offersAgain,
  eventsHeard: hearsNews,
  halfTaken: hearsNews,
  eventsStored: hearsNews,
  keysHeard: hearsOfKeys,
  keysStored: hearsOfKeys,
  recovered: putsBack,
  draftDiscarded: discards,
}
