/**
 * From the three-level address of an old card to the present ward (reference 5.4). Promises: the old text is kept word
 * for word in `legacyText`; a ward is named only when the data knows one; where an old name lies in several wards of today
 * all of them are offered and a person chooses; what is unknown stays empty.
 * The merger of July 2025 (resolution 1675) moved whole units. Names from the changes of 2021 (resolution 1264: the ward
 * Phú Thuận went to two neighbours, both in Phú Xuân today) and of January 2025 (1314) stand beside them, because cards of
 * those years are in use. Source: the list of former units in the open data set of Vietnamese provinces (MIT), the press
 * on the two earlier resolutions. Old names are not codes: 19753 was Thuận Lộc and is Phú Xuân.
 */
import { emptyAddress, type Address } from '../procedure/answers.ts'
import { fold, searchKey, toneKey } from './fold.ts'
import { provinceOfName } from './formerProvinces.ts'
import { tidyText } from './names.ts'
import { hueProvinceCode, wardsOfHue, type Unit } from './units.ts'

/** A present ward and its former units; `@` names the old district where two units of one name went different ways. */
const formerNames = `
  19753 Gia Hội, Phú Hậu, Tây Lộc, Thuận Lộc, Thuận Hòa, Đông Ba, Phú Cát, Phú Hiệp, Phú Bình, Phú Hòa, Thuận Thành, Phú Thuận@Huế
  19774 Long Hồ, Hương Long, Kim Long, Hương Hồ, Hương Thọ
  19777 Thủy Vân, Xuân Phú, Vỹ Dạ
  19789 Phú Hội, Phú Nhuận, Đúc, Vĩnh Ninh, Phước Vĩnh, Trường An
  19804 An Hòa, Hương Sơ, Hương An
  19813 Thủy Biều, Thủy Bằng, Thủy Xuân
  19815 An Đông, An Tây, An Cựu
  19819 Phong Thu, Phong Mỹ, Phong Xuân, Phong Điền
  19828 Phong Phú, Phong Thạnh
  19831 Phong Hòa, Phong Bình, Phong Chương
  19858 Phong An, Phong Hiền, Phong Sơn
  19867 Sịa, Quảng Phước, Quảng An, Quảng Thọ
  19873 Phong Hải, Quảng Công, Quảng Ngạn
  19885 Quảng Thái, Quảng Lợi, Quảng Vinh, Quảng Phú
  19900 Thuận An, Phú Hải, Phú Thuận@Phú Vang, Hải Dương
  19909 Dương Nỗ, Phú Dương, Phú Mậu, Phú Thanh
  19918 Phú Xuân@Phú Vang, Phú Lương, Phú Hồ
  19930 Phú Thượng, Phú An, Phú Mỹ
  19942 Phú Đa, Phú Gia, Vinh Hà
  19945 Phú Diên, Vinh Xuân, Vinh An, Vinh Thanh
  19960 Phú Bài, Thủy Phù, Phú Sơn, Dương Hòa
  19969 Thủy Dương, Thủy Phương, Thủy Thanh
  19975 Thủy Lương, Thủy Châu, Thủy Tân
  19996 Tứ Hạ, Hương Văn, Hương Vân
  20014 Hương Phong@Huế, Hương Phong@Hương Trà, Hương Vinh, Quảng Thành
  20017 Hương Xuân@Hương Trà, Hương Chữ, Hương Toàn
  20035 Hương Bình, Bình Thành, Bình Tiến
  20044 A Lưới, Hồng Bắc, Quảng Nhâm, A Ngo
  20050 Hương Nguyên, Hồng Hạ
  20056 Hồng Thủy, Hồng Vân, Trung Sơn, Hồng Kim
  20071 Sơn Thủy, Hồng Thượng, Phú Vinh@A Lưới, Hồng Thái
  20101 Hương Phong@A Lưới, A Roàng, Đông Sơn, Lâm Đớt
  20107 Phú Lộc, Lộc Trì, Lộc Bình
  20122 Vinh Hưng, Vinh Mỹ, Giang Hải, Vinh Hiền
  20131 Lộc Sơn, Lộc Bổn, Xuân Lộc
  20137 Lăng Cô, Lộc Tiến, Lộc Vĩnh, Lộc Thủy
  20140 Lộc Hòa, Lộc Điền, Lộc An
  20161 Khe Tre, Hương Phú, Hương Lộc, Thượng Lộ
  20179 Hương Xuân@Nam Đông, Thượng Nhật, Hương Sơn
  20182 Thượng Quảng, Thượng Long, Hương Hữu`

/** Districts of Huế: nine until 2024; in the first half of 2025 two quận and the town Phong Điền. */
const districts = ['Huế', 'Hương Thủy', 'Hương Trà', 'Phong Điền', 'Quảng Điền', 'Phú Vang', 'Phú Lộc', 'Nam Đông', 'A Lưới', 'Phú Xuân', 'Thuận Hóa']

export type OldPlace =
  | { readonly kind: 'one'; readonly address: Address; readonly ward: Unit }
  | { readonly kind: 'several'; readonly address: Address; readonly wards: readonly Unit[] }
  | { readonly kind: 'unknown'; readonly address: Address }

interface Known {
  readonly ward: Unit
  readonly name: string
  readonly district: string | null
}

const wardOf = (code: string): readonly Unit[] => wardsOfHue.filter((ward) => ward.code === code)

const former: readonly Known[] = formerNames
  .trim()
  .split('\n')
  .flatMap((line) => {
    const [, code = '', names = ''] = /^\s*(\d{5}) (.+)$/.exec(line) ?? []
    return names.split(', ').flatMap((text) => {
      const [name = '', district = null] = text.split('@')
      return wardOf(code).map((ward) => ({ ward, name, district }))
    })
  })

// Read on the folded text, which is as long as the text itself, so that words without diacritics are understood, too.
const kindMark = /^(?:phuong|thi tran|xa|dac khu)\s+|^(?:[pfx]|tt)(?:\.\s*|\s+)/
const districtMark = /^(?:thanh pho|thi xa|huyen|quan)\s+|^(?:tp|tx|[hq])(?:\.\s*|\s+)/

const cut = (text: string, mark: RegExp): string => text.slice(mark.exec(fold(text))?.[0].length ?? 0)

/** The name of a unit without the word for what it is; "Phường Phường Đúc" is Đúc. */
const bareName = (text: string): string => cut(cut(text, kindMark), kindMark).trim()

/** `phuong` or `xa` where the text says so; a former town (thị trấn) is neither. */
function kindOf(text: string): 'phuong' | 'xa' | null {
  const mark = kindMark.exec(fold(text))?.[0] ?? ''
  if (/^(?:phuong|[pf]\b)/.test(mark)) return 'phuong'
  return mark.startsWith("x") ? 'xa' : null
}

/** The present place of an address in the words of an old card. Total: every text is answered. */
export function addressFromOldText(text: string): OldPlace {
  const legacyText = tidyText(text)
  const parts = legacyText.split(/[,;]/).map((part) => part.trim()).filter((part) => part !== '')
  const provinceCode = provinceOfName(parts.at(-1) ?? '')
  if (provinceCode === null) return { kind: 'unknown', address: { ...emptyAddress(), detail: legacyText, legacyText } }
  if (provinceCode !== hueProvinceCode) {
    const detail = parts.slice(0, -3).join(', ')
    return { kind: 'unknown', address: { ...emptyAddress(), provinceCode, detail, legacyText } }
  }
  return placeInHue(parts.slice(0, -1), /thi[eê]n|t\.?\s*t/iu.test(parts.at(-1) ?? ''), legacyText)
}

function placeInHue(parts: readonly string[], isOldProvince: boolean, legacyText: string): OldPlace {
  const last = parts.at(-1) ?? ''
  const district = parts.length > 0 ? districtOf(last, parts.at(-2), isOldProvince) : null
  const rest = district === null ? parts : parts.slice(0, -1)
  const wardText = rest.at(-1) ?? ''
  const address = { ...emptyAddress(), provinceCode: hueProvinceCode, detail: rest.slice(0, -1).join(', '), legacyText }
  const wards = presentWards(wardText, district ?? (isOldProvince ? null : 'Huế'), district === null && !isOldProvince)
  const [ward, ...others] = wards
  if (ward === undefined) return { kind: 'unknown', address: { ...address, detail: rest.join(', ') } }
  if (others.length > 0) return { kind: 'several', address, wards }
  return { kind: 'one', address: withWard(address, ward.code), ward }
}

/** The old district that a part of the text is, or null: new addresses have none, and wards of today bear their names. */
function districtOf(text: string, before: string | undefined, isOldProvince: boolean): string | null {
  const name = cut(text, districtMark)
  const district = districts.find((one) => toneKey(one) === toneKey(name)) ?? districts.find((one) => searchKey(one) === searchKey(name))
  if (district === undefined || kindOf(text) !== null) return null
  if (districtMark.test(fold(text)) || (isOldProvince && before !== undefined)) return district
  return before !== undefined && presentWards(before, district, false).length > 0 ? district : null
}

/** The wards that a name leads to: letter for letter first, then without diacritics; district and kind decide between them. */
function presentWards(text: string, district: string | null, isNew: boolean): readonly Unit[] {
  const name = bareName(text)
  if (name === '') return []
  const present = wardsOfHue.map((ward): Known => ({ ward, name: bareName(ward.name), district: null }))
  const all = isNew ? [...former, ...present] : former
  for (const key of [toneKey, searchKey]) {
    const found = all.filter((one) => key(one.name) === key(name))
    if (found.length > 0) return decide(found, text, district)
  }
  return isNew ? [] : presentWards(text, district, true)
}

function decide(found: readonly Known[], text: string, district: string | null): readonly Unit[] {
  const near = narrowed(found, (one) => one.district === null || (district !== null && toneKey(one.district) === toneKey(district)))
  const kind = kindOf(text)
  const same = kind === null || distinct(near).length < 2 ? near : narrowed(near, (one) => kindOf(one.ward.name) === kind)
  return distinct(same)
}

/** What passes, or everything when nothing does. */
function narrowed(list: readonly Known[], passes: (one: Known) => boolean): readonly Known[] {
  const left = list.filter(passes)
  return left.length > 0 ? left : list
}

const distinct = (list: readonly Known[]): readonly Unit[] => [...new Set(list.map(({ ward }) => ward))]

/** The address in the ward that was found or chosen. */
export const withWard = (address: Address, wardCode: string): Address => ({ ...address, provinceCode: hueProvinceCode, wardCode })
