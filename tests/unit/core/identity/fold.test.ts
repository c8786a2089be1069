import { describe, expect, it } from 'vitest'
import { fold, searchKey, toneKey } from '../../../../core/identity/fold.ts'

describe('the search key', () => {
  it('forgets case, diacritics, đ and spaces', () => {
    expect(fold('  Đặng  Thị Ngọc ẨN ')).toBe('dang thi ngoc an')
    expect(fold('Nguyễn Đình Thuỷ'.normalize('NFD'))).toBe('nguyen dinh thuy')
    expect(fold('H’Mông')).toBe("h'mong")
  })

  it('takes i and y for one letter', () => {
    expect(searchKey('Vỹ Dạ')).toBe(searchKey('Vĩ Dạ'))
    expect(searchKey('Lý')).toBe(searchKey('Lí'))
  })
})

describe('the tone key', () => {
  it.each([
    ['Thuận Hoá', 'Thuận Hóa'],
    ['Thuỷ Xuân', 'Thủy Xuân'],
    ['uỷ', 'ủy'],
    ['khoẻ', 'khỏe'],
    ['tuý', 'túy'],
  ])('takes %s and %s for one', (one, other) => {
    expect(toneKey(one)).toBe(toneKey(other))
  })

  it.each([
    ['hòa', 'hoa'],
    ['An', 'Ân'],
    ['Lý', 'Lí'],
    ['đa', 'da'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(toneKey(one)).not.toBe(toneKey(other))
  })

  it('leaves qu, closed syllables and other vowels alone', () => {
    expect(toneKey('Quý')).toBe('quý')
    expect(toneKey('Hoàng')).toBe('hoàng')
    expect(toneKey('của')).toBe('của')
  })
})
