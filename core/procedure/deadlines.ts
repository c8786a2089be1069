/**
 * Until when. The app is not the receiving system, so what it shows is "dự kiến" (expected), never "hẹn" (promised);
 * the officer's promised date starts from the same arithmetic.
 */
import { addCalendarDays, addWorkingDays, nextWorkingDay, type Calendar, type CalendarDate } from './calendar.ts'
import { plusDays } from './dates.ts'
import type { Deadline, Span } from './packShape.ts'

/** Local date and time of day in Viet Nam (`dates.ts`, `localMoment`). */
export interface LocalMoment {
  readonly date: string
  readonly time: string
}

export interface ExpectedDate extends CalendarDate {
  /** The latest date when something has to be verified elsewhere, or null when the procedure knows no such case. */
  readonly verified: CalendarDate | null
}

/** When the result can be expected for a complete application received at this moment. */
export function expectedDate(deadline: Deadline, received: LocalMoment, calendar: Calendar): ExpectedDate {
  const main =
    deadline.kind === 'sameDay' ? sameDay(deadline, received, calendar) : after(deadline, deadline.span, received, calendar)
  const verified =
    deadline.verification === undefined ? null : after(deadline, deadline.verification, received, calendar)
  return { ...main, verified }
}

function sameDay({ cutOff }: Deadline, { date, time }: LocalMoment, calendar: Calendar): CalendarDate {
  const late = cutOff !== undefined && (cutOff.inclusive ? time >= cutOff.time : time > cutOff.time)
  const today = nextWorkingDay(calendar, date)
  if (!late || today.date !== date) return today
  const next = nextWorkingDay(calendar, plusDays(date, 1))
  return { date: next.date, confirmed: today.confirmed && next.confirmed }
}

function after({ dayOff }: Deadline, span: Span | undefined, received: LocalMoment, calendar: Calendar): CalendarDate {
  const { amount, unit } = span ?? { amount: 0, unit: 'workingDays' }
  return unit === 'workingDays'
    ? addWorkingDays(calendar, received.date, amount, dayOff)
    : addCalendarDays(calendar, received.date, amount)
}
