/**
 * The 63 provinces before July 2025 by the names that old cards and papers bear, with the province of today (reference
 * 1.3, A.6), and how people shorten them. Old names are only read, never written anywhere.
 */
import { fold } from './fold.ts'
import { provinces } from './units.ts'

const oldNames = `
  01 Hà Nội; 04 Cao Bằng; 08 Hà Giang, Tuyên Quang; 11 Điện Biên; 12 Lai Châu; 14 Sơn La; 15 Yên Bái, Lào Cai
  19 Bắc Kạn, Thái Nguyên; 20 Lạng Sơn; 22 Quảng Ninh; 24 Bắc Giang, Bắc Ninh; 25 Vĩnh Phúc, Hòa Bình, Phú Thọ
  31 Hải Phòng, Hải Dương; 33 Thái Bình, Hưng Yên; 37 Hà Nam, Nam Định, Ninh Bình; 38 Thanh Hóa; 40 Nghệ An; 42 Hà Tĩnh
  44 Quảng Bình, Quảng Trị; 46 Huế, Thừa Thiên Huế, TT Huế, Thừa Thiên; 48 Đà Nẵng, Quảng Nam
  51 Kon Tum, Quảng Ngãi; 52 Gia Lai, Bình Định; 56 Khánh Hòa, Ninh Thuận; 66 Đắk Lắk, Đắc Lắc, Phú Yên
  68 Lâm Đồng, Đắk Nông, Đắc Nông, Bình Thuận; 75 Đồng Nai, Bình Phước; 80 Tây Ninh, Long An
  79 Hồ Chí Minh, HCM, Bà Rịa - Vũng Tàu, BRVT, Bình Dương; 82 Đồng Tháp, Tiền Giang; 86 Vĩnh Long, Bến Tre, Trà Vinh
  91 An Giang, Kiên Giang; 92 Cần Thơ, Sóc Trăng, Hậu Giang; 96 Cà Mau, Bạc Liêu`

/** Letters only: "T.T.Huế", "TT Huế" and "tt. huế" are one key. */
const keyOf = (text: string): string => fold(text).replace(/[^a-z]/g, '')

const byKey: ReadonlyMap<string, string> = new Map(
  oldNames.split(/[;\n]/).flatMap((line) => {
    const [code = '', ...names] = line.trim().split(/(?<=^\d\d) |, /)
    return names.map((name): [string, string] => [keyOf(name), code])
  }),
)

/** The code of the present province for an old or new name, with or without "Tỉnh", "T.", "Thành phố", "TP."; else null. */
export function provinceOfName(text: string): string | null {
  const key = keyOf(text)
  const bare = key.replace(/^(?:thanhpho|tinh)/, '')
  const code = byKey.get(bare) ?? byKey.get(key.replace(/^(?:tp|t)/, '')) ?? null
  return provinces.some((province) => province.code === code) ? code : null
}
