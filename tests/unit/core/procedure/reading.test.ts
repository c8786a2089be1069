import { describe, expect, it } from 'vitest'
import { fieldOf } from '../../../../core/procedure/pack.ts'
import { problem } from '../../../../core/procedure/problems.ts'
import { readAnswer, readProblem } from '../../../../core/procedure/reading.ts'
import { birthAnswers, birthPack, birthTexts, generalTexts } from '../../../support/packs.ts'

function read(id: string, locale: 'vi' | 'en'): string {
  const field = fieldOf(birthPack(), id)
  if (field === undefined) throw new Error('no field')
  return readAnswer(field, birthAnswers(), birthTexts(locale))
}

describe('an answer', () => {
  it('is read in the words of the language', () => {
    expect(read('loaiDangKy', 'vi')).toBe('Đăng ký lần đầu (đúng hạn)')
    expect(read('loaiDangKy', 'en')).toBe('First registration (on time)')
    expect(read('con.hoTen', 'vi')).toBe('NGUYỄN ĐÌNH MINH AN')
    expect(read('con.ngaySinh', 'en')).toBe('05/11/2026')
    expect(read('banSao.coCap', 'vi')).toBe('Có')
    expect(read('me.noiCuTru', 'vi')).toBe('12 Kiệt 5 Đặng Thái Thân, Phường Phú Xuân, Thành phố Huế')
  })

  it('that is not there is read as nothing', () => {
    expect(read('nyc.email', 'vi')).toBe('')
  })
})

describe('a problem', () => {
  it('is a sentence of the pack or of the general rules, with its numbers', () => {
    const late = problem('loaiDangKy', 'dangKy.quaHanMaGhiLanDau', 'error', { days: 60 })
    const range = problem('banSao.soLuong', 'number.range', 'error', { min: 1, max: 50 })

    expect(readProblem(late, birthTexts('vi'), generalTexts('vi'))).toBe(
      'Trẻ đã sinh hơn 60 ngày, xin chọn “Đăng ký quá hạn”.',
    )
    expect(readProblem(range, birthTexts('en'), generalTexts('en'))).toBe('Please give a number from 1 to 50.')
  })
})
