/**
 * Until when. The app is not the receiving system, so what it shows is "dự kiến" (expected), never "hẹn" (promised);
 * the officer's promised date starts from the same arithmetic.
 */
import { addCalendarDays, addWorkingDays, isSpanConfirmed, nextWorkingDay, type Calendar, type CalendarDate } from './calendar.ts'
import { plusDays } from './dates.ts'
import type { Answers } from './answers.ts'
import { holds, type RuleContext } from './conditions.ts'
import type { Deadline, Pack, Span } from './packShape.ts'
import { pruneHidden } from './validate.ts'

/** Local date and time of day in Viet Nam (`dates.ts`, `localMoment`). */
export interface LocalMoment {
  readonly date: string
  readonly time: string
}

export interface ExpectedDate extends CalendarDate {
  /** The latest date when something has to be verified elsewhere, or null when the procedure knows no such case. */
  readonly verified: CalendarDate | null
}

type Terms = Pick<Deadline, 'kind' | 'cutOff' | 'span' | 'verification'>

/** The terms that hold for these answers: those of the first case that fits, else the usual ones. */
export function deadlineFor(pack: Pack, answers: Answers, context: RuleContext): Deadline {
  const { cases = [], ...usual } = pack.deadline
  const asked = pruneHidden(pack, answers, context)
  const found = cases.find(({ when }) => holds(when, asked, context))
  if (found === undefined) return usual
  const { kind, cutOff, span, verification } = found
  const terms: Terms = {
    kind,
    ...(cutOff === undefined ? {} : { cutOff }),
    ...(span === undefined ? {} : { span }),
    ...(verification === undefined ? {} : { verification }),
  }
  return { ...terms, dayOff: usual.dayOff }
}

/** When the result can be expected for a complete application received at this moment. */
export function expectedDate(deadline: Deadline, received: LocalMoment, calendar: Calendar): ExpectedDate {
  const main =
    deadline.kind === 'sameDay' ? sameDay(deadline, received, calendar) : after(deadline, deadline.span, received, calendar)
  const verified =
    deadline.verification === undefined ? null : after(deadline, deadline.verification, received, calendar)
  return { ...main, verified }
}

/** The later of the two dates that an officer may give out: with verification where the procedure knows it. */
export function latestDate({ date, verified }: ExpectedDate): string {
  return verified !== null && verified.date > date ? verified.date : date
}

function sameDay({ cutOff }: Deadline, { date, time }: LocalMoment, calendar: Calendar): CalendarDate {
  const late = cutOff !== undefined && (cutOff.inclusive ? time >= cutOff.time : time > cutOff.time)
  const today = nextWorkingDay(calendar, date)
  if (!late || today.date !== date) return today
  const next = nextWorkingDay(calendar, plusDays(date, 1))
  return { date: next.date, confirmed: isSpanConfirmed(calendar, date, next.date) }
}

function after({ dayOff }: Deadline, span: Span | undefined, received: LocalMoment, calendar: Calendar): CalendarDate {
  const { amount, unit } = span ?? { amount: 0, unit: 'workingDays' }
  return unit === 'workingDays'
    ? addWorkingDays(calendar, received.date, amount, dayOff)
    : addCalendarDays(calendar, received.date, amount)
}
