/** The citizen's facts as lines, each with where it came from. Only what a counter says aloud: no paper's number. */
import { readAddress } from '../../../core/procedure/kinds/address.ts'
import { isAddress } from '../../../core/procedure/answers.ts'
import { readDate } from '../../../core/procedure/dates.ts'
import { plain } from '../../../core/procedure/kinds/fieldKind.ts'
import type { Property } from '../../../core/procedure/facts.ts'
import type { Visit } from '../../../core/procedure/visit.ts'
import type { Texts } from '../../i18n/texts.ts'

const shown = ['fullName', 'pid', 'birthDate', 'address', 'phone'] as const satisfies readonly Property[]

export interface VisitFactLine {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly from: string
}

export function visitLines({ facts }: Visit, t: Texts['t'], locale: string): readonly VisitFactLine[] {
  return shown.flatMap((property) => {
    const fact = facts[`self.${property}`]
    if (fact === undefined) return []
    const { value, origin } = fact
    const text = isAddress(value) ? readAddress(value, locale) : property === 'birthDate' ? readDate(plain(value)) : plain(value)
    return [{ id: property, label: t(`tablet.visit.properties.${property}`), value: text, from: t(`tablet.visit.origins.${origin}`) }]
  })
}
