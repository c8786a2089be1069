/** Numbers by which tablets tell newer from older: of epochs and of key sets. */

/** From here the minutes are counted. */
const beginMs = Date.parse('2026-01-01T00:00:00.000Z')
const minuteMs = 60_000

/**
 * The number after `last`, or the minutes since 2026 by the office's clock where that is more. An office that was put back
 * remembers an older last number than its tablets have seen, and tablets pass over what is lower for ever; the clock knows
 * what the backup cannot. Numbers of a minute hold in 31 bits for four thousand years.
 */
export function risingNumber(last: number, nowMs: number): number {
  return Math.max(last + 1, Math.floor((nowMs - beginMs) / minuteMs))
}
