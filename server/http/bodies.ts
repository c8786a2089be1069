/**
 * Bodies under way, bounded: in number, for one address and for all, and in slowness. A line of 64 kbit/s is eight times as
 * fast as it must be; who sends a byte a second is told to come again. When there are too many, the one that has taken
 * longest gives way to the newest, so that hoarding connections wins nothing. What waits for the office itself is not slow.
 */
import type { IncomingMessage } from 'node:http'
import { failure } from '../../core/failures.ts'
import type { Listener, Refuse } from './unreadable.ts'

export interface BodyLimits {
  /** So long a body may take in any case, and then as long as its bytes at the least rate. */
  readonly graceMs: number
  readonly leastBytesPerSecond: number
  readonly mostOfOne: number
  readonly mostOfAll: number
  /** How often it is looked at them. */
  readonly everyMs: number
}

export const usualBodyLimits: BodyLimits = { graceMs: 30_000, leastBytesPerSecond: 1_024, mostOfOne: 64, mostOfAll: 256, everyMs: 5_000 }

interface Body {
  readonly incoming: IncomingMessage
  readonly address: string
  readonly sinceMs: number
  /** What the connection had read before. */
  readonly before: number
}

const comeAgainMs = 5_000

/** Watches the bodies of a server until it closes; `addressOf` says whose a request is. */
export function boundBodies(
  server: Listener & { once(event: 'close', listener: () => void): unknown },
  refuse: Refuse,
  { limits, addressOf, nowMs }: { limits: BodyLimits; addressOf: (incoming: IncomingMessage) => string; nowMs: () => number },
): void {
  const bodies = new Set<Body>()
  server.on('request', (incoming) => {
    if (!hasBody(incoming)) return
    const body = { incoming, address: addressOf(incoming), sinceMs: nowMs(), before: incoming.socket.bytesRead }
    bodies.add(body)
    incoming.once('close', () => bodies.delete(body))
    const tooMany = oldestBeyond(bodies, body.address, limits)
    if (tooMany !== undefined) giveUp(tooMany, { ...failure('busy', 'bodies'), retryAfterMs: comeAgainMs })
  })
  const giveUp = (body: Body, why: Parameters<Refuse>[1]): void => {
    bodies.delete(body)
    refuse(body.incoming.socket, why)
  }
  const timer = setInterval(() => {
    for (const body of bodies) if (isSlow(body, nowMs(), limits)) giveUp(body, failure('timeout', 'body'))
  }, limits.everyMs)
  timer.unref()
  server.once('close', () => clearInterval(timer))
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

/** A set keeps its order: the first is the oldest. */
function oldestBeyond(bodies: ReadonlySet<Body>, address: string, { mostOfOne, mostOfAll }: BodyLimits): Body | undefined {
  const own = [...bodies].filter((body) => body.address === address)
  if (own.length > mostOfOne) return own[0]
  return bodies.size > mostOfAll ? [...bodies][0] : undefined
}

function isSlow({ incoming, sinceMs, before }: Body, nowMs: number, { graceMs, leastBytesPerSecond }: BodyLimits): boolean {
  // All of it is here, or more than the app has taken yet: then the sender waits for us.
  if (incoming.complete || incoming.readableLength >= incoming.readableHighWaterMark) return false
  const bytes = incoming.socket.bytesRead - before
  return nowMs - sinceMs > graceMs + (bytes / leastBytesPerSecond) * 1_000
}
