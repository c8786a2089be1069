import { describe, expect, it } from 'vitest'
import { defaultIssuer, readCard, type CardReading } from '../../../../core/identity/cardQr.ts'

const be = '046190000001||Trần Thị Bé|05031990|Nữ|12 Kiệt 5 Tổ 3, Thuận Hòa, Thành phố Huế, Thừa Thiên Huế|20082021'

function reading(text: string, today?: string): CardReading {
  const result = readCard(text, today)
  if (!result.ok) throw new Error(result.failure.rule)
  return result.value
}

const refusal = (text: string): string => {
  const result = readCard(text)
  return result.ok ? 'read' : result.failure.rule
}

/** The card of Trần Thị Bé with some pieces changed. */
const withPieces = (changed: Readonly<Record<number, string>>, more = ''): string =>
  be.split('|').map((piece, at) => changed[at] ?? piece).join('|') + more

describe('a card', () => {
  it('gives every fact of its seven pieces, with the ward of today and its own words for the place', () => {
    expect(reading(be)).toEqual({
      facts: {
        pid: '046190000001',
        fullName: 'Trần Thị Bé',
        birthDate: '1990-03-05',
        sex: 'nu',
        address: {
          countryCode: 'VN',
          provinceCode: '46',
          wardCode: '19753',
          wardText: '',
          detail: '12 Kiệt 5 Tổ 3',
          legacyText: '12 Kiệt 5 Tổ 3, Thuận Hòa, Thành phố Huế, Thừa Thiên Huế',
        },
        docType: 'cccd',
        docNo: '046190000001',
        docDate: '2021-08-20',
        docIssuer: 'Cục Cảnh sát quản lý hành chính về trật tự xã hội',
      },
      failed: [],
      findings: [],
      place: expect.objectContaining({ kind: 'one', ward: { code: '19753', name: 'Phường Phú Xuân' } }) as unknown,
      extras: 0,
    })
  })

  it('of another city gives the old number and no ward', () => {
    const { facts, place } = reading('001090123456|012345678|NGUYEN VAN A|01011990|Nam|Phường Bến Nghé, Quận 1, TP. Hồ Chí Minh|15042021')

    expect(facts).toMatchObject({ oldNumber: '012345678', fullName: 'NGUYEN VAN A', sex: 'nam', address: { provinceCode: '79', wardCode: '' } })
    expect(place?.kind).toBe('unknown')
  })

  it('is read in decomposed letters, behind a byte order mark, with control characters and a line break', () => {
    expect(reading(`\ufeff\u0002${be.normalize('NFD')}\u001d\r\n`)).toEqual(reading(be))
  })

  it('is read without an issue date, and with nothing behind the sixth pipe', () => {
    const text = be.slice(0, be.lastIndexOf('|'))

    expect(reading(text).failed).toEqual([])
    expect(reading(text).facts.docDate).toBeUndefined()
    expect(reading(`${text}|`).failed).toEqual([])
  })

  it('takes sex without diacritics and in capitals', () => {
    expect(reading(withPieces({ 4: 'NU' })).facts.sex).toBe('nu')
    expect(reading(withPieces({ 0: '046090000004', 4: 'nam' })).facts.sex).toBe('nam')
  })

  it('of more than seven pieces only counts the others', () => {
    const parsed = reading(withPieces({}, '||Trần Văn Cha|Lê Thị Mẹ|'))

    expect(parsed.extras).toBe(4)
    expect(JSON.stringify(parsed)).not.toMatch(/Cha|Mẹ/)
  })

  it('is a Căn cước when issued since July 2024, and a citizen card when issued before, whatever its pieces', () => {
    expect(reading(withPieces({ 6: '01072024' })).facts).toMatchObject({ docType: 'canCuoc', docIssuer: 'Bộ Công an' })
    expect(reading(withPieces({ 6: '30062024' }, '||A|B|')).facts.docType).toBe('cccd')
    expect(reading(withPieces({ 6: '' }, '||A|B|')).facts.docType).toBe('canCuoc')
    expect(reading(withPieces({ 6: '' })).facts.docType).toBe('cccd')
    expect(defaultIssuer('canCuoc')).toBe('Bộ Công an')
  })
})

describe('a damaged card', () => {
  it.each([
    ['pid', { 0: '04619000001' }],
    ['oldNumber', { 1: '12345678' }],
    ['fullName', { 2: 'Tr?n Thị Bé 3' }],
    ['fullName', { 2: 'NguyÔn ThÞ A' }],
    ['fullName', { 2: '' }],
    ['birthDate', { 3: '31021990' }],
    ['birthDate', { 3: '1990' }],
    ['sex', { 4: 'N' }],
    ['address', { 5: 'Thu?n H?a, Hu?' }],
    ['address', { 5: '' }],
    ['docDate', { 6: '00002021' }],
  ])('names %s to be typed and offers the rest', (field, changed) => {
    const parsed = reading(withPieces(changed))

    expect(parsed.failed).toEqual([field])
    expect(Object.keys(parsed.facts)).not.toContain(field)
    expect(Object.keys(parsed.facts).length).toBeGreaterThan(5)
  })

  it('with birth date and sex in each other’s place fills neither and says so', () => {
    const parsed = reading(withPieces({ 3: 'Nữ', 4: '05031990' }))

    expect(parsed.failed).toEqual(['birthDate', 'sex'])
    expect(parsed.findings).toContain('swapped')
    expect(parsed.facts.pid).toBe('046190000001')
  })

  it('whose letters a keyboard setting has changed is read with a warning', () => {
    expect(reading(withPieces({ 2: 'Nguyeenx Thij Hoaf' })).findings).toContain('keyboard')
    expect(reading(withPieces({ 2: 'TRAN THI BE', 5: 'Thuan Hoa, Thanh pho Hue, Thua Thien Hue' })).findings).toContain('lettersLost')
    expect(reading(withPieces({ 2: 'Phạm Ðình' })).findings).toEqual(['lookAlike'])
  })
})

describe('a card that contradicts its number', () => {
  it.each([
    ['province', { 0: '999190000001' }],
    ['century', { 0: '046490000005', 3: '05032190', 4: 'Nam' }],
    ['birthYear', { 3: '05031991' }],
    ['sex', { 4: 'Nam' }],
  ])('is warned about (%s) and loses no fact', (finding, changed) => {
    const parsed = reading(withPieces(changed))

    expect(parsed.findings).toContain(finding)
    expect(parsed.failed).toEqual([])
  })

  it('or the calendar is warned about, when today is known', () => {
    expect(reading(withPieces({ 3: '05031990' }), '1980-01-01').findings).toEqual(['birthFuture', 'issueFuture'])
    expect(reading(withPieces({ 6: '01011980' })).findings).toEqual(['issueBeforeBirth'])
    expect(reading(be, '2026-11-24').findings).toEqual([])
  })
})

describe('what is no card', () => {
  it.each([
    ['', 'empty'],
    [' \ufeff\n', 'empty'],
    ['https://example.org/a|b|c|d|e|f', 'link'],
    ['WIFI:S:Quan Ca Phe;T:WPA;P:12345678;;', 'wifi'],
    ['00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F', 'payment'],
    ['BEGIN:VCARD\nFN:A\nEND:VCARD', 'contact'],
    ['046190000001', 'otherCode'],
    ['a|b|c|d|e|f|g', 'otherCode'],
    ['|||||||', 'otherCode'],
  ])('is refused by what it seems to be: %s', (text, rule) => {
    expect(refusal(text)).toBe(rule)
  })

  it('is refused when it is longer than any code, before it is looked at', () => {
    expect(refusal('|'.repeat(1_000_000))).toBe('tooLong')
    expect(refusal(`${be}${'x'.repeat(1_000_000)}`)).toBe('tooLong')
  })
})
