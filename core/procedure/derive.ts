/**
 * Suggestions: values that follow from other answers (date of birth in words, kind of registration, the requester's
 * data for a parent). The rule that protects people's work: a derived value is written only where the target is empty
 * or still holds what the same derivation gave before the change. What somebody typed over it stays for good, until he
 * empties the field. A suggestion that no longer holds is taken back under the same rule.
 */
import { answerTo, isAddress, sameAnswer, withAnswer, type AnswerValue, type Answers } from './answers.ts'
import { evaluate, holds, variablesOf, type RuleContext } from './conditions.ts'
import { fieldsOf } from './pack.ts'
import type { Derivation, Pack } from './packShape.ts'
import { normaliseAnswers } from './validate.ts'

export interface DeriveContext extends RuleContext {
  /** The answers before the change, by which a value of ours is told from a value of somebody. */
  readonly before: Answers
}

/** What a derivation gives over these answers; undefined when it has nothing to say. */
function suggestion(derivation: Derivation, answers: Answers, context: RuleContext): AnswerValue | undefined {
  if (!holds(derivation.when, answers, context)) return undefined
  const value = evaluate(derivation.value, answers, context)
  if (typeof value === 'string') return value === '' ? undefined : value
  return typeof value === 'number' || typeof value === 'boolean' || isAddress(value) ? value : undefined
}

/** The first derivation with something to say wins, so a pack lists the special ones first. */
function suggestionFor(pack: Pack, target: string, answers: Answers, context: RuleContext): AnswerValue | undefined {
  for (const derivation of pack.derivations) {
    if (derivation.target !== target) continue
    const value = suggestion(derivation, answers, context)
    if (value !== undefined) return value
  }
  return undefined
}

const listens = (derivation: Derivation, fieldId: string): boolean =>
  [...variablesOf(derivation.value), ...variablesOf(derivation.when ?? null)].includes(fieldId)

/**
 * The answers with every suggestion that follows from the change of one field, also through other suggestions. The
 * changed field itself is never touched. `context.before` are the answers before that change.
 */
export function derive(pack: Pack, answers: Answers, changedFieldId: string, context: DeriveContext): Answers {
  const settled = new Set([changedFieldId])
  const queue = [changedFieldId]
  let current = answers
  for (let source = queue.shift(); source !== undefined; source = queue.shift()) {
    for (const target of new Set(pack.derivations.filter((d) => listens(d, source)).map((d) => d.target))) {
      if (settled.has(target)) continue
      const next = settle(pack, target, current, context)
      if (next === current) continue
      current = next
      settled.add(target)
      queue.push(target)
    }
  }
  return current
}

function settle(pack: Pack, target: string, answers: Answers, context: DeriveContext): Answers {
  const value = suggestionFor(pack, target, answers, context)
  const present = answerTo(answers, target)
  const ours = present === undefined || sameAnswer(present, suggestionFor(pack, target, context.before, context))
  return ours && !sameAnswer(present, value) ? withAnswer(answers, target, value) : answers
}

/** The answers of a fresh draft: the defaults that the pack names. They are shown and can be changed. */
export function startAnswers(pack: Pack, context: RuleContext): Answers {
  const pairs = fieldsOf(pack).flatMap((field): [string, AnswerValue][] => {
    const value = field.default === undefined ? null : evaluate(field.default, {}, context)
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[field.id, value]] : []
  })
  return normaliseAnswers(pack, Object.fromEntries(pairs))
}
