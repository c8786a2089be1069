/**
 * A person's name, one field (reference 8.5). Letters only (Civil Code art. 26); long, look-alike, old-encoding and
 * keyboard-off names are reported and kept, because the paper decides.
 */
import { hasLookAlike, hasTelexLeftovers, isName, looksLegacyEncoded, printedName } from '../../identity/names.ts'
import { fail, ok } from '../../result.ts'
import { isText, kindProblem, plain, type FieldKind } from './fieldKind.ts'
import { tidyLine } from './text.ts'

const maxNameLength = 100

export const name: FieldKind = {
  tidy: tidyLine,
  isEmpty: isText,
  parse: (value) => {
    if (typeof value !== 'string') return fail(kindProblem('name.shape'))
    if (!isName(value)) return fail(kindProblem('name.characters'))
    return value.length > maxNameLength ? fail(kindProblem('text.tooLong', 'error', { max: maxNameLength })) : ok(value)
  },
  check: (value, field) => {
    if (typeof value !== 'string') return []
    const max = field.warnLength
    return [
      ...(max !== undefined && value.length > max ? [kindProblem('name.long', 'warning', { max })] : []),
      ...(hasLookAlike(value) ? [kindProblem('name.lookAlike', 'warning')] : []),
      ...(looksLegacyEncoded(value) ? [kindProblem('name.legacyEncoding', 'warning')] : []),
      ...(hasTelexLeftovers(value) ? [kindProblem('name.telex', 'info')] : []),
    ]
  },
  format: (value) => printedName(plain(value)),
}
