import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maxCardText, readCard } from '../../core/identity/cardQr.ts'
import { addressFromOldText } from '../../core/identity/formerUnits.ts'
import { addressSchema } from '../../core/procedure/answers.ts'
import { isDay } from '../../core/procedure/dates.ts'
import * as v from 'valibot'

const hostile = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.string({ unit: 'grapheme', maxLength: 80 }), fc.constantFrom('|', '\ufeff', '\ud800', '\u0000', '__proto__', '?', 'Nữ', 'nu'))
const digits = (count: number): fc.Arbitrary<string> => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: count, maxLength: count }).map((all) => all.join(''))
const day = fc.tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1900, max: 2030 }))
  .map(([d, m, y]) => `${String(d).padStart(2, '0')}${String(m).padStart(2, '0')}${String(y)}`)
const place = fc.constantFrom('Thuận Hòa, Thành phố Huế, Thừa Thiên Huế', 'Hương Xuân, Thừa Thiên Huế', 'Xã A, Huyện B, Quảng Nam', 'đâu đó')
const name = fc.constantFrom('Trần Thị Bé', 'Công Tằng Tôn Nữ Hỷ Khương', 'K’Vân', 'Nguyễn Đình Thuỷ')
/** A card of which any piece may be nonsense. */
const card = fc.tuple(
  fc.oneof(digits(12), hostile), fc.oneof(digits(9), fc.constant(''), hostile), fc.oneof(name, hostile), fc.oneof(day, hostile),
  fc.oneof(fc.constantFrom('Nam', 'Nữ'), hostile), fc.oneof(place, hostile), fc.oneof(day, hostile),
)
/** What stands beyond the seventh piece: words that occur nowhere else. */
const extra = fc.array(fc.constantFrom('ZEXTRAZ Nguyễn', 'ZEXTRAZ079', '', 'ZEXTRAZ|'), { maxLength: 6 })

describe('reading a card', () => {
  it('answers every text and throws at none', () => {
    fc.assert(fc.property(fc.oneof(hostile, fc.array(hostile, { maxLength: 14 }).map((pieces) => pieces.join('|'))), (text) => {
      expect(typeof readCard(text, '2026-11-24').ok).toBe('boolean')
      expect(typeof addressFromOldText(text).kind).toBe('string')
    }), { numRuns: 600 })
  })

  it('offers only what validates and names the rest', () => {
    fc.assert(fc.property(card, (pieces) => {
      const result = readCard(pieces.join('|'))
      if (!result.ok) return
      const { facts, failed } = result.value
      if (facts.pid !== undefined) expect(facts.pid).toMatch(/^\d{12}$/)
      if (facts.oldNumber !== undefined) expect(facts.oldNumber).toMatch(/^\d{9}$/)
      for (const date of [facts.birthDate, facts.docDate]) if (date !== undefined) expect(isDay(date)).toBe(true)
      if (facts.address !== undefined) expect(v.is(addressSchema, facts.address)).toBe(true)
      for (const field of failed) expect(facts[field]).toBeUndefined()
      for (const field of ['pid', 'fullName', 'birthDate', 'sex', 'address'] as const) expect(failed.includes(field)).toBe(facts[field] === undefined)
    }), { numRuns: 600 })
  })

  it('keeps nothing of the pieces beyond the seventh but their count', () => {
    fc.assert(fc.property(card.filter((pieces) => pieces.every((piece) => !piece.includes('|'))), extra, (pieces, more) => {
      const result = readCard([...pieces, ...more].join('|'))
      expect(JSON.stringify(result)).not.toContain('ZEXTRAZ')
      if (result.ok) expect(result.value.extras).toBe(more.join('|') === '' && more.length === 0 ? 0 : more.join('|').split('|').length)
    }), { numRuns: 400 })
  })

  it('reads composed and decomposed letters alike', () => {
    fc.assert(fc.property(card, (pieces) => {
      const text = pieces.join('|')
      if (text.normalize('NFD').length > maxCardText) return
      expect(readCard(text.normalize('NFD'))).toEqual(readCard(text.normalize('NFC')))
    }), { numRuns: 300 })
  })

  it('refuses a megabyte of anything', () => {
    fc.assert(fc.property(hostile.filter((text) => text !== ''), (text) => {
      expect(readCard(text.repeat(Math.ceil(1_000_000 / text.length)))).toEqual({ ok: false, failure: { kind: 'card', rule: 'tooLong' } })
    }), { numRuns: 20 })
  })
})
