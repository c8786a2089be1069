import { describe, expect, it } from 'vitest'
import {
  maskedPersonalNumber,
  personalNumberFindings,
  personalNumberText,
  provincesInNumbers,
  readPersonalNumber,
  type PersonalNumber,
} from '../../../../core/identity/personalNumber.ts'
import { provinces } from '../../../../core/identity/units.ts'

function read(text: string): PersonalNumber {
  const number = readPersonalNumber(text)
  if (number === null) throw new Error('not a number')
  return number
}

describe('a personal number', () => {
  it.each([
    ['046190000001', '46', 'nu', 1990],
    ['046203000002', '46', 'nam', 2003],
    ['046317000003', '46', 'nu', 2017],
    ['046090000004', '46', 'nam', 1990],
    ['058185000009', '56', 'nu', 1985],
  ])('%s tells province, sex and year of birth', (text, provinceCode, sex, birthYear) => {
    expect(read(text)).toMatchObject({ provinceCode, sex, birthYear })
  })

  it.each(['', '46190000001', '0461900000012', '04619000000x', '046 19000001'])('is not %j', (text) => {
    expect(readPersonalNumber(text)).toBeNull()
  })

  it('may be written in groups', () => {
    expect(personalNumberText('046 190-000.001')).toBe('046190000001')
  })

  it('with a century of nobody alive is doubtful', () => {
    expect(personalNumberFindings(read('046490000005'))).toEqual(['century'])
  })

  it('from no province of Viet Nam is doubtful, it may be a country', () => {
    expect(personalNumberFindings(read('003190000001'))).toEqual(['province'])
  })

  it('is compared with what else is known of the person', () => {
    expect(personalNumberFindings(read('046190000001'), { birthYear: 1991, sex: 'nam' })).toEqual(['birthYear', 'sex'])
    expect(personalNumberFindings(read('046190000001'), { birthYear: 1990, sex: 'nu' })).toEqual([])
  })

  it('knows the 63 provinces of old, which are the 34 of today', () => {
    expect(Object.keys(provincesInNumbers)).toHaveLength(63)
    expect([...new Set(Object.values(provincesInNumbers))].sort()).toEqual(provinces.map(({ code }) => code).sort())
  })

  it('is shown masked on lists', () => {
    expect(maskedPersonalNumber('046190000001')).toBe('046••••••001')
    expect(maskedPersonalNumber('0461')).toBe('••••')
  })
})
