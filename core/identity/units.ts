/**
 * Administrative units since 1 July 2025: province and ward, no district (reference 5). All 34 provinces; wards of Huế
 * only, elsewhere a ward is typed as text. Names in the spelling of local papers (Thuận Hóa, Hương Thủy).
 * A code without its code system means nothing: 19753 was Thuận Lộc and is Phú Xuân.
 */
export interface Unit {
  readonly code: string
  readonly name: string
}

/** The system of the codes in this file and in answers. */
export const unitCodeSystem = '2025'

export const hueProvinceCode = '46'
export const phuXuanWardCode = '19753'

const units = (lines: string): readonly Unit[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => ({ code: line.trim().split(' ')[0] ?? '', name: line.trim().split(' ').slice(1).join(' ') }))

export const provinces: readonly Unit[] = units(`
  01 Thành phố Hà Nội
  04 Tỉnh Cao Bằng
  08 Tỉnh Tuyên Quang
  11 Tỉnh Điện Biên
  12 Tỉnh Lai Châu
  14 Tỉnh Sơn La
  15 Tỉnh Lào Cai
  19 Tỉnh Thái Nguyên
  20 Tỉnh Lạng Sơn
  22 Tỉnh Quảng Ninh
  24 Tỉnh Bắc Ninh
  25 Tỉnh Phú Thọ
  31 Thành phố Hải Phòng
  33 Tỉnh Hưng Yên
  37 Tỉnh Ninh Bình
  38 Tỉnh Thanh Hóa
  40 Tỉnh Nghệ An
  42 Tỉnh Hà Tĩnh
  44 Tỉnh Quảng Trị
  46 Thành phố Huế
  48 Thành phố Đà Nẵng
  51 Tỉnh Quảng Ngãi
  52 Tỉnh Gia Lai
  56 Tỉnh Khánh Hòa
  66 Tỉnh Đắk Lắk
  68 Tỉnh Lâm Đồng
  75 Thành phố Đồng Nai
  79 Thành phố Hồ Chí Minh
  80 Tỉnh Tây Ninh
  82 Tỉnh Đồng Tháp
  86 Tỉnh Vĩnh Long
  91 Tỉnh An Giang
  92 Thành phố Cần Thơ
  96 Tỉnh Cà Mau`)

/** The 21 wards and 19 communes of Huế. */
export const wardsOfHue: readonly Unit[] = units(`
  19753 Phường Phú Xuân
  19774 Phường Kim Long
  19777 Phường Vỹ Dạ
  19789 Phường Thuận Hóa
  19804 Phường Hương An
  19813 Phường Thủy Xuân
  19815 Phường An Cựu
  19819 Phường Phong Điền
  19828 Phường Phong Phú
  19831 Phường Phong Dinh
  19858 Phường Phong Thái
  19867 Xã Quảng Điền
  19873 Phường Phong Quảng
  19885 Xã Đan Điền
  19900 Phường Thuận An
  19909 Phường Dương Nỗ
  19918 Xã Phú Hồ
  19930 Phường Mỹ Thượng
  19942 Xã Phú Vang
  19945 Xã Phú Vinh
  19960 Phường Phú Bài
  19969 Phường Thanh Thủy
  19975 Phường Hương Thủy
  19996 Phường Hương Trà
  20014 Phường Hóa Châu
  20017 Phường Kim Trà
  20035 Xã Bình Điền
  20044 Xã A Lưới 2
  20050 Xã A Lưới 5
  20056 Xã A Lưới 1
  20071 Xã A Lưới 3
  20101 Xã A Lưới 4
  20107 Xã Phú Lộc
  20122 Xã Vinh Lộc
  20131 Xã Hưng Lộc
  20137 Xã Chân Mây - Lăng Cô
  20140 Xã Lộc An
  20161 Xã Khe Tre
  20179 Xã Nam Đông
  20182 Xã Long Quảng`)

/** Wards that became Phú Xuân on 1 July 2025, by their old codes; old papers and cards still name them. */
export const formerWardsOfPhuXuan: readonly Unit[] = units(`
  19750 Phường Tây Lộc
  19753 Phường Thuận Lộc
  19756 Phường Gia Hội
  19759 Phường Phú Hậu
  19762 Phường Thuận Hòa
  19768 Phường Đông Ba`)

/** The wards to choose from in a province; empty where the ward is typed as text. */
export const wardsOf = (provinceCode: string): readonly Unit[] =>
  provinceCode === hueProvinceCode ? wardsOfHue : []

export const provinceName = (code: string): string | null => nameOf(provinces, code)

export const wardName = (provinceCode: string, wardCode: string): string | null =>
  nameOf(wardsOf(provinceCode), wardCode)

const nameOf = (list: readonly Unit[], code: string): string | null =>
  list.find((unit) => unit.code === code)?.name ?? null
