/**
 * The feed: what the office has appended for a device's cases after a cursor, signed, with epoch and ledger head. An entry
 * shows a case id and a time; what was said is sealed to the case's reply key.
 */
import * as v from 'valibot'
import { isApplicationId, type ApplicationId } from '../ids.ts'
import type { KeyHandle } from '../sealing/keys.ts'
import { signerOf, type KeySet } from '../sealing/keySet.ts'
import { ledgerMarkShape } from '../sealing/outcome.ts'
import { signStatement, verifyStatement } from '../sealing/signed.ts'

const entryShape = v.object({
  /** Number of the event in the office's ledger. */
  seq: v.pipe(v.number(), v.integer(), v.minValue(1)),
  id: v.custom<ApplicationId>((value) => typeof value === 'string' && isApplicationId(value)),
  at: v.pipe(v.string(), v.isoTimestamp()),
  /** Compact JWE under the case's reply key (core/application/reply). */
  sealed: v.string(),
})

const feedShape = v.object({
  ...ledgerMarkShape.entries,
  after: v.number(),
  /** Ask again after this number; all events up to it have been given. */
  cursor: v.number(),
  /** True when there is more to fetch at once. */
  more: v.boolean(),
  events: v.array(entryShape),
})

export type FeedEntry = v.InferOutput<typeof entryShape>
export type Feed = v.InferOutput<typeof feedShape>

/** The body of GET /feed. */
export const feedAnswerShape = v.object({ feed: v.string() })

/** Signs one page of the feed. */
export async function signFeed(feed: Feed, key: KeyHandle, kid: string): Promise<string> {
  return signStatement('tiepsuc-feed+jws', feed, key, { kid })
}

/** A page that the pinned office signed for this cursor, or null. */
export async function verifyFeed(statement: string, keySet: KeySet, after: number): Promise<Feed | null> {
  const signer = await signerOf(statement, keySet)
  const feed = signer && (await verifyStatement(statement, 'tiepsuc-feed+jws', signer, feedShape))
  return feed?.after === after ? feed : null
}
