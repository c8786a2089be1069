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

const isConfirmed = (calendar: Calendar, date: string): boolean =>
  calendar.confirmedYears.includes(Number(date.slice(0, 4))) &&
  calendar.days.every((day) => day.date !== date || day.confirmed)

/** What a day off means for something received on it (reference 2.7, rule 6): an explicit choice of the caller. */
export type DayOffRule = 'thatDay' | 'nextWorkingDay'

/** The n-th working day after a date; the day itself is not counted (Civil Code art. 147). n = 0 gives a working day. */
export function addWorkingDays(
  calendar: Calendar,
  received: string,
  count: number,
  dayOff: DayOffRule = 'thatDay',
): CalendarDate {
  const start = dayOff === 'nextWorkingDay' ? nextWorkingDay(calendar, received) : { date: received, confirmed: true }
  let { date } = start
  let confirmed = start.confirmed && isConfirmed(calendar, received)
  for (let left = count; left > 0; ) {
    date = plusDays(date, 1)
    confirmed &&= isConfirmed(calendar, date)
    if (isWorkingDay(calendar, date)) left -= 1
  }
  if (count > 0) return { date, confirmed }
  const landed = nextWorkingDay(calendar, date)
  return { date: landed.date, confirmed: confirmed && landed.confirmed }
}

/** The date itself when it is a working day, else the next one. */
export function nextWorkingDay(calendar: Calendar, from: string): CalendarDate {
  let date = from
  let confirmed = isConfirmed(calendar, date)
  while (!isWorkingDay(calendar, date)) {
    date = plusDays(date, 1)
    confirmed &&= isConfirmed(calendar, date)
  }
  return { date, confirmed }
}

/** A term in calendar days; one that ends on a day off ends on the next working day (Civil Code art. 148). */
export function addCalendarDays(calendar: Calendar, received: string, count: number): CalendarDate {
  const landed = nextWorkingDay(calendar, plusDays(received, count))
  return { date: landed.date, confirmed: landed.confirmed && isConfirmed(calendar, received) }
}
