/**
 * Freshness of signed-in requests: the office's time with its HMAC. Any node takes a nonce of any other; none is stored.
 * A tablet's clock is never asked.
 */
import { createHmac } from 'node:crypto'
import { sameBytes, utf8 } from '../../core/bytes.ts'

export const nonceLifeMs = 5 * 60_000
/** Two nodes' clocks may differ; a nonce may come from a little ahead. */
const aheadMs = 30_000

/** A nonce that is good for five minutes. */
export function makeNonce(key: Uint8Array, nowMs: number): string {
  const time = nowMs.toString(36)
  return `${time}.${tagOf(key, time)}`
}

/** True for a nonce of this office that is not stale. */
export function isFreshNonce(key: Uint8Array, nonce: string, nowMs: number): boolean {
  const [time = '', tag = '', more] = nonce.split('.')
  if (more !== undefined || !/^[0-9a-z]{1,11}$/.test(time)) return false
  if (!sameBytes(utf8(tag), utf8(tagOf(key, time)))) return false
  const ageMs = nowMs - Number.parseInt(time, 36)
  return ageMs <= nonceLifeMs && ageMs >= -aheadMs
}

function tagOf(key: Uint8Array, time: string): string {
  return createHmac('sha256', key).update(`nonce ${time}`).digest('base64url').slice(0, 22)
}
