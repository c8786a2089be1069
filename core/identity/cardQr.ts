/**
 * Reads the text of the QR code on a citizen's card: seven fields between pipes on the chip card of 2021, the same and
 * more on the Căn cước of 2024 (reference 1.1, 1.2). Pure and total: every text is answered, none throws, a long one is
 * refused before it is looked at. Fields that validate are offered, those that fail are named; what contradicts the
 * number is a warning and never blocks. The raw text and the pieces beyond the seventh are not in the answer: they name
 * other members of the family, nobody has confirmed their order, and nobody here needs them.
 */
import type { Address } from '../procedure/answers.ts'
import { isDay, isAfter, parsePartialDate } from '../procedure/dates.ts'
import { fail, ok, type Result } from '../result.ts'
import { fold } from './fold.ts'
import { addressFromOldText, type OldPlace } from './formerUnits.ts'
import { hasLookAlike, hasTelexLeftovers, isName, looksLegacyEncoded, tidyText, without } from './names.ts'
import { personalNumberFindings, readPersonalNumber } from './personalNumber.ts'

/** `cccd`: the citizen card with a chip; `canCuoc`: the card of the law of 2023. */
export type CardDocType = 'cccd' | 'canCuoc'

/** What a card can fill in. Dates are `YYYY-MM-DD`; all of it is optional, since a piece may be damaged. */
export interface CardFacts {
  readonly pid?: string
  /** The old nine-digit number (CMND), where the holder had one. */
  readonly oldNumber?: string
  readonly fullName?: string
  readonly birthDate?: string
  readonly sex?: 'nam' | 'nu'
  /** The present place as far as it is known; the card's own words are in `legacyText`. */
  readonly address?: Address
  readonly docType?: CardDocType
  readonly docNo?: string
  readonly docDate?: string
  readonly docIssuer?: string
}

/** A piece of the card that was there and did not validate, or that must be there and was not. */
export type CardField = 'pid' | 'oldNumber' | 'fullName' | 'birthDate' | 'sex' | 'address' | 'docDate'

export type CardFinding =
  | 'province' // the number's first group is no province: it may be a country
  | 'century' // the number speaks of a century in which nobody alive was born
  | 'birthYear' // number and birth date name different years
  | 'sex' // number and card name different sexes
  | 'birthFuture'
  | 'issueFuture'
  | 'issueBeforeBirth'
  | 'swapped' // birth date and sex stand in each other's place
  | 'lettersLost' // not one letter with a mark in name and address
  | 'keyboard' // Telex keys stand where letters should be
  | 'lookAlike' // a letter of another alphabet that looks Vietnamese

export interface CardReading {
  readonly facts: CardFacts
  readonly failed: readonly CardField[]
  readonly findings: readonly CardFinding[]
  /** Where the address lies today: one ward, several to choose from, or unknown. Null when the card gave no address. */
  readonly place: OldPlace | null
  /** How many pieces stood beyond the seventh; what they said is dropped. */
  readonly extras: number
}

export interface CardFailure {
  readonly kind: 'card'
  /** Nothing at all; longer than any QR code; some other code; letters that a keyboard setting has destroyed. */
  readonly rule: 'empty' | 'tooLong' | 'link' | 'wifi' | 'payment' | 'contact' | 'otherCode'
}

/** A QR code holds 2,953 bytes at most; decomposed letters may double the count of what a scanner types. */
export const maxCardText = 6000

/** Who issued the card, by its kind. The very first chip cards name another office, so it is offered and never forced. */
export function defaultIssuer(docType: CardDocType): string {
  return docType === 'canCuoc' ? 'Bộ Công an' : 'Cục Cảnh sát quản lý hành chính về trật tự xã hội'
}

/**
 * What a scanned or typed text says of its card. `today` (`YYYY-MM-DD`) allows saying that a date lies in the future;
 * without it nothing is said. Refused: what cannot be a card at all, with the kind of code it seems to be.
 */
export function readCard(text: string, today?: string): Result<CardReading, CardFailure> {
  if (text.length > maxCardText) return refuse('tooLong')
  const whole = bare(text)
  if (whole === '') return refuse('empty')
  const pieces = whole.split('|').map(tidyText)
  if (pieces.length < 6) return refuse(otherCode(whole))
  const parts = readPieces(pieces)
  if (!isCard(parts)) return refuse(otherCode(whole))
  const failed = failedPieces(parts, pieces)
  const place = parts.address === null ? null : addressFromOldText(parts.address)
  const facts = factsOf(parts, place, pieces.length)
  return ok({ facts, failed, findings: findingsOf(facts, pieces, today), place, extras: Math.max(0, pieces.length - 7) })
}

/** Rule 1: byte order mark and control characters out, composed letters; a line break or tab between words stays a gap. */
const bare = (text: string): string =>
  text
    .replace(/[\t\r\n]+/g, ' ')
    .replace(/[\p{Cc}\ufeff]/gu, '')
    .normalize('NFC')
    .trim()

const refuse = (rule: CardFailure['rule']): Result<never, CardFailure> => fail({ kind: 'card', rule })

/** The kind of a text that is no card, as far as its first letters tell: people hold up all sorts of codes. */
function otherCode(text: string): CardFailure['rule'] {
  if (/^(?:https?:\/\/|www\.)/i.test(text)) return 'link'
  if (/^WIFI:/i.test(text)) return 'wifi'
  if (text.startsWith("000201")) return 'payment'
  return /^(?:BEGIN:VCARD|MECARD:)/i.test(text) ? 'contact' : 'otherCode'
}

/** The pieces that validate; null is a piece that does not, or is not there. */
interface Pieces {
  readonly pid: string | null
  readonly oldNumber: string | null
  readonly fullName: string | null
  readonly birthDate: string | null
  readonly sex: 'nam' | 'nu' | null
  readonly address: string | null
  readonly docDate: string | null
}

function readPieces([number = '', old = '', name = '', birth = '', sex = '', address = '', issued = '']: readonly string[]): Pieces {
  return {
    pid: /^\d{12}$/.test(without(/\s/g, number)) ? without(/\s/g, number) : null,
    oldNumber: /^\d{9}$/.test(old) ? old : null,
    fullName: name.length <= 120 && isName(name) && !looksLegacyEncoded(name) ? name : null,
    birthDate: readCardDate(birth),
    sex: readSex(sex),
    address: isPlaceText(address) ? address : null,
    docDate: readCardDate(issued),
  }
}

/** `ddMMyyyy` of a real day, as `YYYY-MM-DD`. */
function readCardDate(text: string): string | null {
  const match = /^(\d{2})(\d{2})(\d{4})$/.exec(text)
  if (match === null) return null
  const date = `${match[3] ?? ''}-${match[2] ?? ''}-${match[1] ?? ''}`
  return isDay(date) ? date : null
}

function readSex(text: string): 'nam' | 'nu' | null {
  const key = fold(text)
  return key === 'nam' || key === 'nu' ? key : null
}

/** Any words with a letter in them; never a replacement mark or the debris of a wrong encoding. */
const isPlaceText = (text: string): boolean =>
  text.length <= 500 && /\p{L}/u.test(text) && !/[?\ufffd]/.test(text) && !looksLegacyEncoded(text)

/** A number makes a card; where it is damaged, a birth date and a sex in their places do. */
const isCard = ({ pid, birthDate, sex }: Pieces): boolean => pid !== null || (birthDate !== null && sex !== null)

/** Pieces to be typed by hand. The old number and the issue date may be absent; then they are not missed. */
function failedPieces(parts: Pieces, pieces: readonly string[]): readonly CardField[] {
  const order: readonly CardField[] = ['pid', 'oldNumber', 'fullName', 'birthDate', 'sex', 'address', 'docDate']
  const mayBeAbsent: readonly CardField[] = ['oldNumber', 'docDate']
  return order.filter((field, at) => parts[field] === null && !(mayBeAbsent.includes(field) && (pieces[at] ?? '') === ''))
}

/** Rule 8: the issue date tells the kind surely, the count of pieces suggests it; the volunteer may change it. */
function guessDocType(docDate: string | null, count: number): CardDocType {
  if (docDate !== null) return docDate >= '2024-07-01' ? 'canCuoc' : 'cccd'
  return count > 7 ? 'canCuoc' : 'cccd'
}

function factsOf(parts: Pieces, place: OldPlace | null, count: number): CardFacts {
  const docType = guessDocType(parts.docDate, count)
  return {
    ...(parts.pid !== null && { pid: parts.pid, docNo: parts.pid }),
    ...(parts.oldNumber !== null && { oldNumber: parts.oldNumber }),
    ...(parts.fullName !== null && { fullName: parts.fullName }),
    ...(parts.birthDate !== null && { birthDate: parts.birthDate }),
    ...(parts.sex !== null && { sex: parts.sex }),
    ...(place !== null && { address: place.address }),
    ...(parts.docDate !== null && { docDate: parts.docDate }),
    docType,
    docIssuer: defaultIssuer(docType),
  }
}

/** Reference 1.3: everything here is said and shown, and blocks nothing. */
function findingsOf(facts: CardFacts, pieces: readonly string[], today: string | undefined): readonly CardFinding[] {
  const { pid, birthDate, docDate, sex } = facts
  const number = pid === undefined ? null : readPersonalNumber(pid)
  const birth = birthDate === undefined ? null : parsePartialDate(birthDate)
  const issued = docDate === undefined ? null : parsePartialDate(docDate)
  const known = { ...(birth !== null && { birthYear: birth.year }), ...(sex !== undefined && { sex }) }
  const findings: CardFinding[] = number === null ? [] : [...personalNumberFindings(number, known)]
  if (today !== undefined && birth !== null && isAfter(birth, today)) findings.push('birthFuture')
  if (today !== undefined && issued !== null && isAfter(issued, today)) findings.push('issueFuture')
  if (birthDate !== undefined && docDate !== undefined && docDate < birthDate) findings.push('issueBeforeBirth')
  if (readSex(pieces[3] ?? '') !== null && readCardDate(pieces[4] ?? '') !== null) findings.push('swapped')
  return [...findings, ...letterFindings(facts)]
}

/** Rule 7: what a keyboard-like scanner does to letters when a Vietnamese keyboard is on, or cannot type them at all. */
function letterFindings({ fullName = '', address }: CardFacts): readonly CardFinding[] {
  const words = `${fullName} ${address?.legacyText ?? ''}`
  const findings: CardFinding[] = []
  if (hasTelexLeftovers(fullName)) findings.push('keyboard')
  else if (words.trim() !== '' && /^[\x20-\x7e]*$/.test(words)) findings.push('lettersLost')
  if (hasLookAlike(words)) findings.push('lookAlike')
  return findings
}
