/**
 * Working days by a calendar that people edit: weekends and holidays are off, swapped Saturdays are worked. A year that
 * is not confirmed is still computed, and every date that crosses it says so (reference 2.7).
 */
import * as v from 'valibot'
import { failure, type Failure } from '../failures.ts'
import { fail, ok, type Result } from '../result.ts'
import { isDay, plusDays, weekdayOf } from './dates.ts'

const daySchema = v.strictObject({
  date: v.pipe(v.string(), v.check(isDay)),
  name: v.string(),
  /** A holiday by law, a day off in its place, a day off swapped for a worked Saturday, and that Saturday. */
  kind: v.picklist(['legal', 'makeup', 'swapOff', 'swapWork']),
  confirmed: v.boolean(),
})

const calendarSchema = v.strictObject({
  format: v.literal(1),
  source: v.string(),
  /** Years whose arrangement has been published in full. */
  confirmedYears: v.array(v.pipe(v.number(), v.integer())),
  days: v.array(daySchema),
})

export type CalendarDay = v.InferOutput<typeof daySchema>
export type Calendar = v.InferOutput<typeof calendarSchema>

/** A calendar from outside. */
export function parseCalendar(input: unknown): Result<Calendar, Failure<'packInvalid'>> {
  const parsed = v.safeParse(calendarSchema, input)
  if (parsed.success) return ok(parsed.output)
  return fail(failure('packInvalid', `calendar ${v.getDotPath(parsed.issues[0]) ?? ''}`.trim()))
}

export interface CalendarDate {
  readonly date: string
  /** False when the way to this date crosses a year whose holidays are not published, or a day not confirmed. */
  readonly confirmed: boolean
}

export function isWorkingDay(calendar: Calendar, date: string): boolean {
  const named = calendar.days.filter((day) => day.date === date)
  if (named.some(({ kind }) => kind === 'swapWork')) return true
  return named.length === 0 && weekdayOf(date) !== 0 && weekdayOf(date) !== 6
}

/**
 * True when every day from one date to another, both counted, lies in a published year and none of them is doubtful. A date
 * that is given out is judged by its whole way, from the day of reception to the day of the result.
 */
export function isSpanConfirmed(calendar: Calendar, from: string, to: string): boolean {
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1) {
    if (!calendar.confirmedYears.includes(year)) return false
  }
  return calendar.days.every(({ date, confirmed }) => confirmed || date < from || date > to)
}

/** The last day up to which every date that is given out from here is confirmed, or null when not even this day is. */
export function confirmedUntil(calendar: Calendar, from: string): string | null {
  if (!isSpanConfirmed(calendar, from, from)) return null
  let year = Number(from.slice(0, 4))
  while (calendar.confirmedYears.includes(year + 1)) year += 1
  const doubtful = calendar.days.filter(({ date, confirmed }) => !confirmed && date > from).map(({ date }) => plusDays(date, -1))
  return [`${year}-12-31`, ...doubtful].reduce((least, date) => (date < least ? date : least))
}

/** What a day off means for something received on it (reference 2.7, rule 6): an explicit choice of the caller. */
export type DayOffRule = 'thatDay' | 'nextWorkingDay'

/** The n-th working day after a date; the day itself is not counted (Civil Code art. 147). n = 0 gives a working day. */
export function addWorkingDays(
  calendar: Calendar,
  received: string,
  count: number,
  dayOff: DayOffRule = 'thatDay',
): CalendarDate {
  let date = dayOff === 'nextWorkingDay' ? workingDayFrom(calendar, received) : received
  for (let left = count; left > 0; ) {
    date = plusDays(date, 1)
    if (isWorkingDay(calendar, date)) left -= 1
  }
  return given(calendar, received, workingDayFrom(calendar, date))
}

/** The date itself when it is a working day, else the next one. */
export function nextWorkingDay(calendar: Calendar, from: string): CalendarDate {
  return given(calendar, from, workingDayFrom(calendar, from))
}

/** A term in calendar days; one that ends on a day off ends on the next working day (Civil Code art. 148). */
export function addCalendarDays(calendar: Calendar, received: string, count: number): CalendarDate {
  return given(calendar, received, workingDayFrom(calendar, plusDays(received, count)))
}

function given(calendar: Calendar, received: string, date: string): CalendarDate {
  return { date, confirmed: isSpanConfirmed(calendar, received, date) }
}

function workingDayFrom(calendar: Calendar, from: string): string {
  let date = from
  while (!isWorkingDay(calendar, date)) date = plusDays(date, 1)
  return date
}
