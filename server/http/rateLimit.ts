/**
 * How often one sender may ask: a token bucket for each kind and sender, in memory, bounded. Limits are per node; they
 * hold back floods and guessing, they are not an account of use. Each kind forgets by itself: a flood from many addresses
 * gives nobody new guesses.
 */
import type { Clock } from '../clock.ts'

/** burst: how many at once; refillMs: how long one token takes to come back. */
export interface Limit {
  readonly burst: number
  readonly refillMs: number
}

export const defaultLimits = {
  /** Requests of one address that nobody is known to have signed: many tablets and officers may share it. */
  address: { burst: 3000, refillMs: 5 },
  /** Requests of one address by the same proof's key, session or path: one that hammers is told before anything is read. */
  sender: { burst: 600, refillMs: 50 },
  /** Envelopes and signed-in requests of one device. */
  device: { burst: 600, refillMs: 50 },
  /** Tickets, badge codes and sign-ins that were refused, of one address. */
  guess: { burst: 20, refillMs: 30_000 },
  /** Refused sign-ins of one user name, from wherever. */
  account: { burst: 10, refillMs: 60_000 },
} as const satisfies Readonly<Record<string, Limit>>

export type LimitName = keyof typeof defaultLimits

export interface RateLimits {
  /** Takes a token; null when there was one, else after how many milliseconds there will be. */
  readonly take: (name: LimitName, sender: string) => number | null
  /** As `take`, without taking. */
  readonly look: (name: LimitName, sender: string) => number | null
  /** Returns a token that `take` gave: the one who asked turned out to be right. */
  readonly giveBack: (name: LimitName, sender: string) => void
}

interface Bucket {
  readonly tokens: number
  readonly atMs: number
}

/** Of each kind; with its longest name a bucket takes a few hundred bytes, so all of them stay under some 30 MB. */
export const mostSenders = 20_000
const longestName = 80

/** Fresh limits; the sender asked for longest ago is forgotten when there are too many. */
export function makeRateLimits(clock: Clock, limits: Readonly<Record<LimitName, Limit>> = defaultLimits): RateLimits {
  const kinds = new Map<LimitName, Map<string, Bucket>>()
  const bucketsOf = (name: LimitName): Map<string, Bucket> => {
    const buckets = kinds.get(name) ?? new Map<string, Bucket>()
    kinds.set(name, buckets)
    return buckets
  }
  const level = (name: LimitName, key: string, nowMs: number): number => {
    const { burst, refillMs } = limits[name]
    const bucket = bucketsOf(name).get(key)
    return bucket === undefined ? burst : Math.min(burst, bucket.tokens + Math.max(0, nowMs - bucket.atMs) / refillMs)
  }
  const waitMs = (name: LimitName, tokens: number): number | null => (tokens >= 1 ? null : Math.ceil((1 - tokens) * limits[name].refillMs))
  return {
    giveBack: (name, sender) => {
      const key = sender.slice(0, longestName)
      const bucket = bucketsOf(name).get(key)
      if (bucket !== undefined) bucketsOf(name).set(key, { ...bucket, tokens: bucket.tokens + 1 })
    },
    look: (name, sender) => waitMs(name, level(name, sender.slice(0, longestName), clock.now())),
    take: (name, sender) => {
      const key = sender.slice(0, longestName)
      const buckets = bucketsOf(name)
      const nowMs = clock.now()
      const tokens = level(name, key, nowMs)
      const wait = waitMs(name, tokens)
      buckets.delete(key)
      buckets.set(key, { tokens: wait === null ? tokens - 1 : tokens, atMs: nowMs })
      if (buckets.size > mostSenders) forgetOldest(buckets)
      return wait
    },
  }
}

function forgetOldest(buckets: Map<string, Bucket>): void {
  const [oldest] = buckets.keys()
  if (oldest !== undefined) buckets.delete(oldest)
}
