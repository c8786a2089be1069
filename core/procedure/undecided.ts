/**
 * What rules turn on that nobody has been asked: a pre-check asks a few questions, and whatever it says must say too what the
 * rest of the form may still change. A rule is decided as soon as the answers at hand settle it, whatever the others will be.
 */
import { answerTo, type Answers } from './answers.ts'
import { holds, variablesOf, type Logic, type RuleContext } from './conditions.ts'
import type { Pack } from './packShape.ts'
import { pruneHidden } from './validate.ts'

/** A rule's verdict, or the fields that it still turns on. */
export type Verdict = boolean | readonly string[]

export interface Undecided {
  /** An absent rule holds. */
  readonly judge: (rule: Logic | undefined) => Verdict
  /** Fields that a computed value still turns on. */
  readonly turnsOn: (value: Logic | undefined) => readonly string[]
}

/** Over answers to the fields of `asked`; an asked field without an answer counts as absent, as in the form. */
export function undecided(pack: Pack, answers: Answers, asked: ReadonlySet<string>, context: RuleContext): Undecided {
  const known = pruneHidden(pack, answers, context)
  const open = new Set<string>()
  const turnsOn = (value: Logic | undefined): readonly string[] => [...new Set(variablesOf(value ?? null))].filter((id) => open.has(id))

  function judge(rule: Logic | undefined): Verdict {
    if (typeof rule === 'object' && rule !== null && !isList(rule)) {
      const [operator, args] = Object.entries(rule)[0] ?? []
      const parts = args === undefined ? [] : typeof args === 'object' && args !== null && isList(args) ? args : [args]
      if (operator === 'and') return joined(parts.map(judge), false)
      if (operator === 'or') return joined(parts.map(judge), true)
      if (operator === '!') return not(judge(parts[0]))
    }
    const names = turnsOn(rule)
    return names.length > 0 ? names : holds(rule, known, context)
  }

  for (const section of pack.sections) {
    for (const field of section.fields) {
      // Conditions look upwards only, so everything that this one turns on has been judged.
      const isAsked = joined([judge(section.when), judge(field.when)], false)
      if (isAsked !== false && !asked.has(field.id) && answerTo(known, field.id) === undefined) open.add(field.id)
    }
  }
  return { judge, turnsOn }
}

const isList = (logic: Logic): logic is readonly Logic[] => Array.isArray(logic)
const not = (verdict: Verdict): Verdict => (typeof verdict === 'boolean' ? !verdict : verdict)

/** Of `and` (false decides) and `or` (true decides): one that decides does so whatever the others turn on. */
function joined(verdicts: readonly Verdict[], decides: boolean): Verdict {
  if (verdicts.includes(decides)) return decides
  const names = [...new Set(verdicts.flatMap((verdict) => (typeof verdict === 'boolean' ? [] : verdict)))]
  return names.length > 0 ? names : !decides
}
