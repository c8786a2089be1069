import { describe, expect, it } from 'vitest'
import { base64url, fromBase64url, sameBytes, textOf, utf8 } from '../../../core/bytes.ts'
import { canonical } from '../../../core/canonical.ts'
import { isApplicationId, packOf, packRef, uuidv7 } from '../../../core/ids.ts'

describe('canonical JSON', () => {
  it('has one text for one value', () => {
    expect(canonical({ b: [1, 'đ', null], a: { y: true, x: undefined } })).toBe('{"a":{"y":true},"b":[1,"đ",null]}')
  })

  it('refuses numbers that JSON does not know', () => {
    expect(() => canonical(Number.NaN)).toThrow(RangeError)
  })

  it('writes minus zero as zero', () => {
    expect(canonical(-0)).toBe('0')
  })
})

describe('bytes', () => {
  it('come back from base64url, whatever they are', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, at) => at)

    expect(fromBase64url(base64url(bytes))).toEqual(bytes)
  })

  it.each(['a', 'a=', 'a+b/', 'ế'])('are not read from %j', (text) => {
    expect(fromBase64url(text)).toBeNull()
  })

  it('that are not UTF-8 have no text', () => {
    expect(textOf(new Uint8Array([0xff, 0xfe]))).toBeNull()
    expect(textOf(utf8('Huế'))).toBe('Huế')
  })

  it('are compared in full', () => {
    expect(sameBytes(utf8('ab'), utf8('ab'))).toBe(true)
    expect(sameBytes(utf8('ab'), utf8('ac'))).toBe(false)
    expect(sameBytes(utf8('ab'), utf8('abc'))).toBe(false)
  })
})

describe('ids', () => {
  it('are UUIDs of version 7 that begin with their time', () => {
    const id = uuidv7(0x0193_0000_0000, new Uint8Array(10).fill(0xff))

    expect(id).toBe('01930000-0000-7fff-bfff-ffffffffffff')
    expect(isApplicationId(id)).toBe(true)
    expect(isApplicationId('01930000-0000-4fff-bfff-ffffffffffff')).toBe(false)
  })

  it('of packs name code and version', () => {
    expect(packOf(packRef('1.001193', '1.0.0'))).toEqual({ code: '1.001193', version: '1.0.0' })
  })
})
