import { describe, expect, it } from 'vitest'
import {
  compareByGivenName,
  hasLookAlike,
  hasTelexLeftovers,
  isName,
  looksLegacyEncoded,
  printedName,
  tidyText,
} from '../../../../core/identity/names.ts'

const realNames = [
  'Nguyễn Đình Thuỷ',
  'Công Tằng Tôn Nữ Hỷ Khương',
  'Hồ Thị Ka Lan',
  "K'Vân",
  'H’Hen Niê',
  'Ưng Quả',
  'Đặng Thị Ngọc Ẩn',
  'Lê Văn Ỷ',
  'Nguyễn-Thị Bé',
  'Ánh',
]

describe('a name', () => {
  it.each(realNames)('%s is accepted without remark', (name) => {
    expect(isName(name)).toBe(true)
    expect(hasLookAlike(name)).toBe(false)
    expect(looksLegacyEncoded(name)).toBe(false)
  })

  it.each(realNames)('%s is the same in composed and decomposed letters', (name) => {
    expect(tidyText(name.normalize('NFD'))).toBe(name.normalize('NFC'))
  })

  it.each(['An 2', 'Trần@Bé', '-An', '', '😀'])('is not %j', (text) => {
    expect(isName(text)).toBe(false)
  })

  it.each(['Phạm Ðình', 'ðặng', 'Аn'])('%s has a letter of another alphabet that looks Vietnamese', (text) => {
    expect(hasLookAlike(text)).toBe(true)
  })

  it.each(['NguyÔn V¨n A', 'Traàn Vaên ¿'])('%s looks like an old encoding', (text) => {
    expect(looksLegacyEncoded(text)).toBe(true)
  })

  it.each(['Nguyeenx Thij Hoaf', 'DDinhf', 'Tranf'])('%s looks typed with the keyboard off', (text) => {
    expect(hasTelexLeftovers(text)).toBe(true)
  })

  it.each(['Nguyen Thi Hoa', 'Nguyễn Thị Hoa', 'Y Moan', 'Ka Lan'])('%s does not look typed with the keyboard off', (text) => {
    expect(hasTelexLeftovers(text)).toBe(false)
  })

  it('is printed in capitals', () => {
    expect(printedName('Nguyễn Thị Hoà')).toBe('NGUYỄN THỊ HOÀ')
  })

  it('is sorted by the given name in Vietnamese order', () => {
    const names = ['Đào Văn Ánh', 'Dương Thị Bé', 'Đặng Văn An', 'Nguyễn Thị Ân', 'Trần Ăn']

    expect([...names].sort(compareByGivenName)).toEqual([
      'Đặng Văn An',
      'Đào Văn Ánh',
      'Trần Ăn',
      'Nguyễn Thị Ân',
      'Dương Thị Bé',
    ])
  })
})

describe('a line of text', () => {
  it('loses invisible characters, doubled and strange spaces, nothing else', () => {
    expect(tidyText('  12\u00a0Kiệt\u200b  5,\tTổ 3\n')).toBe('12 Kiệt 5, Tổ 3')
    expect(tidyText('“Nhà Bè”')).toBe('“Nhà Bè”')
  })
})
