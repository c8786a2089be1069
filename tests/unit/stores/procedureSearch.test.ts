import { describe, expect, it } from 'vitest'
import { packRef } from '../../../core/ids.ts'
import { indexProcedures } from '../../../src/stores/procedureSearch.ts'
import { birthProcedure } from '../../support/screens/birth.ts'

const birth = birthProcedure()
const birthRef = birth.ref
const marriageRef = packRef('1.000894', '1.0.0')
const { vi, en } = birth.texts

/** A second procedure with the same general words, so that ranking has something to rank. */
const marriage = {
  ref: marriageRef,
  texts: {
    vi: { ...vi, name: 'Thủ tục đăng ký kết hôn', shortName: 'Kết hôn', everydayWords: ['lấy vợ', 'lấy chồng', 'giấy kết hôn', 'trẻ con lớn'], summary: '' },
    en: { ...en, name: 'Marriage registration', shortName: 'Marriage', everydayWords: ['wedding'], summary: '' },
  },
}

describe('finding a procedure', () => {
  it.each([
    'làm giấy tờ cho em bé',
    'lam giay to cho em be',
    'làm giấy tờ cho em b',
    'tôi muốn xin giấy tờ cho trẻ sơ sinh ở quê',
    'giấy tờ cho con',
    'papers for my new baby',
  ])('finds the birth although not every word of "%s" stands there', (words) => {
    expect(indexProcedures([birth])(words)).toEqual([birthRef])
  })

  it.each(['ket hon', 'kết hôn', 'đăng ký kết hôn', 'làm giấy kết hôn', 'giấy tờ', 'thủ tục cho tôi', 'làm căn cước cho con', 'giấy tờ xe máy', 'marriage certificate', 'register a company', '?!'])(
    'does not show the birth for "%s"',
    (words) => {
      expect(indexProcedures([birth])(words)).toEqual([])
    },
  )

  it('puts first where more words fit', () => {
    const find = indexProcedures([birth, marriage])

    expect(find('dang ky')).toHaveLength(2)
    expect(find('đăng ký kết hôn')).toEqual([marriageRef])
    expect(find('trẻ con lấy chồng sinh')).toEqual([marriageRef, birthRef])
    expect(find('trẻ con đẻ sinh lấy')).toEqual([birthRef, marriageRef])
    expect(find('làm lễ lấy chồng')).toEqual([marriageRef])
  })
})
