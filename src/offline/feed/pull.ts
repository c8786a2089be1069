/**
 * News from the office: events after the cursor, with events and cursor stored in one transaction, so that a kill in
 * between asks again and stores the same. Contents stay sealed to each application's reply key.
 *
 * After a restore of the office (a new epoch, or a head below one already seen) the feed begins anew under the next
 * generation, and with it everything held is offered again (restored.ts); the events of the one before go when the new ones
 * have all been read. A lower epoch number is ignored.
 */
import * as v from 'valibot'
import { failure, type Failure } from '../../../core/failures.ts'
import { fail, ok, type Result } from '../../../core/result.ts'
import type { LedgerMark } from '../../../core/sealing/outcome.ts'
import { feedAnswerShape, verifyFeed, type Feed } from '../../../core/wire/feed.ts'
import { apiBase } from '../../../core/wire/version.ts'
import { hasCrashPoints, reached, reachedInside } from '../crashPoints.ts'
import { attempt, type Database } from '../db.ts'
import type { SignedIn } from '../dpop.ts'
import { parseJsonText } from '../json.ts'
import { judgeMark, noteRefusal, readPinned } from '../keys.ts'
import { noteContact } from '../outbox/queue.ts'
import type { Clock } from '../ports.ts'
import { noticeRestored, raiseHead, readFeedMark } from '../restored.ts'
import type { FeedMark } from '../rows.ts'

export interface FeedPorts {
  readonly db: Database
  readonly signedIn: SignedIn
  readonly clock: Clock
}

/** Far more than any tablet's backlog; a feed that never ends is none. */
const mostPages = 1_000

/** Reads until there is no more. Answers how many events came. */
export async function pullFeed(ports: FeedPorts): Promise<Result<number, Failure>> {
  let events = 0
  for (let page = 0; page < mostPages; page += 1) {
    const pulled = await pullPage(ports)
    if (!pulled.ok) return pulled
    events += pulled.value.events
    if (!pulled.value.more) return ok(events)
  }
  return ok(events)
}

async function pullPage({ db, signedIn, clock }: FeedPorts): Promise<Result<{ events: number; more: boolean }, Failure>> {
  const [pinned, before] = [await readPinned(db), await readFeedMark(db)]
  if (pinned === null) return fail(failure('notSignedIn', 'not enrolled'))
  const answer = await signedIn({ method: 'GET', path: `${apiBase}/feed?after=${before.cursor}` })
  if (!answer.ok) return answer
  const body = v.safeParse(feedAnswerShape, parseJsonText(answer.value.text))
  if (!body.success) return fail(failure('captivePortal', answer.value.contentType))
  const feed = await verifyFeed(body.output.feed, pinned.keySet, before.cursor)
  if (feed === null) return fail(failure('outcomeInvalid', 'feed'))
  // A page of before the restore, out of somebody's cache: no word of this office, and no contact with it.
  if (judgeMark(feed, before.ledger) === 'older') return ok({ events: 0, more: false })
  if (hasCrashPoints && feed.events.length > 0) await reached('eventsHeard')
  return attempt(async () => {
    const taken = await take(db, before, feed, new Date(clock.nowMs()).toISOString())
    if (hasCrashPoints && taken.events > 0) await reached('eventsStored')
    await noteContact(db, clock.nowMs())
    await noteRefusal(db, null)
    return taken
  })
}

async function take(db: Database, before: FeedMark, feed: Feed, at: string): Promise<{ events: number; more: boolean }> {
  const judged = judgeMark(feed, before.ledger)
  return db.transaction('rw', db.feedEvents, db.marks, async () => {
    const now = await readFeedMark(db)
    // Another tab was faster: what this page says is stored already or asked for again.
    if (now.generation !== before.generation || now.cursor !== before.cursor) return { events: 0, more: true }
    if (judged === 'restored') {
      await noticeRestored(db, ledgerOf(feed), at)
      return { events: 0, more: true }
    }
    const { generation } = now
    await db.feedEvents.bulkPut(feed.events.map(({ seq, id, at, sealed }) => ({ generation, seq, id, at, sealed })))
    if (hasCrashPoints && feed.events.length > 0) reachedInside('halfTaken')
    await db.marks.put({ ...now, cursor: Math.max(feed.cursor, now.cursor) })
    await raiseHead(db, ledgerOf(feed))
    const more = feed.more && feed.cursor > now.cursor
    if (!more && generation > 0) await db.feedEvents.where('[generation+seq]').below([generation, 0]).delete()
    return { events: feed.events.length, more }
  })
}

const ledgerOf = ({ epoch, head }: Feed): LedgerMark => ({ epoch, head })
