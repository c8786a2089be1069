/**
 * Whom a case is about. The citizen at the table asks for himself or for somebody else, and which of the two follows from
 * the answers: a field of role `subject` asks for the facts of `self` in the first case, and in the second for those of a
 * person of its own. As long as neither is known it asks for nobody's, so that two people never become one.
 */
import { answerTo, sameAnswer, type Answers } from './answers.ts'
import { holds, type RuleContext } from './conditions.ts'
import { factFor, type Fact, type Facts } from './facts.ts'
import { fieldsOf } from './pack.ts'
import type { Field, Pack } from './packShape.ts'
import { pruneHidden } from './validate.ts'

const subject = 'subject.'

/** The fields of a pack, each with the fact that it asks for under these answers. */
export function askingFields(pack: Pack, answers: Answers, context: RuleContext): readonly Field[] {
  if (pack.subject === undefined) return fieldsOf(pack)
  const asked = pruneHidden(pack, answers, context)
  const role = pack.subject.find(({ when }) => holds(when, asked, context))?.role
  return fieldsOf(pack).map(({ fact, ...field }) => {
    if (fact?.startsWith(subject) !== true) return fact === undefined ? field : { ...field, fact }
    return role === undefined ? field : { ...field, fact: `${role}.${fact.slice(subject.length)}` }
  })
}

/** Facts that go into fields, by field id; undefined takes an answer out. */
export type Followed = Readonly<Record<string, Fact | undefined>>

/**
 * What follows for the answers when the subject has become another: what is known of the new one goes where nothing is
 * answered, or still what was known of the one before; what was known of that one goes. What somebody answered stays.
 */
export function followSubject(before: readonly Field[], after: readonly Field[], answers: Answers, facts: Facts): Followed {
  const others = after.flatMap((field, index): [string, Fact | undefined][] => {
    const former = before[index]
    if (former === undefined || former.fact === field.fact) return []
    const [last, next, present] = [factFor(former, facts), factFor(field, facts), answerTo(answers, field.id)]
    if (present !== undefined && !sameAnswer(present, last?.value)) return []
    return present === undefined && next === undefined ? [] : [[field.id, next]]
  })
  return Object.fromEntries(others)
}
