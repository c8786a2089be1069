import { describe, expect, it } from 'vitest'
import { countryName } from '../../../../core/identity/countries.ts'
import { ethnicGroupName, ethnicGroups } from '../../../../core/identity/ethnicGroups.ts'
import { formerWardsOfPhuXuan, provinceName, provinces, wardName, wardsOf, wardsOfHue } from '../../../../core/identity/units.ts'

describe('administrative units', () => {
  it('are 34 provinces, and 21 wards and 19 communes of Huế', () => {
    expect(provinces).toHaveLength(34)
    expect(wardsOfHue.filter(({ name }) => name.startsWith('Phường '))).toHaveLength(21)
    expect(wardsOfHue.filter(({ name }) => name.startsWith('Xã '))).toHaveLength(19)
    expect(new Set(wardsOfHue.map(({ code }) => code)).size).toBe(40)
  })

  it('have names by code, and none for codes of the old system', () => {
    expect(provinceName('46')).toBe('Thành phố Huế')
    expect(wardName('46', '19753')).toBe('Phường Phú Xuân')
    expect(wardName('46', '19768')).toBeNull()
    expect(provinceName('45')).toBeNull()
  })

  it('list wards of Huế only', () => {
    expect(wardsOf('46')).toHaveLength(40)
    expect(wardsOf('48')).toEqual([])
  })

  it('remember the six wards that became Phú Xuân', () => {
    expect(formerWardsOfPhuXuan.map(({ name }) => name)).toEqual([
      'Phường Tây Lộc',
      'Phường Thuận Lộc',
      'Phường Gia Hội',
      'Phường Phú Hậu',
      'Phường Thuận Hòa',
      'Phường Đông Ba',
    ])
  })
})

describe('groups and countries', () => {
  it('are 54 ethnic groups, each once', () => {
    expect(new Set(ethnicGroups).size).toBe(54)
    expect(ethnicGroupName('other:Pa Cô')).toBe('Pa Cô')
    expect(ethnicGroupName('Tà-ôi')).toBe('Tà-ôi')
  })

  it('are named in both languages', () => {
    expect(countryName('VN', 'vi')).toBe('Việt Nam')
    expect(countryName('AU', 'en')).toBe('Australia')
    expect(countryName('XX', 'vi')).toBe('Không quốc tịch')
  })
})
