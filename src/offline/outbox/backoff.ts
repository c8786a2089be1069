/** When to try again. Pure: the caller brings chance and time. */

const firstMs = 2_000
const longestMs = 5 * 60_000

/** How long an office may ask us to stay away. */
export const longestOfficeTimeMs = 15 * 60_000
/** Between a login page and the next look; people sign in to a Wi-Fi in about that time. */
export const portalPauseMs = 30_000
/** After an unsigned 410 or a refused part size: long, and never for ever. */
export const longPauseMs = 15 * 60_000

/**
 * Full jitter: anything from nothing to 2 s, 4 s, 8 s … 5 min, for the first, second, third … try in a row. A whole ward
 * coming back from a power cut spreads itself out. `chance` is from 0 up to 1.
 */
export function backoffMs(tries: number, chance: number): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** Math.min(Math.max(tries - 1, 0), 20))
  return Math.floor(chance * ceiling)
}
