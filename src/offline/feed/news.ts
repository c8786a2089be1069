/**
 * Fetching news, for a page and for the worker: the feed, newer keys when its signature is unknown, and what follows when the
 * office was put back. A tablet that the restored office has forgotten gets no feed (401), so it asks the one question that
 * needs no sign-in; enrolled again with the same key, everything it holds goes out.
 */
import type { Failure } from '../../../core/failures.ts'
import { ok, type Result } from '../../../core/result.ts'
import { askForMark, reoffer, type ReofferPorts, type Reoffered } from '../outbox/reoffer.ts'
import { refreshKeys } from '../refreshKeys.ts'
import { readRestored } from '../restored.ts'
import { pullFeed, type FeedPorts } from './pull.ts'

export type NewsPorts = FeedPorts & ReofferPorts

/** Pulls the feed and, after a restore, offers everything again. */
export async function fetchNews(ports: NewsPorts): Promise<Result<Reoffered, Failure>> {
  const pulled = await withFreshKeys(ports, () => pullFeed(ports))
  if (!pulled.ok && pulled.failure.kind === 'notSignedIn') await askForMark(ports)
  const asking = (await readRestored(ports.db))?.asking === true
  if (asking) return askHoldingsNow(ports)
  return pulled.ok ? ok({ offered: 0, givenUp: 0 }) : pulled
}

/** Asks about what is held, whether a restore was noticed or not. */
export function askHoldingsNow(ports: ReofferPorts): Promise<Result<Reoffered, Failure>> {
  return withFreshKeys(ports, () => reoffer(ports))
}

/** What no pinned key signed may come from a renewed office key: tried once more with the newest key set. */
async function withFreshKeys<T>({ db, http }: Pick<ReofferPorts, 'db' | 'http'>, ask: () => Promise<Result<T, Failure>>): Promise<Result<T, Failure>> {
  const answer = await ask()
  if (answer.ok || answer.failure.kind !== 'outcomeInvalid') return answer
  const newer = await refreshKeys(db, http)
  return newer.ok ? ask() : answer
}
