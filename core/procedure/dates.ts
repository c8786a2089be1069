/**
 * Calendar dates without a time: `YYYY-MM-DD`, or `YYYY-MM` and `YYYY` where only that much is known (years of birth of
 * elderly people). All arithmetic is on days of the Gregorian calendar, so no time zone and no clock is involved.
 */
export interface PartialDate {
  readonly year: number
  readonly month: number | null
  readonly day: number | null
}

export type DatePrecision = 'day' | 'month' | 'year'

const shape = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/
const dayMs = 86_400_000

/** Days since 1970-01-01 of a full date. */
const dayNumber = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day) / dayMs

const lastDayOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** A date from its stored form, or null when it is none of this calendar (years 1850 to 2199). */
export function parsePartialDate(text: unknown): PartialDate | null {
  const match = typeof text === 'string' ? shape.exec(text) : null
  if (match === null) return null
  const [year, month, day] = [Number(match[1]), toNumber(match[2]), toNumber(match[3])]
  if (year < 1850 || year > 2199) return null
  if (month !== null && (month < 1 || month > 12)) return null
  if (day !== null && month !== null && (day < 1 || day > lastDayOf(year, month))) return null
  return { year, month, day }
}

const toNumber = (digits: string | undefined): number | null => (digits === undefined ? null : Number(digits))

/** True for a full date that exists. */
export function isDay(text: string): boolean {
  return (parsePartialDate(text)?.day ?? null) !== null
}

/** How much of the date is known. */
export const precisionOf = ({ month, day }: PartialDate): DatePrecision =>
  day !== null ? 'day' : month !== null ? 'month' : 'year'

/** The stored form of a date. */
export function partialDateText({ year, month, day }: PartialDate): string {
  const parts = [String(year).padStart(4, '0')]
  if (month !== null) parts.push(String(month).padStart(2, '0'))
  if (month !== null && day !== null) parts.push(String(day).padStart(2, '0'))
  return parts.join('-')
}

/** Whole days from one full date to another; negative when the second is earlier. Both must be real (`isDay`). */
export function daysBetween(from: string, to: string): number {
  return numberOf(to) - numberOf(from)
}

/** The full date `count` days later. */
export function plusDays(date: string, count: number): string {
  return new Date((numberOf(date) + count) * dayMs).toISOString().slice(0, 10)
}

/** 0 for Sunday to 6 for Saturday. */
export const weekdayOf = (date: string): number => new Date(numberOf(date) * dayMs).getUTCDay()

function numberOf(date: string): number {
  const { year, month, day } = parsePartialDate(date) ?? { year: 1970, month: 1, day: 1 }
  return dayNumber(year, month ?? 1, day ?? 1)
}

/**
 * Whole years between two dates. Where one of them is not known to the day, the years count as if its birthday had
 * passed, so a person known by the year alone is never called younger than he may be.
 */
export function wholeYearsBetween(from: PartialDate, to: PartialDate): number {
  const years = to.year - from.year
  if (from.month === null || to.month === null || to.month > from.month) return years
  if (to.month < from.month) return years - 1
  return from.day !== null && to.day !== null && to.day < from.day ? years - 1 : years
}

/** True when the first is before the second whatever day each means: compared as far as both are known. */
export function isSurelyBefore(one: PartialDate, other: PartialDate): boolean {
  if (one.year !== other.year) return one.year < other.year
  if (one.month === null || other.month === null) return false
  if (one.month !== other.month) return one.month < other.month
  return one.day !== null && other.day !== null && one.day < other.day
}

/** True when the date lies after the given day, for all that is known of it: texts compare, a year is before its days. */
export const isAfter = (date: PartialDate, day: string): boolean => partialDateText(date) > day

/** The local date and time of day in Viet Nam (UTC+7 all year, no summer time) of a moment in milliseconds. */
export function localMoment(atMs: number): { readonly date: string; readonly time: string } {
  const shifted = new Date(atMs + 7 * 3_600_000).toISOString()
  return { date: shifted.slice(0, 10), time: shifted.slice(11, 16) }
}

/** `dd/mm/yyyy`, `mm/yyyy` or `yyyy`: how dates read in Viet Nam, in both languages of the app. */
export function readDate(text: string): string {
  return text.split('-').reverse().join('/')
}
