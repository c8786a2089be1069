/** The calendar of days off that came with this version of the app. A date that crosses an unpublished year says so. */
import days from '../../procedures/calendar/vn.json'
import { parseCalendar, type Calendar } from '../../core/procedure/calendar.ts'

const parsed = parseCalendar(days)
const nothingConfirmed: Calendar = { format: 1, source: '', confirmedYears: [], days: [] }

export const holidays: Calendar = parsed.ok ? parsed.value : nothingConfirmed
