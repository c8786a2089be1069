/**
 * Points of the road at which the fault lab kills a tablet. A lab's build of the app asks the lab at each of them whether to go
 * on; the lab that wants it dead there never answers. In a release the constant is false, and neither the questions nor this
 * file are in it (tests/architecture/worker.test.ts).
 */
declare const __CRASH_POINTS__: boolean | undefined

/** Set by the build; whatever is not built for the lab has no crash points. */
export const hasCrashPoints: boolean = typeof __CRASH_POINTS__ === 'boolean' && __CRASH_POINTS__

export const crashPoints = [
  'keyStored', // enrolment: the next key lies on disk and was not sent yet
  'enrolmentHeard', // the office has taken it, nothing here says so
  'halfEnrolled', // inside the transaction that makes it the tablet's own: the key is in, office and sequence not yet
  'enrolmentStored',
  'vaultStored',
  'draftStored',
  'answersSealed', // a save, before its transaction
  'answersStored',
  'partTruncated', // mirror or part: the file is there and empty
  'partFlushed', // written and flushed, not read back
  'photoPartStored', // one part of a photo lies on disk, no draft names it
  'sealed', // finalise, nothing written yet
  'mirrored', // the second copy lies on disk, the transaction has not begun
  'halfCommitted', // inside the transaction: the item is in, the draft not out yet
  'finaliseCommitted', // before the ledger
  'ledgerWritten',
  'sendingBegins',
  'outcomeHeard', // before it is stored
  'halfSettled', // inside the transaction that stores outcomes
  'outcomeStored',
  'partSent', // the office has it, nothing here knows
  'givenUp', // purge: the row has given up its bytes, second copy and parts still lie there
  'copyRemoved',
  'holdingsHeard', // what the office lacks is known here, and not noted yet
  'holdingsNoted',
  'offeredAgain',
  'eventsHeard',
  'halfTaken', // inside the transaction that stores events: events in, cursor not raised yet
  'eventsStored',
  'keysHeard',
  'keysStored',
  'recovered', // a start has put back what the mirror held, before the ledger is written
  'draftDiscarded', // the row is gone, its photos are not yet
] as const
export type CrashPoint = (typeof crashPoints)[number]

const place = (point: CrashPoint): string => `/.lab/${point}`

/** Goes on when the lab says so. Never inside a transaction: those do not wait for the network. */
export async function reached(point: CrashPoint): Promise<void> {
  await fetch(place(point))
}

/** The same for the inside of a transaction: the whole thread stands still. A service worker cannot, and goes on. */
export function reachedInside(point: CrashPoint): void {
  if (typeof XMLHttpRequest === 'undefined') return
  const asked = new XMLHttpRequest()
  asked.open('GET', place(point), false)
  asked.send()
}
