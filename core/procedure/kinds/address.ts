/**
 * A place (common block ADDR): in Viet Nam province, ward and detail by the codes of 2025; abroad a country and free
 * text. The old text of a card stays in `legacyText` and is never printed in place of the new address.
 */
import { countryCodes, countryName } from '../../identity/countries.ts'
import { tidyText } from '../../identity/names.ts'
import { provinceName, wardName, wardsOf } from '../../identity/units.ts'
import { fail, ok, type Result } from '../../result.ts'
import { isAddress, type Address } from '../answers.ts'
import { isText, kindProblem, noChecks, plain, type FieldKind, type KindProblem } from './fieldKind.ts'
import { tidyLine } from './text.ts'

const home = 'VN'

function tidyAddress(address: Address): Address | undefined {
  const tidy: Address = {
    countryCode: tidyText(tidyText(address.countryCode).toUpperCase()),
    provinceCode: tidyText(address.provinceCode),
    wardCode: tidyText(address.wardCode),
    wardText: tidyText(address.wardText),
    detail: tidyText(address.detail),
    legacyText: tidyText(address.legacyText),
  }
  const { provinceCode, wardCode, wardText, detail, legacyText, countryCode } = tidy
  const blank = provinceCode + wardCode + wardText + detail + legacyText === ''
  if (blank && (countryCode === home || countryCode === '')) return undefined
  if (countryCode !== home && countryCode !== '') return { ...tidy, provinceCode: '', wardCode: '', wardText: '' }
  return wardsOf(provinceCode).length > 0 ? { ...tidy, wardText: '' } : { ...tidy, wardCode: '' }
}

function parseHome(address: Address, detailNeeded: boolean): Result<Address, KindProblem> {
  if (provinceName(address.provinceCode) === null) return fail(kindProblem('address.province'))
  const known = wardsOf(address.provinceCode).length > 0
  const ward = known ? wardName(address.provinceCode, address.wardCode) : address.wardText || null
  if (ward === null) return fail(kindProblem('address.ward'))
  return detailNeeded && address.detail === '' ? fail(kindProblem('address.detail')) : ok(address)
}

/** Detail, ward, province; abroad detail and country: the order in which addresses are written. */
export function readAddress(address: Address, locale: string): string {
  const parts =
    address.countryCode === home
      ? [
          address.detail,
          wardName(address.provinceCode, address.wardCode) ?? address.wardText,
          provinceName(address.provinceCode) ?? '',
        ]
      : [address.detail, countryName(address.countryCode, locale)]
  return parts.filter((part) => part !== '').join(', ')
}

export const address: FieldKind = {
  tidy: (value) => (isAddress(value) ? tidyAddress(value) : tidyLine(value)),
  isEmpty: (value) => isText(value) || isAddress(value),
  parse: (value, field) => {
    if (!isAddress(value)) return fail(kindProblem('address.shape'))
    if (value.countryCode === home) return parseHome(value, field.detailRequired === true)
    if (!countryCodes.includes(value.countryCode)) return fail(kindProblem('address.country'))
    return value.detail === '' ? fail(kindProblem('address.detail')) : ok(value)
  },
  check: noChecks,
  format: (value, _field, { locale }) => (isAddress(value) ? readAddress(value, locale) : plain(value)),
}
