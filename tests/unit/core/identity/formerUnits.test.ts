import { describe, expect, it } from 'vitest'
import { addressFromOldText, withWard } from '../../../../core/identity/formerUnits.ts'
import { provinceOfName } from '../../../../core/identity/formerProvinces.ts'

const short = (text: string): string => {
  const place = addressFromOldText(text)
  if (place.kind === 'one') return place.ward.name
  return place.kind === 'several' ? place.wards.map(({ name }) => name).join(' / ') : 'unknown'
}

describe('an old address', () => {
  it.each([
    ['Phường Tây Lộc, Thành phố Huế, Thừa Thiên Huế'],
    ['12 Kiệt 5 Tổ 3, Thuận Hòa, Thành phố Huế, Thừa Thiên Huế'],
    ['P.Thuận Lộc, TP. Huế, T.T.Huế'],
    ['P. Gia Hội, TP Huế, Tỉnh Thừa Thiên - Huế'],
    ['Phường Phú Hậu, Quận Phú Xuân, Thành phố Huế'],
    ['F. Đông Ba, TP Huế, TT Huế'],
    ['phuong tay loc, thanh pho hue, thua thien hue'],
  ])('leads to Phú Xuân: %s', (text) => {
    expect(short(text)).toBe('Phường Phú Xuân')
  })

  it.each([
    ['Phường Đúc, Thành phố Huế, Thừa Thiên Huế', 'Phường Thuận Hóa'],
    ['Phường Phường Đúc, Thành phố Huế, Thừa Thiên Huế', 'Phường Thuận Hóa'],
    ['Vĩ Dạ, Thành phố Huế, Thừa Thiên Huế', 'Phường Vỹ Dạ'],
    ['Phường Hương Hồ, Thị xã Hương Trà, Thừa Thiên Huế', 'Phường Kim Long'],
    ['Thuỷ Biều, Thành phố Huế, Thừa Thiên Huế', 'Phường Thủy Xuân'],
    ['Thôn 2, Thủy Thanh, Hương Thủy, Thừa Thiên Huế', 'Phường Thanh Thủy'],
    ['Thị trấn Thuận An, Phú Vang, Thừa Thiên Huế', 'Phường Thuận An'],
    ['Thị trấn Phú Lộc, Huyện Phú Lộc, Thành phố Huế', 'Xã Phú Lộc'],
  ])('of the neighbourhood is known: %s', (text, ward) => {
    expect(short(text)).toBe(ward)
  })

  it('is told apart by its old district where two units bore one name', () => {
    expect(short('Hương Xuân, Hương Trà, Thừa Thiên Huế')).toBe('Phường Kim Trà')
    expect(short('Hương Xuân, Nam Đông, Thừa Thiên Huế')).toBe('Xã Nam Đông')
    expect(short('Xã Phú Xuân, Huyện Phú Vang, Thừa Thiên Huế')).toBe('Xã Phú Hồ')
    expect(short('Phú Thuận, Phú Vang, Thừa Thiên Huế')).toBe('Phường Thuận An')
    expect(short('Phường Phú Thuận, Thành phố Huế, Thừa Thiên Huế')).toBe('Phường Phú Xuân')
    expect(short('Xã Hương Phong, Huyện A Lưới, Thừa Thiên Huế')).toBe('Xã A Lưới 4')
  })

  it('offers every ward of today where the name alone does not tell', () => {
    expect(short('Hương Xuân, Thừa Thiên Huế')).toBe('Phường Kim Trà / Xã Nam Đông')
    expect(short('Thuan Hoa, Thanh pho Hue')).toBe('Phường Phú Xuân / Phường Thuận Hóa')
  })

  it('of two levels is an address of today', () => {
    expect(short('5 Lê Lợi, Phường Thuận Hóa, Thành phố Huế')).toBe('Phường Thuận Hóa')
    expect(short('8 Đinh Tiên Hoàng, Phường Phú Xuân, Thành phố Huế')).toBe('Phường Phú Xuân')
    expect(short('Xã Quảng Điền, Thành phố Huế')).toBe('Xã Quảng Điền')
  })

  it('keeps its own words, and the house stays in the detail', () => {
    const text = '12/5 Kiệt 34 Đặng Thái Thân, TDP 4, Thuận Hòa, Thành phố Huế, Thừa Thiên Huế'

    expect(addressFromOldText(text).address).toEqual({
      countryCode: 'VN',
      provinceCode: '46',
      wardCode: '19753',
      wardText: '',
      detail: '12/5 Kiệt 34 Đặng Thái Thân, TDP 4',
      legacyText: text,
    })
  })

  it('of an unknown ward of Huế keeps the province and loses no word', () => {
    expect(addressFromOldText('Tổ 1, Phường Nào Đó, Thành phố Huế, Thừa Thiên Huế')).toEqual({
      kind: 'unknown',
      address: {
        countryCode: 'VN',
        provinceCode: '46',
        wardCode: '',
        wardText: '',
        detail: 'Tổ 1, Phường Nào Đó',
        legacyText: 'Tổ 1, Phường Nào Đó, Thành phố Huế, Thừa Thiên Huế',
      },
    })
  })

  it('of another province names the province of today and no ward: a Thuận Hòa lies in An Giang, too', () => {
    const place = addressFromOldText('Ấp 3, Xã Thuận Hòa, Huyện An Minh, Kiên Giang')

    expect(place.kind).toBe('unknown')
    expect(place.address).toMatchObject({ provinceCode: '91', wardCode: '', detail: 'Ấp 3' })
  })

  it('that names no province is kept whole', () => {
    expect(addressFromOldText('Thuận Hòa')).toMatchObject({ kind: 'unknown', address: { provinceCode: '', detail: 'Thuận Hòa', legacyText: 'Thuận Hòa' } })
    expect(addressFromOldText('').kind).toBe('unknown')
    expect(addressFromOldText(', , ,').kind).toBe('unknown')
    expect(addressFromOldText('Thừa Thiên Huế')).toMatchObject({ kind: 'unknown', address: { provinceCode: '46' } })
  })

  it('takes the ward a person chose', () => {
    expect(withWard(addressFromOldText('Hương Xuân, Thừa Thiên Huế').address, '20017')).toMatchObject({ wardCode: '20017', legacyText: 'Hương Xuân, Thừa Thiên Huế' })
  })
})

describe('old provinces', () => {
  it.each([
    ['Thừa Thiên Huế', '46'],
    ['TT. Huế', '46'],
    ['TP HCM', '79'],
    ['TP. Hồ Chí Minh', '79'],
    ['Tỉnh Bà Rịa - Vũng Tàu', '79'],
    ['Thái Bình', '33'],
    ['T. Thanh Hoá', '38'],
    ['Tiền Giang', '82'],
    ['Tây Ninh', '80'],
    ['Atlantis', null],
    ['', null],
  ])('%s is in %s today', (name, code) => {
    expect(provinceOfName(name)).toBe(code)
  })
})
