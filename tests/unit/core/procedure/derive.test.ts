import { describe, expect, it } from 'vitest'
import { withAnswer, type AnswerValue, type Answers } from '../../../../core/procedure/answers.ts'
import { derive, startAnswers } from '../../../../core/procedure/derive.ts'
import { birthAnswers, birthPack } from '../../../support/packs.ts'

const pack = birthPack()
const today = '2026-11-23'

/** The answers after somebody answers one question. */
function answered(before: Answers, id: string, value: AnswerValue | undefined): Answers {
  return derive(pack, withAnswer(before, id, value), id, { today, before })
}

describe('a fresh draft', () => {
  it('has the defaults that the pack names, and no ethnic group', () => {
    expect(startAnswers(pack, { today })).toEqual({
      'me.quocTich': 'VN',
      'cha.quocTich': 'VN',
      'con.quocTich': 'VN',
      'nyc.quocTich': 'VN',
      'camDoan.noi': 'Phú Xuân',
      'camDoan.ngay': '2026-11-23',
    })
  })
})

describe('the date of birth', () => {
  it('is written out in words and sets the kind of registration', () => {
    const answers = answered({}, 'con.ngaySinh', '2026-11-05')

    expect(answers['con.ngaySinhChu']).toBe('Ngày mùng năm, tháng mười một, năm hai nghìn không trăm hai mươi sáu')
    expect(answers['loaiDangKy']).toBe('lanDau')
  })

  it('corrected, corrects both', () => {
    const answers = answered(answered({}, 'con.ngaySinh', '2026-11-05'), 'con.ngaySinh', '2026-01-05')

    expect(answers['con.ngaySinhChu']).toBe('Ngày mùng năm, tháng một, năm hai nghìn không trăm hai mươi sáu')
    expect(answers['loaiDangKy']).toBe('quaHan')
  })

  it('corrected, leaves words that somebody has changed', () => {
    const first = answered({}, 'con.ngaySinh', '2026-11-05')
    const changed = answered(first, 'con.ngaySinhChu', 'Ngày năm tháng mười một')
    const answers = answered(changed, 'con.ngaySinh', '2026-01-05')

    expect(answers['con.ngaySinhChu']).toBe('Ngày năm tháng mười một')
    expect(answers['loaiDangKy']).toBe('quaHan')
  })

  it('taken out, takes its words along', () => {
    const answers = answered(answered({}, 'con.ngaySinh', '2026-11-05'), 'con.ngaySinh', undefined)

    expect(answers).toEqual({})
  })
})

describe('the requester', () => {
  const family = { 'me.hoTen': 'Trần Thị Bé', 'me.pid': '046190000001', 'me.docType': 'cccd', 'me.docNo': '046190000001' }

  it('who is the mother has her details', () => {
    expect(answered(family, 'nyc.quanHe', 'meDe')).toMatchObject({
      'nyc.hoTen': 'Trần Thị Bé',
      'nyc.pid': '046190000001',
      'nyc.docType': 'cccd',
      'nyc.docNo': '046190000001',
      'nyc.docIssuer': 'Cục Cảnh sát quản lý hành chính về trật tự xã hội',
    })
  })

  it('who turns out to be the grandmother loses them, and the mother keeps hers', () => {
    const answers = answered(answered(family, 'nyc.quanHe', 'meDe'), 'nyc.quanHe', 'ongBa')

    expect(answers).toMatchObject(family)
    expect(answers).not.toHaveProperty('nyc.hoTen')
    expect(answers).not.toHaveProperty('nyc.pid')
  })

  it('who was filled in first gives his details to the father', () => {
    const answers = answered(answered({}, 'nyc.quanHe', 'chaDe'), 'nyc.hoTen', 'Nguyễn Đình Thủy')

    expect(answers['cha.hoTen']).toBe('Nguyễn Đình Thủy')
  })

  it('who is the mother is corrected on both pages at once', () => {
    const same = answered(family, 'nyc.quanHe', 'meDe')

    expect(answered(same, 'me.hoTen', 'Trần Thị Bé Hai')['nyc.hoTen']).toBe('Trần Thị Bé Hai')
    expect(answered(same, 'nyc.hoTen', 'Trần Thị Bé Ba')['me.hoTen']).toBe('Trần Thị Bé Ba')
  })

  it('keeps an issuer that was changed by hand', () => {
    const card = answered({}, 'nyc.docType', 'cccd')
    const early = answered(card, 'nyc.docIssuer', 'Cục Cảnh sát ĐKQL cư trú và DLQG về dân cư')

    expect(answered(early, 'nyc.docType', 'hoChieu')['nyc.docIssuer']).toBe('Cục Cảnh sát ĐKQL cư trú và DLQG về dân cư')
  })
})

describe('the child', () => {
  it('has the ethnic group of both parents when they have the same', () => {
    const answers = answered({ 'me.danToc': 'Cơ-tu' }, 'cha.danToc', 'Cơ-tu')

    expect(answers['con.danToc']).toBe('Cơ-tu')
    expect(answered(answers, 'cha.danToc', 'Kinh')).not.toHaveProperty('con.danToc')
  })

  it('has the mother’s when the father is not known', () => {
    const before = { loaiKhaiSinh: 'chuaXacDinhCha' }

    expect(answered(before, 'me.danToc', 'Tà-ôi')['con.danToc']).toBe('Tà-ôi')
  })
})

describe('an identity paper', () => {
  it.each([
    ['cccd', 'Cục Cảnh sát quản lý hành chính về trật tự xã hội'],
    ['canCuoc', 'Bộ Công an'],
    ['hoChieu', 'Cục Quản lý xuất nhập cảnh'],
  ])('of the kind %s is issued by %s', (kind, issuer) => {
    expect(answered({}, 'nyc.docType', kind)['nyc.docIssuer']).toBe(issuer)
  })

  it('that is a card has the personal number, a passport has not', () => {
    const before = { 'me.pid': '046190000001' }
    const card = answered(before, 'me.docType', 'canCuoc')

    expect(card['me.docNo']).toBe('046190000001')
    expect(answered(card, 'me.docType', 'hoChieu')).not.toHaveProperty('me.docNo')
  })
})

describe('complete answers', () => {
  it('are not changed by answering the same again', () => {
    const before = birthAnswers()

    for (const id of Object.keys(before)) expect(answered(before, id, before[id])).toEqual(before)
  })
})
