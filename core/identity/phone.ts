/**
 * Vietnamese phone numbers (reference 1.5). Stored form: digits with the leading 0 (`0905123456`, `02343822222`).
 * The fine list of operators' prefixes is not enforced: numbers move between operators and new ranges open.
 */
import { without } from './names.ts'

export type PhoneKind = 'mobile' | 'landline' | 'hotline'

/** Mobile prefixes of eleven digits that became ten digits in 2018. */
const converted: Readonly<Record<string, string>> = Object.fromEntries(
  (
    '0120:070 0121:079 0122:077 0126:076 0128:078 0123:083 0124:084 0125:085 0127:081 0129:082 0162:032 0163:033 ' +
    '0164:034 0165:035 0166:036 0167:037 0168:038 0169:039 0186:056 0188:058 0199:059'
  )
    .split(' ')
    .map((pair): [string, string] => [pair.slice(0, 4), pair.slice(5)]),
)

/** Digits in national form: separators dropped, `+84`, `84` and `0084` turned into the leading 0. */
export function phoneText(text: string): string {
  const compact = without(/[\s.\-\u2013()]/g, text)
  const abroad = /^(?:\+84|0084|84(?=\d{9,10}$))0*(\d+)$/.exec(compact)
  return abroad === null ? compact : `0${abroad[1] ?? ''}`
}

/** What kind of number this is, or null when it is none. Expects the form of `phoneText`. */
export function phoneKind(digits: string): PhoneKind | null {
  if (/^0[35789]\d{8}$/.test(digits)) return 'mobile'
  if (/^02\d{9}$/.test(digits)) return 'landline'
  if (/^1[89]00\d{4,6}$/.test(digits)) return 'hotline'
  return null
}

/** The number of today for an old eleven-digit mobile number, or null when it is not one. */
export function convertedMobile(digits: string): string | null {
  if (!/^01\d{9}$/.test(digits)) return null
  const prefix = converted[digits.slice(0, 4)]
  return prefix === undefined ? null : prefix + digits.slice(4)
}

/** `0905 123 456`, landlines `0234 3822 222`; other texts stay. */
export function readPhone(digits: string): string {
  const kind = phoneKind(digits)
  if (kind === 'mobile') return `${digits.slice(0, 4)} ${digits.slice(4, 7)} ${digits.slice(7)}`
  if (kind === 'landline') return `${digits.slice(0, 4)} ${digits.slice(4, 8)} ${digits.slice(8)}`
  return digits
}
