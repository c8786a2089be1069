/** A country or nationality by its ISO code; `XX` is "no nationality". */
import { countryCodes, countryName, stateless } from '../../identity/countries.ts'
import { fail, ok } from '../../result.ts'
import { isText, kindProblem, noChecks, plain, type FieldKind } from './fieldKind.ts'
import { tidyLine } from './text.ts'

export const country: FieldKind = {
  tidy: (value) => tidyLine(tidyLine(value)?.toUpperCase()),
  isEmpty: isText,
  parse: (value) =>
    typeof value === 'string' && (countryCodes.includes(value) || value === stateless)
      ? ok(value)
      : fail(kindProblem('country.unknown')),
  check: noChecks,
  format: (value, _field, { locale }) => countryName(plain(value), locale),
}
