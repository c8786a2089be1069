/** One of the 54 ethnic groups by name, or `other:` and the citizen's own word. Never filled in by itself. */
import { ethnicGroupName, ethnicGroups, otherEthnicGroup } from '../../identity/ethnicGroups.ts'
import { isName } from '../../identity/names.ts'
import { fail, ok } from '../../result.ts'
import { isText, kindProblem, noChecks, plain, type FieldKind } from './fieldKind.ts'
import { tidyLine } from './text.ts'

export const ethnicGroup: FieldKind = {
  tidy: (value) => tidyLine(value)?.replace(/^other:\s+/, otherEthnicGroup),
  isEmpty: isText,
  parse: (value) => {
    if (typeof value !== 'string') return fail(kindProblem('ethnicGroup.unknown'))
    if (ethnicGroups.includes(value)) return ok(value)
    if (!value.startsWith(otherEthnicGroup)) return fail(kindProblem('ethnicGroup.unknown'))
    return isName(ethnicGroupName(value)) ? ok(value) : fail(kindProblem('ethnicGroup.other'))
  },
  check: noChecks,
  format: (value) => ethnicGroupName(plain(value)),
}
