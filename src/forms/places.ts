/** Lists to choose places from: countries in the language of the page, provinces with Huế first, wards of a province. */
import type { Choice } from '../components/field.ts'
import { countryCodes, countryName, stateless } from '../../core/identity/countries.ts'
import { formerWardsOfPhuXuan, hueProvinceCode, phuXuanWardCode, provinces, wardsOf } from '../../core/identity/units.ts'
import type { Locale } from '../i18n/formats.ts'

const home = 'VN'

/** Viet Nam first, then by name; `nationality` adds people without one. */
export function countryChoices(locale: Locale, nationality: boolean): readonly Choice[] {
  const others = countryCodes.filter((code) => code !== home).map((code) => ({ value: code, label: countryName(code, locale) }))
  others.sort((a, b) => a.label.localeCompare(b.label, locale))
  const first = { value: home, label: countryName(home, locale), words: 'Vietnam Viet Nam' }
  const last = nationality ? [{ value: stateless, label: countryName(stateless, locale) }] : []
  return [first, ...others, ...last]
}

/** Countries abroad, by name. */
export const foreignChoices = (locale: Locale): readonly Choice[] =>
  countryChoices(locale, false).filter(({ value }) => value !== home)

export const provinceChoices: readonly Choice[] = [...provinces]
  .sort((a, b) => Number(b.code === hueProvinceCode) - Number(a.code === hueProvinceCode))
  .map(({ code, name }) => ({ value: code, label: name, words: code === hueProvinceCode ? 'Thừa Thiên Huế' : '' }))

/** The wards of a province; Phú Xuân is also found under the names that it had before 2025. */
export function wardChoices(provinceCode: string): readonly Choice[] {
  const former = formerWardsOfPhuXuan.map(({ name }) => name).join(' ')
  return wardsOf(provinceCode).map(({ code, name }) => ({ value: code, label: name, words: code === phuXuanWardCode ? former : '' }))
}
