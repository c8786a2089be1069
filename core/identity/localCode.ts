/**
 * The tablet's own temporary code, `TN-{device}-{yymmdd}-{seq}{check}`, printed on the assistance slip as such. It never
 * looks like an official code. Sequence is the device's, so two tablets cannot make the same code; the check character
 * (Crockford base32, weighted sum modulo 31) catches every single wrong character and every swap of neighbours.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** The highest number that a tablet gives an application: seven digits of its code. */
export const maxSequence = 9_999_999

const deviceShape = /^[0-9A-HJKMNP-TV-Z]{2,4}$/
const codeShape = /^TN-([0-9A-HJKMNP-TV-Z]{2,4})-(\d{6})-(\d{3,7})([0-9A-HJKMNP-TV-Y])$/

export interface LocalCode {
  readonly device: string
  /** `YYYY-MM-DD`. */
  readonly date: string
  readonly sequence: number
}

/** Makes a code. `device` is two to four characters of Crockford's alphabet ("03"), `date` the local date. */
export function makeLocalCode({ device, date, sequence }: LocalCode): string {
  if (!deviceShape.test(device)) throw new RangeError('a device number has two to four characters')
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > maxSequence) throw new RangeError('no device sequence')
  const day = date.slice(2).replaceAll('-', '')
  const serial = String(sequence).padStart(3, '0')
  return `TN-${device}-${day}-${serial}${checkOf(device + day + serial)}`
}

/**
 * Reads a code as people type it: any case, with or without spaces, O for 0 and I or L for 1. Null when it is no local
 * code or its check character is wrong.
 */
export function readLocalCode(text: string): LocalCode | null {
  const tidy = text.replace(/\s+/g, '').toUpperCase()
  if (!tidy.startsWith('TN-')) return null
  const match = codeShape.exec(`TN-${tidy.slice(3).replace(/O/g, '0').replace(/[IL]/g, '1')}`)
  if (match === null) return null
  const [, device = '', day = '', serial = '', check = ''] = match
  if (checkOf(device + day + serial) !== check) return null
  return { device, date: `20${day.slice(0, 2)}-${day.slice(2, 4)}-${day.slice(4, 6)}`, sequence: Number(serial) }
}

/** Weights run from the right, so that the check does not depend on the length of what stands before. */
function checkOf(text: string): string {
  const sum = [...text].reverse().reduce((total, character, at) => total + alphabet.indexOf(character) * (at + 2), 0)
  return alphabet[sum % 31] ?? ''
}
