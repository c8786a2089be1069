/**
 * How often one sender may ask: a token bucket for each kind and sender, in memory, bounded. Limits are per node; they
 * hold back floods and guessing, they are not an account of use.
 */
import type { Clock } from '../clock.ts'

/** burst: how many at once; refillMs: how long one token takes to come back. */
export interface Limit {
  readonly burst: number
  readonly refillMs: number
}

export const defaultLimits = {
  /** Any request of one address. */
  address: { burst: 1200, refillMs: 20 },
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

const maxSenders = 20_000

/** Fresh limits; the sender asked for longest ago is forgotten when there are too many. */
export function makeRateLimits(clock: Clock, limits: Readonly<Record<LimitName, Limit>> = defaultLimits): RateLimits {
  const buckets = new Map<string, Bucket>()
  const level = (name: LimitName, key: string, nowMs: number): number => {
    const { burst, refillMs } = limits[name]
    const bucket = buckets.get(key)
    return bucket === undefined ? burst : Math.min(burst, bucket.tokens + Math.max(0, nowMs - bucket.atMs) / refillMs)
  }
  const waitMs = (name: LimitName, tokens: number): number | null => (tokens >= 1 ? null : Math.ceil((1 - tokens) * limits[name].refillMs))
  return {
    giveBack: (name, sender) => {
      const key = `${name} ${sender}`
      const bucket = buckets.get(key)
      if (bucket !== undefined) buckets.set(key, { ...bucket, tokens: bucket.tokens + 1 })
    },
    look: (name, sender) => waitMs(name, level(name, `${name} ${sender}`, clock.now())),
    take: (name, sender) => {
      const key = `${name} ${sender}`
      const nowMs = clock.now()
      const tokens = level(name, key, nowMs)
      const wait = waitMs(name, tokens)
      buckets.delete(key)
      buckets.set(key, { tokens: wait === null ? tokens - 1 : tokens, atMs: nowMs })
      if (buckets.size > maxSenders) forgetOldest(buckets)
      return wait
    },
  }
}

function forgetOldest(buckets: Map<string, Bucket>): void {
  const [oldest] = buckets.keys()
  if (oldest !== undefined) buckets.delete(oldest)
}
