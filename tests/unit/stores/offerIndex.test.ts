import { describe, expect, it } from 'vitest'
import { offersOf, type Offer } from '../../../src/stores/offer.ts'
import { growIndex, indexOffers } from '../../../src/stores/offerIndex.ts'
import { birthProcedure } from '../../support/screens/birth.ts'
import { manyOffers, realCatalogue } from '../../support/screens/catalogue.ts'

const birth = birthProcedure()
const today = '2026-11-24'
const all = offersOf([birth], realCatalogue(), today)
const find = indexOffers(all)
const [birthCode, marriageCode, singleCode] = ['1.001193', '1.000894', '1.004873']

describe('finding a procedure in the ward’s catalogue', () => {
  it.each([
    ['làm giấy tờ cho em bé', birthCode],
    ['lam giay to cho em be', birthCode],
    ['tôi muốn xin giấy tờ cho trẻ sơ sinh ở quê', birthCode],
    ['khai sinh', birthCode],
    ['KHAI SÌNH', birthCode],
    ['birth', birthCode],
    ['1.001193', birthCode],
    ['giấy độc thân', singleCode],
    ['giay doc than', singleCode],
    ['độc th', singleCode],
    ['thuonng tru', '1.004222'],
    ['single', singleCode],
    ['cưới', marriageCode],
    ['ket hon', marriageCode],
    ['mở quán cà phê', '1.001612'],
    ['open a shop', '1.001612'],
    ['nhà có tang', '1.000656'],
    ['sai ngày sinh', '1.004859'],
    ['công chứng căn cước', '2.000815'],
    ['tiền người già', '1.014027'],
    ['thuê trọ', '1.004194'],
    ['hộ khẩu', '1.004222'],
    ['xây nhà', '1.013225'],
    ['di chúc', '2.001019'],
    ['mất giấy phép kinh doanh', '2.000575'],
  ])('by "%s" puts %s first', (words, code) => {
    expect(find(words)[0]).toBe(code)
  })

  it('by "giấy tờ mất" shows every procedure that gives lost papers again', () => {
    expect([...find('giấy tờ mất')].sort()).toEqual(expect.arrayContaining(['1.004746', '1.004884', '2.000575', '2.000635']))
  })

  it.each(['xe máy', 'hộ chiếu du học', '?!', 'xyzxyz'])('finds nothing for "%s" rather than something near', (words) => {
    expect(find(words)).toEqual([])
  })

  it('puts what has the very letters first when somebody types diacritics', () => {
    const two: readonly Offer[] = [anOffer('9.000001', 'Khai báo tạm vang'), anOffer('9.000002', 'Khai báo tạm vắng')]

    expect(indexOffers(two)('tạm vắng')).toEqual(['9.000002', '9.000001'])
    expect(indexOffers(two)('tam vang')).toHaveLength(2)
  })

  it('stays in a sector when one is chosen', () => {
    expect(find('mất giấy', 'hoKinhDoanh')).toEqual(['2.000575'])
    expect(find('khai sinh', 'xayDung')).toEqual([])
  })
})

describe('finding one procedure among others of the same words', () => {
  const only = indexOffers(offersOf([birth], null, today))

  it.each(['ket hon', 'kết hôn', 'đăng ký kết hôn', 'làm giấy kết hôn', 'giấy tờ', 'thủ tục cho tôi', 'giấy tờ xe máy', 'marriage certificate', 'register a company'])(
    'does not show the birth for "%s"',
    (words) => {
      expect(only(words)).toEqual([])
    },
  )

  it.each(['giấy tờ cho con', 'papers for my new baby', 'làm giấy tờ cho em b'])('finds it although not every word of "%s" stands there', (words) => {
    expect(only(words)).toEqual([birthCode])
  })
})

describe('finding among 1,500 procedures', () => {
  const many = indexOffers([...all, ...manyOffers(1500 - all.length)])

  it.each([
    ['giấy độc thân', singleCode],
    ['em be moi sinh', birthCode],
    ['dang ky ket hon', marriageCode],
    ['cap lai tau ca loai 171', '9.000171'],
    ['9.000777', '9.000777'],
  ])('by "%s" still puts %s first', (words, code) => {
    expect(many(words)[0]).toBe(code)
  })

  it('gives a result for every beginning of what is typed', () => {
    const typed = 'độc thân'
    const beginnings = Array.from(typed, (_, at) => typed.slice(0, at + 1)).filter((words) => !words.endsWith(' '))

    expect(beginnings.filter((words) => !many(words).includes(singleCode))).toEqual([])
  })

  it('counts those of one sector', () => {
    expect(many('cap lai', 'linhVuc1').length).toBeGreaterThan(100)
  })
})

function anOffer(code: string, name: string): Offer {
  return { code, version: null, sector: 's', sectorName: { vi: 'S', en: 'S' }, name: { vi: name, en: '' }, summary: { vi: '', en: '' }, everyday: [] }
}

describe('an index that is being built', () => {
  it('finds among what is in as the whole one does, stops whenever time is up, and ends with all', () => {
    const { find: growing, grow } = growIndex(all)
    expect(growing('khai sinh')).toEqual([])

    let taken = 0
    expect(grow(() => (taken += 1) === 10)).toBe(false)
    expect(taken).toBe(10)
    const first = indexOffers(all.slice(0, 10))
    for (const words of ['khai sinh', 'giấy độc thân', 'tôi muốn xin giấy tờ cho trẻ sơ sinh ở quê', 'thuê trọ']) expect(growing(words)).toEqual(first(words))

    expect(grow(() => false)).toBe(true)
    for (const words of ['khai sinh', 'giấy độc thân', 'thuê trọ']) expect(growing(words)).toEqual(find(words))
  })

  it('is whole when the last one is in as time is up, and when there is none', () => {
    expect(growIndex(all.slice(0, 1)).grow(() => true)).toBe(true)
    expect(growIndex([]).grow(() => true)).toBe(true)
  })
})
