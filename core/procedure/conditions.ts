/**
 * Conditions of packs: JsonLogic, run by json-logic-engine's interpreter (`run`; never `build`, which needs eval and
 * breaks the Content-Security-Policy). Every operator is ours and total: a missing or unfit answer makes a comparison
 * false and a computed value null, so no condition can throw. `checkLogic` refuses everything else when a pack is read.
 *
 * Subset (procedures/README.md): var, ==, !=, <, <=, >, >=, !, !!, and, or, if, in, +, cat, length,
 * and of our own: daysBetween, yearsBetween, numberBirthYear, numberSex, yearOf, countryOf,
 * dateInWords, sameText.
 */
import { LogicEngine } from 'json-logic-engine'
import { answerTo, type AnswerValue, type Answers } from './answers.ts'
import { operators } from './operators.ts'

export type Logic = null | boolean | number | string | readonly Logic[] | { readonly [operator: string]: Logic }

/** What a condition may know besides the answers. */
export interface RuleContext {
  /** Local date in Viet Nam, `YYYY-MM-DD`. */
  readonly today: string
}

/** The name under which conditions see the context's date. */
const todayName = 'today'
const maxDepth = 12

interface Scope {
  readonly answers: Answers
  readonly context: RuleContext
}

function lookUp(args: unknown, scope: unknown): AnswerValue | null {
  const name: unknown = Array.isArray(args) ? args[0] : args
  if (typeof name !== 'string' || !isScope(scope)) return null
  if (name === todayName) return scope.context.today
  return answerTo(scope.answers, name) ?? null
}

const isScope = (scope: unknown): scope is Scope =>
  typeof scope === 'object' && scope !== null && 'answers' in scope && 'context' in scope

const engine = new LogicEngine(
  { ...operators, var: lookUp },
  { disableInline: true, disableInterpretedOptimization: true, maxDepth },
)

/** The value of a piece of logic over these answers: a plain JSON value, null when it cannot be known. */
export function evaluate(logic: Logic, answers: Answers, context: RuleContext): unknown {
  const scope: Scope = { answers, context }
  const value: unknown = engine.run(logic, scope)
  return value ?? null
}

/** True when the condition holds; an absent condition holds. */
export function holds(condition: Logic | undefined, answers: Answers, context: RuleContext): boolean {
  return condition === undefined || Boolean(evaluate(condition, answers, context))
}

/** Field ids that a piece of logic looks at, without `today`. */
export function variablesOf(logic: Logic): readonly string[] {
  if (typeof logic !== 'object' || logic === null) return []
  if (isList(logic)) return logic.flatMap(variablesOf)
  return Object.entries(logic).flatMap(([operator, args]) =>
    operator === 'var' ? (typeof args === 'string' && args !== todayName ? [args] : []) : variablesOf(args),
  )
}

/** Why this logic is outside the subset, or null when it is inside; `known` are the fields it may look at. */
export function checkLogic(logic: Logic, known: ReadonlySet<string>, depth = 0): string | null {
  if (depth > maxDepth) return 'deeper than allowed'
  if (typeof logic !== 'object' || logic === null) return null
  if (isList(logic)) return firstTrouble(logic.map((part) => checkLogic(part, known, depth + 1)))
  const [first, ...others] = Object.entries(logic)
  if (first === undefined || others.length > 0) return 'not exactly one operator'
  const [operator, args] = first
  if (operator === 'var') {
    if (typeof args !== 'string') return 'var wants a field id'
    return args === todayName || known.has(args) ? null : `unknown or later field ${args}`
  }
  if (!Object.hasOwn(operators, operator)) return `unknown operator ${operator}`
  return checkLogic(args, known, depth + 1)
}

const firstTrouble = (troubles: readonly (string | null)[]): string | null =>
  troubles.find((trouble) => trouble !== null) ?? null

function isList(logic: Logic): logic is readonly Logic[] {
  return Array.isArray(logic)
}
