/**
 * Whether two tellings speak of one person. Mixing two citizens is worse than asking one again: who cannot be known to be
 * the same is another.
 */
import { fold } from '../identity/fold.ts'

/** Facts by name, `role.property` (`facts.ts`). */
type Known<T extends { readonly value: unknown } = { readonly value: unknown }> = Readonly<Partial<Record<string, T>>>

function textOf(facts: Known, role: string, property: 'pid' | 'fullName' | 'birthDate'): string {
  const value = facts[`${role}.${property}`]?.value
  return typeof value === 'string' ? value : ''
}

/** True when somebody's number or name is among the facts. */
export const isNamed = (facts: Known, role: string): boolean => textOf(facts, role, 'pid') !== '' || textOf(facts, role, 'fullName') !== ''

/** Two days of birth, of which one may know less (`1948` and `1948-02-14`), or nothing. */
const mayBeOneDay = (one: string, other: string): boolean => one.startsWith(other) || other.startsWith(one)

/**
 * True when what was told is about another person than the one known in that role. Two numbers decide; without them the
 * names, folded, and for namesakes their days of birth. A number alone and a name alone may belong to anybody.
 */
export function isAnotherPerson(known: Known, told: Known, role: string): boolean {
  if (!isNamed(known, role) || !isNamed(told, role)) return false
  const [pid, pidTold] = [textOf(known, role, 'pid'), textOf(told, role, 'pid')]
  if (pid !== '' && pidTold !== '') return pid !== pidTold
  const [name, nameTold] = [textOf(known, role, 'fullName'), textOf(told, role, 'fullName')]
  if (fold(name) !== fold(nameTold)) return true
  return !mayBeOneDay(textOf(known, role, 'birthDate'), textOf(told, role, 'birthDate'))
}

/** The known facts without those of people in whose place somebody else was told. */
export const withoutReplaced = <T extends { readonly value: unknown }>(known: Known<T>, told: Known): Known<T> =>
  Object.fromEntries(Object.entries(known).filter(([name]) => !isAnotherPerson(known, told, name.slice(0, name.indexOf('.')))))
