import { describe, expect, it } from 'vitest'
import { acceptanceOf, codeTrouble, dateTrouble, isPastConfirmed, isWeekend, tidyCode } from '../../../desk/acceptance.ts'

const today = '2026-11-24'

describe('accepting', () => {
  it.each(['H57.45-261124-0007', 'h57.45-261124-0007', ' H57.45 - 261124 - 0007 ', '000.00.12.H57-250106-0004'])('takes the official code %s', (code) => {
    expect(codeTrouble(code, today)).toBeNull()
  })

  it.each([
    ['TN-03-261124-007K', 'codeLocal'],
    ['H57.45-261324-0007', 'codeDate'],
    ['H57.45-261125-0007', 'codeFuture'],
    ['H57', 'codePattern'],
    ['', 'codePattern'],
    ['<img src=x onerror=alert(1)>', 'codePattern'],
  ] as const)('refuses %s as %s', (code, trouble) => {
    expect(codeTrouble(code, today)).toBe(trouble)
  })

  it('puts a readable code in its one form and leaves others as typed', () => {
    expect(tidyCode('h57.45-261124-0007 ', today)).toBe('H57.45-261124-0007')
    expect(tidyCode('h57.4', today)).toBe('h57.4')
  })

  it('promises no date that is past or does not exist', () => {
    expect(dateTrouble('2026-11-23', today)).toBe('past')
    expect(dateTrouble('2026-02-30', today)).toBe('dateShape')
    expect(dateTrouble('31//2026', today)).toBe('dateShape')
    expect(dateTrouble('2026-11-24', today)).toBeNull()
  })

  it('points out a Saturday', () => {
    expect(isWeekend('2026-11-28')).toBe(true)
    expect(isWeekend('2026-11-27')).toBe(false)
  })

  it('says of every date, also of one that an officer chose, whether its days off are announced', () => {
    const expected = { resultOn: '2026-12-30', calendarConfirmed: true, confirmedUntil: '2026-12-31' }

    expect(isPastConfirmed('2026-12-31', expected)).toBe(false)
    expect(isPastConfirmed('2027-01-04', expected)).toBe(true)
    expect(isPastConfirmed('2027-01-04', { resultOn: '2027-01-04', calendarConfirmed: false })).toBe(true)
    expect(isPastConfirmed('31//2026', expected)).toBe(false)
    expect(isPastConfirmed('2027-01-04', null)).toBe(false)
  })

  it('makes a request only of what is right', () => {
    expect(acceptanceOf({ code: 'h57.45-261124-0007', resultOn: '2026-11-25' }, today)).toEqual({ code: 'H57.45-261124-0007', resultOn: '2026-11-25' })
    expect(acceptanceOf({ code: 'h57.45-261124-0007', resultOn: '2026-11-20' }, today)).toBeNull()
  })
})
