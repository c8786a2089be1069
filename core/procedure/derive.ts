/**
 * Suggestions: values that follow from other answers (date of birth in words, kind of registration, the requester's
 * data for a parent). The rule that protects people's work: a derived value is written only where the target is empty
 * or still holds what the derivations gave before the change. What somebody typed over it stays for good, until he empties
 * the field. A suggestion that no longer holds is taken back under the same rule, unless the pack says `keep`.
 */
import { answerTo, isAddress, sameAnswer, withAnswer, type AnswerValue, type Answers } from './answers.ts'
import { evaluate, holds, variablesOf, type RuleContext } from './conditions.ts'
import { fieldsOf } from './pack.ts'
import type { Derivation, Pack } from './packShape.ts'
import { normaliseAnswers, pruneHidden } from './validate.ts'

export interface DeriveContext extends RuleContext {
  /** The answers before the change, by which a value of ours is told from a value of somebody. */
  readonly before: Answers
}

interface Suggestion {
  readonly value: AnswerValue
  readonly keep: boolean
}

/** The first derivation with something to say wins, so a pack lists the special ones first. */
function suggestionFor(pack: Pack, target: string, answers: Answers, context: RuleContext): Suggestion | undefined {
  const asked = pruneHidden(pack, answers, context)
  for (const { when, value: logic, keep, ...derivation } of pack.derivations) {
    if (derivation.target !== target || !holds(when, asked, context)) continue
    const value = answerFrom(evaluate(logic, asked, context))
    if (value !== undefined) return { value, keep: keep === true }
  }
  return undefined
}

function answerFrom(value: unknown): AnswerValue | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  return typeof value === 'number' || typeof value === 'boolean' || isAddress(value) ? value : undefined
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
  const present = answerTo(answers, target)
  const next = suggestionFor(pack, target, answers, context)
  const last = suggestionFor(pack, target, context.before, context)
  if (present !== undefined && !sameAnswer(present, last?.value)) return answers
  if (next === undefined) return last === undefined || last.keep ? answers : withAnswer(answers, target, undefined)
  return sameAnswer(present, next.value) ? answers : withAnswer(answers, target, next.value)
}

/** The answers of a fresh draft: the pack's defaults and what follows from them. They are shown and can be changed. */
export function startAnswers(pack: Pack, context: RuleContext): Answers {
  const defaults = fieldsOf(pack).flatMap((field): [string, AnswerValue][] => {
    const value = field.default === undefined ? undefined : answerFrom(evaluate(field.default, {}, context))
    return value === undefined ? [] : [[field.id, value]]
  })
  const start = normaliseAnswers(pack, Object.fromEntries(defaults))
  return Object.keys(start).reduce((answers, id) => derive(pack, answers, id, { ...context, before: start }), start)
}
