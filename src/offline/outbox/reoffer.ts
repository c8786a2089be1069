/**
 * Asking the office what became of that which this tablet holds, at every start, every hour, and at once after a restore:
 *
 * - What was complete and is lacking was lost by an office that was put back: noticed (restored.ts), and everything is asked
 *   about from the beginning.
 * - While everything is asked about, what is lacking goes back to `queued`, with the very bytes that were sealed (invariant 2);
 *   what was refused or disputed too, since the office has forgotten its verdict. The mark goes when all was answered, so a
 *   kill or another restore at any point begins again.
 * - What is complete and in a verified backup, said twice and a day apart, gives up its bytes. A clock that jumps can only
 *   shorten the wait of what is safe already.
 *
 * An answer counts only for a row that has not changed since it was asked about.
 */
import { failure, type Failure } from '../../../core/failures.ts'
import { fail, ok, type Result } from '../../../core/result.ts'
import { maxHeld, type Holdings } from '../../../core/wire/holdings.ts'
import { hasCrashPoints, reached } from '../crashPoints.ts'
import { attempt, type Database } from '../db.ts'
import type { Http } from '../http.ts'
import { readPinned } from '../keys.ts'
import { byTime } from '../order.ts'
import type { Clock, MirrorReader, PartReader } from '../ports.ts'
import { answeredAll, heedFresh, noticeRestored, readFeedMark, readRestored } from '../restored.ts'
import { itemRowShape, readRow, readRows, type FeedMark, type ItemRow, type RestoredMark } from '../rows.ts'
import { askHoldings } from './holdings.ts'
import { removeCopies } from './purge.ts'
import { giveUp } from './queue.ts'

export interface ReofferPorts {
  readonly db: Database
  readonly http: Http
  readonly clock: Clock
  readonly mirror: MirrorReader
  readonly parts: Pick<PartReader, 'remove'>
  /** Told after the commit when something went back to `queued`: whoever may send looks. */
  readonly queued: () => void
}

export interface Reoffered {
  /** How many went back to `queued`. */
  readonly offered: number
  readonly givenUp: number
}

/** Bytes stay for a day after a backup was first known to hold them. */
const keepCoveredMs = 24 * 3_600_000
/** Restores that follow each other faster than the questions are somebody's mistake; the next try goes on. */
const mostRounds = 10

/** Asks about everything that has to be asked about. A failure leaves the mark: the next reason to try begins again. */
export async function reoffer(ports: ReofferPorts): Promise<Result<Reoffered, Failure>> {
  let [offered, givenUp] = [0, 0]
  for (let rounds = 0; rounds < mostRounds; rounds += 1) {
    const done = await round(ports)
    if (!done.ok) return done
    offered += done.value.offered
    givenUp += done.value.givenUp
    if (!done.value.again) break
  }
  return ok({ offered, givenUp })
}

/** The cheap question, about nothing: only what epoch and head say. For a tablet whose feed is refused. */
export async function askForMark({ db, http, clock }: ReofferPorts): Promise<Result<undefined, Failure>> {
  const [pinned, before] = [await readPinned(db), await readFeedMark(db)]
  if (pinned === null) return fail(failure('notSignedIn', 'not enrolled'))
  const answer = await askHoldings(http, pinned.keySet, [])
  if (!answer.ok) return answer
  const at = new Date(clock.nowMs()).toISOString()
  const heeded = await attempt(() => db.transaction('rw', db.marks, async () => heedFresh(db, before, answer.value, at)))
  return heeded.ok ? ok() : heeded
}

type Round = Reoffered & { readonly again: boolean }

async function round(ports: ReofferPorts): Promise<Result<Round, Failure>> {
  const { db } = ports
  const restored = await readRestored(db)
  const asked = await whomToAsk(db, restored)
  let [offered, givenUp] = [0, 0]
  for (let from = 0; from < asked.length; from += maxHeld) {
    const told = await askAbout(ports, asked.slice(from, from + maxHeld), restored)
    if (!told.ok) return told
    offered += told.value.offered
    givenUp += told.value.givenUp
    if (told.value.again) return ok({ offered, givenUp, again: true })
  }
  const ended = await attempt(async () => (restored?.asking === true ? answeredAll(db, restored.round) : undefined))
  return ended.ok ? ok({ offered, givenUp, again: false }) : ended
}

/** After a restore all that was ever answered; otherwise what is complete and still held, oldest first. */
async function whomToAsk(db: Database, restored: RestoredMark | null): Promise<ItemRow[]> {
  const all = restored?.asking === true
  const states = all ? (['received', 'complete', 'refused', 'disputed'] as const) : (['complete'] as const)
  const items = readRows(itemRowShape, await db.items.where('state').anyOf(states).toArray())
  return items.filter(({ held }) => held || all).sort((one, other) => byTime(one.queuedAt, other.queuedAt))
}

async function askAbout(ports: ReofferPorts, items: readonly ItemRow[], restored: RestoredMark | null): Promise<Result<Round, Failure>> {
  const { db, http, clock, mirror, parts, queued } = ports
  const [pinned, before] = [await readPinned(db), await readFeedMark(db)]
  if (pinned === null) return fail(failure('notSignedIn', 'not enrolled'))
  const answer = await askHoldings(http, pinned.keySet, items.map(({ id, digest }) => ({ id, digest })))
  if (!answer.ok) return answer
  const about = { items, restored, before, holdings: answer.value, nowMs: clock.nowMs() }
  if (hasCrashPoints) await reached('holdingsHeard')
  const applied = await attempt(() => db.transaction('rw', db.items, db.envelopes, db.marks, async () => apply(db, about)))
  if (!applied.ok) return applied
  if (applied.value === 'older') return fail(failure('outcomeInvalid', 'a lower epoch'))
  if (applied.value === 'restored') return ok({ offered: 0, givenUp: 0, again: true })
  if (hasCrashPoints) await reached('holdingsNoted')
  const { offered, givenUp } = applied.value
  if (hasCrashPoints && offered > 0) await reached('offeredAgain')
  if (offered > 0) queued()
  await removeCopies(db, givenUp, mirror, parts)
  return ok({ offered, givenUp: givenUp.length, again: false })
}

interface Answered {
  readonly items: readonly ItemRow[]
  readonly restored: RestoredMark | null
  readonly before: FeedMark
  readonly holdings: Holdings
  readonly nowMs: number
}

type Applied = { readonly offered: number; readonly givenUp: readonly ItemRow[] }

async function apply(db: Database, answered: Answered): Promise<Applied | 'older' | 'restored'> {
  const { items, restored, before, holdings, nowMs } = answered
  const at = new Date(nowMs).toISOString()
  const heeded = await heedFresh(db, before, holdings, at)
  if (heeded !== 'onward') return heeded
  const rows = await unchanged(db, items)
  const lacking = new Set(holdings.lacking)
  const lost = rows.filter((row) => lacking.has(row.id) || isVerdict(row))
  if (lost.length > 0 && restored?.asking !== true) {
    await noticeRestored(db, holdings, at)
    return 'restored'
  }
  for (const row of lost) await db.items.put(row.held ? offeredAgain(row, restored?.at ?? at) : { ...row, gone: true })
  const kept = rows.filter((row) => row.state === 'complete' && !lacking.has(row.id))
  return { offered: lost.filter(({ held }) => held).length, givenUp: await giveUpCovered(db, kept, holdings, nowMs) }
}

/** Notes what a backup holds, and gives up the bytes of what it has held for a day. */
async function giveUpCovered(db: Database, kept: readonly ItemRow[], holdings: Holdings, nowMs: number): Promise<ItemRow[]> {
  const uncovered = new Set(holdings.uncovered)
  const givenUp: ItemRow[] = []
  for (const row of kept) {
    const covered = uncovered.has(row.id) ? undefined : coveredSince(row, holdings, nowMs)
    if (covered === undefined || !row.held || nowMs - Date.parse(covered.at) < keepCoveredMs) {
      await note(db, row, covered)
      continue
    }
    await giveUp(db, row)
    givenUp.push(row)
  }
  return givenUp
}

/** The rows as they are now, without those to which something has happened since they were asked about. */
async function unchanged(db: Database, items: readonly ItemRow[]): Promise<ItemRow[]> {
  const rows = await db.items.bulkGet(items.map(({ id }) => id))
  return items.flatMap((item, place) => {
    const row = readRow(itemRowShape, rows[place])
    return row !== null && row.state === item.state && row.outcome === item.outcome && row.held === item.held ? [row] : []
  })
}

/** A verdict that the office may have forgotten; asked about only after a restore. */
const isVerdict = ({ state }: ItemRow): boolean => state === 'refused' || state === 'disputed'

/** As if it had never been sent; the bytes lie where they lay. */
function offeredAgain(row: ItemRow, offeredAgainAt: string): ItemRow {
  return { ...row, state: 'queued', outcome: null, reason: null, missing: null, note: null, settledAt: null, covered: undefined, offeredAgainAt }
}

/** Since when a backup is known to hold it. Another epoch begins anew, and so does a time that is still to come. */
function coveredSince({ covered }: ItemRow, { epoch }: Holdings, nowMs: number): NonNullable<ItemRow['covered']> {
  if (covered?.epoch === epoch.id && Date.parse(covered.at) <= nowMs) return covered
  return { epoch: epoch.id, at: new Date(nowMs).toISOString() }
}

async function note(db: Database, row: ItemRow, covered: ItemRow['covered']): Promise<void> {
  const same = covered?.at === row.covered?.at && covered?.epoch === row.covered?.epoch && row.gone !== true
  if (!same) await db.items.put({ ...row, covered, gone: undefined })
}
