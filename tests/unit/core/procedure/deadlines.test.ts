import { describe, expect, it } from 'vitest'
import { deadlineFor, expectedDate, latestDate } from '../../../../core/procedure/deadlines.ts'
import { localMoment } from '../../../../core/procedure/dates.ts'
import { aPack, birthPack, vietnameseCalendar } from '../../../support/packs.ts'

const calendar = vietnameseCalendar()
const { deadline } = birthPack()

describe('a result on the same day', () => {
  it.each([
    ['2026-11-23', '14:59', '2026-11-23'],
    ['2026-11-23', '15:00', '2026-11-25'],
    ['2026-11-21', '09:00', '2026-11-23'],
    ['2026-11-24', '16:00', '2026-11-25'],
  ])('received on %s at %s is expected on %s', (date, time, expected) => {
    expect(expectedDate(deadline, { date, time }, calendar)).toEqual({ date: expected, confirmed: true, verified: null })
  })

  it('counts the minute of the cut-off as still in time where the pack says so', () => {
    const lenient = { ...deadline, cutOff: { time: '15:00', inclusive: false } }

    expect(expectedDate(lenient, { date: '2026-11-23', time: '15:00' }, calendar).date).toBe('2026-11-23')
    expect(expectedDate(lenient, { date: '2026-11-23', time: '15:01' }, calendar).date).toBe('2026-11-25')
  })
})

describe('a result that falls into a year whose days off are not announced', () => {
  it('is not confirmed, though the day of reception is', () => {
    expect(expectedDate(deadline, { date: '2026-12-31', time: '14:00' }, calendar)).toMatchObject({ date: '2026-12-31', confirmed: true })
    expect(expectedDate(deadline, { date: '2026-12-31', time: '15:00' }, calendar)).toMatchObject({ date: '2027-01-04', confirmed: false })
  })

  it('may be only the later one of two: each date speaks for itself', () => {
    const pack = aPack({
      deadline: { kind: 'span', span: { amount: 3, unit: 'workingDays' }, verification: { amount: 8, unit: 'workingDays' }, dayOff: 'thatDay' },
    })
    const dates = expectedDate(pack.deadline, { date: '2026-12-24', time: '09:00' }, calendar)

    expect(dates).toEqual({ date: '2026-12-29', confirmed: true, verified: { date: '2027-01-06', confirmed: false } })
    expect(latestDate(dates)).toBe('2027-01-06')
    expect(latestDate({ ...dates, verified: null })).toBe('2026-12-29')
  })
})

describe('a result after some days', () => {
  it('has a second, later date when something must be verified', () => {
    const pack = aPack({
      deadline: {
        kind: 'span',
        span: { amount: 3, unit: 'workingDays' },
        verification: { amount: 8, unit: 'workingDays' },
        dayOff: 'thatDay',
      },
    })

    expect(expectedDate(pack.deadline, { date: '2026-11-23', time: '16:00' }, calendar)).toEqual({
      date: '2026-11-27',
      confirmed: true,
      verified: { date: '2026-12-04', confirmed: true },
    })
  })
})

describe('the local moment', () => {
  it('is seven hours ahead of UTC, also over midnight', () => {
    expect(localMoment(Date.parse('2026-11-23T07:59:00Z'))).toEqual({ date: '2026-11-23', time: '14:59' })
    expect(localMoment(Date.parse('2026-11-23T17:30:00Z'))).toEqual({ date: '2026-11-24', time: '00:30' })
  })
})

describe('a deadline with other terms for some answers', () => {
  const other = aPack({
    sections: [{ id: 's', fields: [{ id: 'viec', kind: 'choice', required: true, choices: [{ code: 'boSung' }, { code: 'caiChinh' }] }] }],
    deadline: {
      kind: 'span',
      span: { amount: 3, unit: 'workingDays' },
      dayOff: 'nextWorkingDay',
      cases: [{ when: { '==': [{ var: 'viec' }, 'boSung'] }, kind: 'sameDay', cutOff: { time: '15:00', inclusive: true } }],
    },
  })

  it.each([
    ['boSung', '2026-11-23'],
    ['caiChinh', '2026-11-27'],
  ])('of %s is %s', (viec, date) => {
    const terms = deadlineFor(other, { viec }, { today: '2026-11-23' })

    expect(expectedDate(terms, { date: '2026-11-23', time: '09:00' }, calendar)).toMatchObject({ date })
  })
})
