/** One change to a good value, text or file: the rest stays good, so that the change is what a reader meets. */
import type { Chance } from '../lab/chance.ts'
import { nasty, RawJson } from './nasty.ts'

type Path = readonly (string | number)[]

/** A JSON value with one place changed, as text. A value that holds a RawJson is written as it says. */
export function changedJson(value: unknown, chance: Chance, mark: string): string {
  const places = pathsOf(value)
  return written(changedAt(value, chance.pick(places), chance, mark))
}

/** A JSON value with one place changed, as a value; what no value can say becomes a text. */
export function changedValue(value: unknown, chance: Chance, mark: string): unknown {
  return plain(changedAt(value, chance.pick(pathsOf(value)), chance, mark))
}

/** JSON text; unlike JSON.stringify it writes RawJson as it is. */
export function written(value: unknown): string {
  if (value instanceof RawJson) return value.text
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`
  if (typeof value !== 'object' || value === null) return value === undefined ? 'null' : JSON.stringify(value)
  return `{${Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${written(member)}`).join(',')}}`
}

function plain(value: unknown): unknown {
  if (value instanceof RawJson) return value.text.slice(0, 2_000)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value === undefined ? null : value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]))
}

const mostPlaces = 2_000

function pathsOf(value: unknown): Path[] {
  const paths: Path[] = [[]]
  const open: [unknown, Path][] = [[value, []]]
  for (let next = open.pop(); next !== undefined && paths.length < mostPlaces; next = open.pop()) {
    const [at, path] = next
    if (typeof at !== 'object' || at === null || at instanceof RawJson) continue
    for (const [name, member] of Object.entries(at)) {
      const inside = [...path, Array.isArray(at) ? Number(name) : name]
      paths.push(inside)
      open.push([member, inside])
    }
  }
  return paths
}

function changedAt(value: unknown, [name, ...rest]: Path, chance: Chance, mark: string): unknown {
  if (name === undefined) return changedHere(value, chance, mark)
  if (Array.isArray(value)) return value.flatMap((member: unknown, at) => (at === name ? changedMember(member, rest, chance, mark) : [member]))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]: [string, unknown]) => (key === String(name) ? changedMember(member, rest, chance, mark).map((changed) => [key, changed]) : [[key, member]])),
  )
}

/** The member changed; sometimes it is left out. */
function changedMember(member: unknown, rest: Path, chance: Chance, mark: string): unknown[] {
  if (rest.length === 0 && chance.oneIn(8)) return []
  return [changedAt(member, rest, chance, mark)]
}

function changedHere(value: unknown, chance: Chance, mark: string): unknown {
  if (typeof value === 'string' && value !== '' && chance.oneIn(2)) return changedText(value, chance, mark)
  if (typeof value === 'object' && value !== null && chance.oneIn(3)) {
    return Array.isArray(value) ? [...(value as unknown[]), nasty(chance, mark)] : { ...value, [chance.pick([mark, '__proto__x', 'constructor', '', '0'])]: nasty(chance, mark) }
  }
  return nasty(chance, mark)
}

/** A text cut, doubled, with a piece in it, or with one letter changed. */
export function changedText(text: string, chance: Chance, mark: string): string {
  const at = chance.below(text.length + 1)
  switch (chance.below(7)) {
    case 0:
      return text.slice(0, at)
    case 1:
      return text + text
    case 2:
      return text.slice(0, at) + mark + text.slice(at)
    case 3:
      return text.slice(0, at) + chance.pick(['\u0000', '\ud800', '\n', '"', '\\', '.', '|', '=', '%', '\u0303', '\ufeff', '/']) + text.slice(at)
    case 4:
      return text.slice(0, at) + String.fromCharCode((text.charCodeAt(at) || 65) ^ (1 << chance.below(7))) + text.slice(at + 1)
    case 5:
      return text.toUpperCase() === text ? text.toLowerCase() : text.toUpperCase()
    default:
      return ` ${text}\t`
  }
}

/** Bytes with one to four of: a bit flipped, a byte set, a piece cut out, doubled or put in, an end taken off. */
export function changedBytes(bytes: Uint8Array, chance: Chance): Uint8Array<ArrayBuffer> {
  let changed = new Uint8Array(bytes)
  for (let left = 1 + chance.below(4); left > 0; left -= 1) changed = changedOnce(changed, chance)
  return changed
}

function changedOnce(bytes: Uint8Array<ArrayBuffer>, chance: Chance): Uint8Array<ArrayBuffer> {
  const at = chance.below(bytes.length + 1)
  const to = Math.min(bytes.length, at + 1 + chance.below(64))
  const joined = (...pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.concat(pieces))
  switch (chance.below(6)) {
    case 0: {
      const flipped = new Uint8Array(bytes)
      if (at < bytes.length) flipped[at] = (flipped[at] ?? 0) ^ (1 << chance.below(8))
      return flipped
    }
    case 1: {
      const set = new Uint8Array(bytes)
      set.fill(chance.pick([0, 1, 0x7f, 0x80, 0xff]), at, Math.min(to, at + chance.pick([1, 2, 4])))
      return set
    }
    case 2:
      return joined(bytes.subarray(0, at), bytes.subarray(to))
    case 3:
      return joined(bytes.subarray(0, to), bytes.subarray(at))
    case 4:
      return joined(bytes.subarray(0, at), Uint8Array.from({ length: 1 + chance.below(16) }, () => chance.below(256)), bytes.subarray(at))
    default:
      return bytes.slice(0, at)
  }
}
