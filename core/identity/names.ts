/**
 * Names as people write them (reference 8). Kept as typed, in NFC; nothing is corrected, split or put in another case
 * behind anybody's back. What looks wrong is reported, because the paper in the citizen's hand decides.
 */

/**
 * One line of text as it is stored: NFC, control and zero-width characters out, every white space one space, no space
 * at the ends. Applied when a field is left, never while somebody is typing (an input method may be composing).
 */
export function tidyText(text: string): string {
  return text
    .replace(/[\ud800-\udfff]/gu, '')
    .replace(/[\u200b-\u200d\u2060\ufeff\u00ad]/g, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim()
}

/**
 * A text without the marks people write between groups of digits or letters. Removing a space can bring a letter and its
 * accent together, so the letters are composed again: what is tidy stays the same when it is tidied once more.
 */
export const without = (marks: RegExp, text: string): string => text.replace(marks, '').normalize('NFC')

const nameShape = /^[\p{L}\p{M}][\p{L}\p{M}'’ .-]*$/u

/** True when a name holds letters of any script, spaces, apostrophes, full stops and hyphens only. */
export const isName = (text: string): boolean => nameShape.test(text)

/** Letters that look Vietnamese and are not: eth for đ, Latin africana for ƌ, Cyrillic and Greek doubles. */
const lookAlike = /[\u00d0\u00f0\u018b\u018c\u0370-\u03ff\u0400-\u04ff]/u

/** True when a letter of the text belongs to another alphabet but looks Vietnamese (Ð for Đ). */
export const hasLookAlike = (text: string): boolean => lookAlike.test(text)

/** Marks of text copied from TCVN3 or VNI documents, where letters stand for other letters ("NguyÔn V¨n A"). */
const legacyMarks = /[\u00a1-\u00bf\u00d7\u00f7\u00d8\u00f8]|\p{Ll}[\u00c0-\u00dd]/u

/** True when the text looks like an old encoding read as Unicode. */
export const looksLegacyEncoded = (text: string): boolean => legacyMarks.test(text)

const telexLeftover = /aa|ee|dd|[wfjz]|[rsx]$/i

/**
 * True when a word in plain ASCII looks like Telex keys typed with the Vietnamese keyboard off ("Nguyeenx"). A hint
 * only: names of foreigners and of some ethnic groups look the same.
 */
export const hasTelexLeftovers = (text: string): boolean =>
  text.split(/[\s-]+/).some((word) => /^[A-Za-z]{2,}$/.test(word) && telexLeftover.test(word))

/** A name as the forms of civil status print it: in capitals. */
export const printedName = (name: string): string => name.normalize('NFC').toUpperCase()

/** The given name, by which people are addressed and lists are sorted: the last word. */
export const givenName = (name: string): string => name.split(' ').at(-1) ?? name

/** Sorts by given name, then by the whole name, in Vietnamese letter order. */
export function compareByGivenName(one: string, other: string): number {
  const order = new Intl.Collator('vi')
  return order.compare(givenName(one), givenName(other)) || order.compare(one, other)
}
