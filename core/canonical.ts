/**
 * One text for one JSON value: members sorted by code unit, no white space, -0 as 0 (the part of RFC 8785 that our
 * values need). Tablet and office sign and compare these texts, so the two sides cannot disagree about a value's bytes.
 */

/**
 * The canonical text of a JSON value; members that are undefined are left out. Throws on what JSON does not know (NaN,
 * functions, an undefined in a list): a bug.
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError('canonical JSON holds finite numbers only')
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object') throw new TypeError(`canonical JSON holds no ${typeof value}`)
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`
}
