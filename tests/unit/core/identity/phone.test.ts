import { describe, expect, it } from 'vitest'
import { convertedMobile, phoneKind, phoneText, readPhone } from '../../../../core/identity/phone.ts'

describe('a phone number', () => {
  it.each([
    ['0905 123 456', '0905123456'],
    ['+84 905-123-456', '0905123456'],
    ['84905123456', '0905123456'],
    ['0084905.123.456', '0905123456'],
    ['+84 (0)905 123 456', '0905123456'],
    ['(0234) 3822 222', '02343822222'],
  ])('%s is kept as %s', (typed, kept) => {
    expect(phoneText(typed)).toBe(kept)
  })

  it.each([
    ['0905123456', 'mobile'],
    ['02343822222', 'landline'],
    ['18001096', 'hotline'],
    ['0205123456', null],
    ['090512345', null],
    ['09051234567', null],
    ['abc', null],
  ])('%s is of the kind %s', (digits, kind) => {
    expect(phoneKind(digits)).toBe(kind)
  })

  it.each([
    ['01205123456', '0705123456'],
    ['01645123456', '0345123456'],
    ['01995123456', '0595123456'],
  ])('of eleven digits, %s, became %s in 2018', (old, now) => {
    expect(convertedMobile(old)).toBe(now)
  })

  it('of today is not converted', () => {
    expect(convertedMobile('0905123456')).toBeNull()
    expect(convertedMobile('01105123456')).toBeNull()
  })

  it('is read in groups', () => {
    expect(readPhone('0905123456')).toBe('0905 123 456')
    expect(readPhone('02343822222')).toBe('0234 3822 222')
  })
})
