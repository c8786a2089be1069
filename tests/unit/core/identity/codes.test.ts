import { describe, expect, it } from 'vitest'
import { makeLocalCode, readLocalCode } from '../../../../core/identity/localCode.ts'
import { readOfficialCode } from '../../../../core/identity/officialCode.ts'

const today = '2026-11-24'

describe('an official code', () => {
  it.each(['H15.50.05.13-261008-0975', '000.00.12.H57-250106-0004', 'H57.45-261124-0007'])('%s is accepted', (code) => {
    expect(readOfficialCode(code, today)).toEqual({ ok: true, value: code })
  })

  it('may be typed in small letters with spaces', () => {
    expect(readOfficialCode(' h57.45-261124-0007 ', today)).toEqual({ ok: true, value: 'H57.45-261124-0007' })
  })

  it.each([
    ['H57.45-261324-0007', 'date'],
    ['H57.45-260230-0007', 'date'],
    ['H57.45-261125-0007', 'future'],
    ['H57.45-261124', 'pattern'],
    ['0007', 'pattern'],
    ['HUE-261124-0007', 'pattern'],
    ['TN-03-261124-007K', 'localCode'],
  ])('%s is refused: %s', (code, rule) => {
    expect(readOfficialCode(code, today)).toEqual({ ok: false, failure: { kind: 'officialCode', rule } })
  })
})

describe('a local code', () => {
  const code = makeLocalCode({ device: '03', date: '2026-11-24', sequence: 7 })

  it('names tablet, day and sequence and ends with a check character', () => {
    expect(code).toMatch(/^TN-03-261124-007[0-9A-HJKMNP-TV-Y]$/)
    expect(readLocalCode(code)).toEqual({ device: '03', date: '2026-11-24', sequence: 7 })
    expect(makeLocalCode({ device: 'A7K', date: '2026-11-24', sequence: 12345 })).toMatch(/^TN-A7K-261124-12345.$/)
  })

  it('is read as people type it', () => {
    expect(readLocalCode(` ${code.toLowerCase()} `)).toEqual({ device: '03', date: '2026-11-24', sequence: 7 })
    expect(readLocalCode(code.replace('03', 'O3'))).toEqual({ device: '03', date: '2026-11-24', sequence: 7 })
  })

  it('with any one character wrong is refused', () => {
    const places = Array.from(code).flatMap((character, at) => (at < 3 || character === '-' ? [] : [at]))
    const wrong = places.flatMap((at) =>
      Array.from('0123456789').filter((digit) => digit !== code[at]).map((digit) => code.slice(0, at) + digit + code.slice(at + 1)),
    )

    expect(wrong.filter((text) => readLocalCode(text) !== null)).toEqual([])
  })

  it('with two neighbours swapped is refused', () => {
    const long = makeLocalCode({ device: '17', date: '2026-10-29', sequence: 4803 })
    const swapped = [3, 6, 7, 8, 9, 10, 13, 14, 15]
      .map((at) => long.slice(0, at) + (long[at + 1] ?? '') + (long[at] ?? '') + long.slice(at + 2))
      .filter((text) => text !== long)

    expect(swapped.filter((text) => readLocalCode(text) !== null)).toEqual([])
  })

  it('is never taken for an official one', () => {
    expect(readOfficialCode(code, today)).toMatchObject({ ok: false, failure: { rule: 'localCode' } })
  })

  it('needs a real device and sequence', () => {
    expect(() => makeLocalCode({ device: '3', date: '2026-11-24', sequence: 7 })).toThrow(RangeError)
    expect(() => makeLocalCode({ device: '03', date: '2026-11-24', sequence: 0 })).toThrow(RangeError)
  })
})
