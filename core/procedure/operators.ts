/**
 * The operators that conditions of packs may use. Each is a total function of its arguments: no throw, no clock, no
 * state; a missing (null) or unfit argument gives false or null. Stricter than plain JsonLogic on purpose: there
 * `null < 12` is true, here a comparison with a missing answer is false, so an unanswered question raises no warning.
 */
import { fold } from '../identity/fold.ts'
import { readPersonalNumber } from '../identity/personalNumber.ts'
import { isAddress } from './answers.ts'
import { daysBetween, isDay, isSurelyBefore, parsePartialDate, wholeYearsBetween } from './dates.ts'
import { dateInWords } from './dateInWords.ts'

type Operator = (args: readonly unknown[]) => unknown

const isText = (value: unknown): value is string => typeof value === 'string'
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

const same = ([one, other]: readonly unknown[]): boolean => (one ?? null) === (other ?? null)

const ordered =
  (holds: (one: number | string, other: number | string) => boolean): Operator =>
  ([one, other]) =>
    (isNumber(one) && isNumber(other)) || (isText(one) && isText(other)) ? holds(one, other) : false

function choose(args: readonly unknown[]): unknown {
  for (let at = 0; at + 1 < args.length; at += 2) if (args[at]) return args[at + 1] ?? null
  return args.length % 2 === 1 ? (args[args.length - 1] ?? null) : null
}

function within([item, group]: readonly unknown[]): boolean {
  return Array.isArray(group) && item !== null && item !== undefined && group.includes(item)
}

function sum(args: readonly unknown[]): number | null {
  return args.every(isNumber) ? args.reduce<number>((total, part) => total + part, 0) : null
}

const numeric =
  (compute: (numbers: readonly number[]) => number): Operator =>
  (args) =>
    args.length > 0 && args.every(isNumber) ? compute(args) : null

function joined(args: readonly unknown[]): string | null {
  return args.every((part) => isText(part) || isNumber(part)) ? args.join('') : null
}

const days = ([from, to]: readonly unknown[]): number | null =>
  isText(from) && isText(to) && isDay(from) && isDay(to) ? daysBetween(from, to) : null

function years([from, to]: readonly unknown[]): number | null {
  const [start, end] = [parsePartialDate(from), parsePartialDate(to)]
  return start === null || end === null ? null : wholeYearsBetween(start, end)
}

function surelyBefore([one, other]: readonly unknown[]): boolean {
  const [earlier, later] = [parsePartialDate(one), parsePartialDate(other)]
  return earlier !== null && later !== null && isSurelyBefore(earlier, later)
}

function fromNumber<T>(part: (number: { readonly birthYear: number; readonly sex: 'nam' | 'nu' }) => T): Operator {
  return ([text]) => {
    const read = isText(text) ? readPersonalNumber(text) : null
    return read === null ? null : part(read)
  }
}

export const operators: Readonly<Record<string, Operator>> = {
  '==': same,
  '!=': (args) => !same(args),
  '<': ordered((one, other) => one < other),
  '<=': ordered((one, other) => one <= other),
  '>': ordered((one, other) => one > other),
  '>=': ordered((one, other) => one >= other),
  '!': ([value]) => !value,
  '!!': ([value]) => Boolean(value),
  and: (args) => args.every(Boolean),
  or: (args) => args.some(Boolean),
  if: choose,
  in: within,
  '+': sum,
  '-': numeric(([first = 0, ...rest]) => rest.reduce((left, part) => left - part, first)),
  '*': numeric((numbers) => numbers.reduce((product, factor) => product * factor, 1)),
  min: numeric((numbers) => Math.min(...numbers)),
  max: numeric((numbers) => Math.max(...numbers)),
  cat: joined,
  /** Letters of a text, rows of a list, or codes of several choices. */
  length: ([value]) => (isText(value) || Array.isArray(value) ? value.length : null),
  /** Whole days from the first date to the second, both to the day. */
  daysBetween: days,
  /** Whole years from the first date to the second; dates may be a year or a month only, then by what is surely past. */
  yearsBetween: years,
  /** Every day that the first date may mean is before every day that the second may mean. */
  surelyBefore,
  /** Year of birth written in a personal number. */
  numberBirthYear: fromNumber(({ birthYear }) => birthYear),
  /** Sex written in a personal number: `nam` or `nu`, as in choices. */
  numberSex: fromNumber(({ sex }) => sex),
  /** Year of a full or partial date. */
  yearOf: ([text]) => parsePartialDate(text)?.year ?? null,
  /** Country code of an address. */
  countryOf: ([place]) => (isAddress(place) ? place.countryCode : null),
  /** A date written out in Vietnamese words, as the birth certificate wants it. */
  dateInWords: ([text]) => (isText(text) ? dateInWords(text) : null),
  /** The same words, whatever their case and diacritics. */
  sameText: ([one, other]) => isText(one) && isText(other) && fold(one) === fold(other),
}
