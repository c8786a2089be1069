/**
 * The personal identification number of twelve digits: `PPP G YY NNNNNN` (Decree 137/2015, Circular 59/2021/TT-BCA;
 * reference 1.3). It has no check digit, so all that can be said is whether it agrees with what else is known; every
 * disagreement is a warning, since the paper, not this code, is right.
 */
import { without } from './names.ts'

/** Code of the province of birth registration, from the 63 provinces before 2025, to the province code of today. */
export const provincesInNumbers: Readonly<Record<string, string>> = Object.fromEntries(
  (
    '001:01 002:08 004:04 006:19 008:08 010:15 011:11 012:12 014:14 015:15 017:25 019:19 020:20 022:22 024:24 025:25 ' +
    '026:25 027:24 030:31 031:31 033:33 034:33 035:37 036:37 037:37 038:38 040:40 042:42 044:44 045:44 046:46 048:48 ' +
    '049:48 051:51 052:52 054:66 056:56 058:56 060:68 062:51 064:52 066:66 067:68 068:68 070:75 072:80 074:79 075:75 ' +
    '077:79 079:79 080:80 082:82 083:86 084:86 086:86 087:82 089:91 091:91 092:92 093:92 094:92 095:96 096:96'
  )
    .split(' ')
    .map((pair): [string, string] => [pair.slice(0, 3), pair.slice(4)]),
)

export interface PersonalNumber {
  /** First three digits. */
  readonly origin: string
  /** The province of today that keeps the register, or null: a country, or a code that we do not know. */
  readonly provinceCode: string | null
  /** The fourth digit: century and sex. */
  readonly centuryDigit: number
  readonly sex: 'nam' | 'nu'
  readonly birthYear: number
}

export type PersonalNumberFinding = 'province' | 'century' | 'birthYear' | 'sex'

/** Digits only: spaces, dots and dashes that people write between groups are dropped. */
export const personalNumberText = (text: string): string => without(/[\s.\-\u2013]/g, text)

/** What a number says, or null when it is not twelve digits. */
export function readPersonalNumber(text: string): PersonalNumber | null {
  if (!/^\d{12}$/.test(text)) return null
  const origin = text.slice(0, 3)
  const centuryDigit = Number(text[3])
  return {
    origin,
    provinceCode: Object.hasOwn(provincesInNumbers, origin) ? (provincesInNumbers[origin] ?? null) : null,
    centuryDigit,
    sex: centuryDigit % 2 === 0 ? 'nam' : 'nu',
    birthYear: 1900 + Math.floor(centuryDigit / 2) * 100 + Number(text.slice(4, 6)),
  }
}

/**
 * Where a number disagrees with itself or with what is known of the person: a first group that is no province (it may
 * be a country), a century digit above 3 (nobody alive), another year of birth, another sex.
 */
export function personalNumberFindings(
  number: PersonalNumber,
  known: { readonly birthYear?: number; readonly sex?: 'nam' | 'nu' } = {},
): readonly PersonalNumberFinding[] {
  const findings: PersonalNumberFinding[] = []
  if (number.provinceCode === null) findings.push('province')
  if (number.centuryDigit > 3) findings.push('century')
  if (known.birthYear !== undefined && known.birthYear !== number.birthYear) findings.push('birthYear')
  if (known.sex !== undefined && known.sex !== number.sex) findings.push('sex')
  return findings
}

/** `046••••••001`: enough to tell two people apart on a list, not enough to use. */
export const maskedPersonalNumber = (text: string): string =>
  text.length < 7 ? '•'.repeat(text.length) : `${text.slice(0, 3)}${'•'.repeat(text.length - 6)}${text.slice(-3)}`
