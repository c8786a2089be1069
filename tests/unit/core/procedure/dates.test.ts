import { describe, expect, it } from 'vitest'
import { dateInWords, yearInWords } from '../../../../core/procedure/dateInWords.ts'
import {
  daysBetween,
  isAfter,
  parsePartialDate,
  plusDays,
  readDate,
  wholeYearsBetween,
  type PartialDate,
} from '../../../../core/procedure/dates.ts'

function day(text: string): PartialDate {
  const date = parsePartialDate(text)
  if (date === null) throw new Error('no date')
  return date
}

describe('a date', () => {
  it('may be known to the day, the month or the year', () => {
    expect(parsePartialDate('1938')).toEqual({ year: 1938, month: null, day: null })
    expect(parsePartialDate('1938-02')).toEqual({ year: 1938, month: 2, day: null })
    expect(parsePartialDate('2024-02-29')).toEqual({ year: 2024, month: 2, day: 29 })
  })

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '0001', '9999-01-01', '', 'abc', 5, null])(
    'that is not one is %j',
    (text) => {
      expect(parsePartialDate(text)).toBeNull()
    },
  )

  it('is counted in days over months and leap years', () => {
    expect(daysBetween('2026-09-24', '2026-11-23')).toBe(60)
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2)
    expect(plusDays('2026-12-31', 1)).toBe('2027-01-01')
  })

  it('known by the year alone makes nobody younger than he may be', () => {
    expect(wholeYearsBetween(day('2008-11-24'), day('2026-11-23'))).toBe(17)
    expect(wholeYearsBetween(day('2008-11-23'), day('2026-11-23'))).toBe(18)
    expect(wholeYearsBetween(day('2008'), day('2026-01-01'))).toBe(18)
    expect(wholeYearsBetween(day('2008-12'), day('2026-11-23'))).toBe(17)
  })

  it('of this year or month is not in the future', () => {
    expect(isAfter(day('2026'), '2026-11-23')).toBe(false)
    expect(isAfter(day('2026-12'), '2026-11-23')).toBe(true)
    expect(isAfter(day('2026-11-24'), '2026-11-23')).toBe(true)
    expect(isAfter(day('2026-11-23'), '2026-11-23')).toBe(false)
  })

  it('is read with the day first', () => {
    expect([readDate('2026-01-05'), readDate('1938-02'), readDate('1938')]).toEqual(['05/01/2026', '02/1938', '1938'])
  })
})

describe('a date in words', () => {
  it.each([
    ['2026-01-05', 'Ngày mùng năm, tháng một, năm hai nghìn không trăm hai mươi sáu'],
    ['2026-04-10', 'Ngày mùng mười, tháng tư, năm hai nghìn không trăm hai mươi sáu'],
    ['2005-12-15', 'Ngày mười lăm, tháng mười hai, năm hai nghìn không trăm linh năm'],
    ['1990-11-21', 'Ngày hai mươi mốt, tháng mười một, năm một nghìn chín trăm chín mươi'],
    ['2011-07-24', 'Ngày hai mươi tư, tháng bảy, năm hai nghìn không trăm mười một'],
    ['1995-10-25', 'Ngày hai mươi lăm, tháng mười, năm một nghìn chín trăm chín mươi lăm'],
    ['1900-08-31', 'Ngày ba mươi mốt, tháng tám, năm một nghìn chín trăm'],
    ['2000-02-14', 'Ngày mười bốn, tháng hai, năm hai nghìn'],
    ['2121-03-30', 'Ngày ba mươi, tháng ba, năm hai nghìn một trăm hai mươi mốt'],
  ])('%s is "%s"', (date, words) => {
    expect(dateInWords(date)).toBe(words)
  })

  it('needs the day', () => {
    expect(dateInWords('2026-01')).toBeNull()
    expect(dateInWords('x')).toBeNull()
  })

  it('of 1950 says no "linh"', () => {
    expect(yearInWords(1950)).toBe('một nghìn chín trăm năm mươi')
  })
})
