import { describe, expect, it } from 'vitest'
import { addCalendarDays, addWorkingDays, confirmedUntil, isSpanConfirmed, isWorkingDay, parseCalendar } from '../../../../core/procedure/calendar.ts'
import { vietnameseCalendar } from '../../../support/packs.ts'

const calendar = vietnameseCalendar()

describe('working days', () => {
  it.each([
    ['2026-11-23', 1, '2026-11-25'],
    ['2026-11-23', 3, '2026-11-27'],
    ['2026-11-20', 3, '2026-11-26'],
    ['2026-11-21', 3, '2026-11-26'],
    ['2026-11-23', 10, '2026-12-08'],
    ['2026-02-13', 1, '2026-02-23'],
    ['2026-02-12', 3, '2026-02-24'],
    ['2026-04-24', 1, '2026-04-28'],
    ['2026-04-24', 5, '2026-05-06'],
    ['2026-04-29', 3, '2026-05-06'],
    ['2026-08-20', 2, '2026-08-22'],
    ['2026-08-28', 3, '2026-09-07'],
  ])('received on %s, %i working days end on %s', (received, count, date) => {
    expect(addWorkingDays(calendar, received, count)).toEqual({ date, confirmed: true })
  })

  it('into a year without a published calendar end on a date that is not confirmed', () => {
    expect(addWorkingDays(calendar, '2026-12-31', 1)).toEqual({ date: '2027-01-04', confirmed: false })
    expect(addWorkingDays(calendar, '2030-06-03', 1)).toEqual({ date: '2030-06-04', confirmed: false })
  })

  it('run from the next working day for what comes in on a day off, where the caller chooses so', () => {
    expect(addWorkingDays(calendar, '2026-11-21', 3, 'nextWorkingDay')).toEqual({ date: '2026-11-27', confirmed: true })
  })

  it('are no weekends and no holidays, but a swapped Saturday is one', () => {
    expect(isWorkingDay(calendar, '2026-11-24')).toBe(false)
    expect(isWorkingDay(calendar, '2026-11-22')).toBe(false)
    expect(isWorkingDay(calendar, '2026-08-22')).toBe(true)
    expect(isWorkingDay(calendar, '2026-08-31')).toBe(false)
    expect(isWorkingDay(calendar, '2026-11-25')).toBe(true)
  })
})

describe('calendar days', () => {
  it('that end on a day off end on the next working day', () => {
    expect(addCalendarDays(calendar, '2026-11-20', 4)).toEqual({ date: '2026-11-25', confirmed: true })
    expect(addCalendarDays(calendar, '2026-11-20', 3)).toEqual({ date: '2026-11-23', confirmed: true })
  })
})

describe('a date that is given out', () => {
  const published = (confirmedYears: number[]) => ({ ...calendar, confirmedYears, days: calendar.days.map((day) => ({ ...day, confirmed: true })) })

  it.each([
    ['2026-11-23', '2026-12-08', [2026], true],
    ['2026-02-12', '2026-02-24', [2026], true],
    ['2026-12-31', '2026-12-31', [2026], true],
    ['2026-12-31', '2027-01-04', [2026], false],
    ['2026-12-31', '2027-01-04', [2027], false],
    ['2026-12-31', '2027-01-04', [2026, 2027], true],
    ['2027-01-04', '2027-01-05', [2026], false],
    ['2026-06-01', '2028-06-01', [2026, 2028], false],
  ] as const)('from %s to %s with %j published is confirmed: %s', (received, result, years, confirmed) => {
    expect(isSpanConfirmed(published([...years]), received, result)).toBe(confirmed)
  })

  it('is not confirmed by one doubtful day off on its way, and is by one outside', () => {
    const doubtful = { ...published([2026]), days: [{ date: '2026-12-02', name: 'x', kind: 'legal', confirmed: false } as const] }

    expect(isSpanConfirmed(doubtful, '2026-11-23', '2026-12-08')).toBe(false)
    expect(isSpanConfirmed(doubtful, '2026-11-23', '2026-12-01')).toBe(true)
    expect(addCalendarDays(doubtful, '2026-11-23', 20)).toEqual({ date: '2026-12-14', confirmed: false })
  })

  it('may lie as late as the published years and the first doubtful day allow', () => {
    expect(confirmedUntil(calendar, '2026-11-24')).toBe('2026-12-31')
    expect(confirmedUntil(published([2026, 2027, 2029]), '2026-11-24')).toBe('2027-12-31')
    expect(confirmedUntil({ ...calendar, confirmedYears: [2026, 2027] }, '2026-11-24')).toBe('2026-12-31')
    expect(confirmedUntil({ ...calendar, confirmedYears: [2026, 2027] }, '2027-01-02')).toBe('2027-02-05')
    expect(confirmedUntil(calendar, '2027-01-02')).toBeNull()
  })
})

describe('a calendar file', () => {
  it('with a day that does not exist is refused', () => {
    const day = { date: '2026-02-30', name: 'x', kind: 'legal', confirmed: true }

    expect(parseCalendar({ format: 1, source: 'x', confirmedYears: [], days: [day] })).toMatchObject({
      ok: false,
      failure: { kind: 'packInvalid' },
    })
  })
})
