/** The words that shared components and both entries use; the base of every page. */
import { common as commonEn } from './en/common.ts'
import { components as componentsEn } from './en/components.ts'
import { failures as failuresEn } from './en/failures.ts'
import { problems as problemsEn } from './en/problems.ts'
import { states as statesEn } from './en/states.ts'
import type { Words } from './words.ts'
import { common } from './vi/common.ts'
import { components } from './vi/components.ts'
import { failures } from './vi/failures.ts'
import { problems } from './vi/problems.ts'
import { states } from './vi/states.ts'

export const sharedWords: Words<'common' | 'components' | 'states' | 'failures' | 'problems'> = {
  vi: { common, components, states, failures, problems },
  en: { common: commonEn, components: componentsEn, states: statesEn, failures: failuresEn, problems: problemsEn },
}
