/**
 * Every input carries a mark of its own, and no log may hold one. All marks begin with the same letters, so that a log is
 * searched once, in every spelling in which a text gets into a line: as it is, in base64, in hexadecimal, escaped.
 */
const begin = 'zQfuzzQz'

/** The mark of one input: letters and digits only, so that it fits into every place. */
export const markOf = (input: number): string => `${begin}${String(input).padStart(7, '0')}`

const base64Core = (shift: number): string => {
  const text = Buffer.from('\0'.repeat(shift) + begin).toString('base64')
  return text.slice(shift === 0 ? 0 : 4, Math.floor((shift + begin.length) / 3) * 4)
}

const escapes = (write: (code: string) => string): string => Array.from(begin, (letter) => write(letter.charCodeAt(0).toString(16).padStart(2, '0'))).join('')

/** How the beginning of a mark may be written, in lower case; base64 is looked for as it is. */
const folded: readonly string[] = [begin.toLowerCase(), escapes((code) => code), escapes((code) => `%${code}`), escapes((code) => `\\u00${code}`), escapes((code) => `\\x${code}`), [...begin.toLowerCase()].join('\0')]
const exact: readonly string[] = [0, 1, 2].map(base64Core)

/** Places of a log that hold a piece of an input, with what stands around each; none when the log keeps its word. */
export function marksIn(log: string): readonly string[] {
  const lower = log.toLowerCase()
  const places = [...folded.map((needle) => [lower, needle] as const), ...exact.map((needle) => [log, needle] as const)]
  return places.flatMap(([text, needle]) => {
    const at = text.indexOf(needle)
    return at === -1 ? [] : [log.slice(Math.max(0, at - 120), at + 120)]
  })
}
