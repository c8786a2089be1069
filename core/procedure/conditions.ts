/**
 * Conditions of packs: JsonLogic, run by json-logic-engine's interpreter (`run`; never `build`, which needs eval and
 * breaks the Content-Security-Policy). Every operator is ours and total: a missing or unfit answer makes a comparison
 * false and a computed value null, so no condition can throw. `checkLogic` refuses everything else when a pack is read.
 *
 * Subset (procedures/README.md): var, ==, !=, <, <=, >, >=, !, !!, and, or, if, in, +, -, *, min, max, cat, length,
 * and of our own: sumOf, countOf, daysBetween, yearsBetween, surelyBefore, numberBirthYear, numberSex, yearOf,
 * countryOf, dateInWords, sameText.
 */
import { LogicEngine } from 'json-logic-engine'
import { answerTo, isRows, type AnswerValue, type Answers, type Row } from './answers.ts'
import { operators } from './operators.ts'

export type Logic = null | boolean | number | string | readonly Logic[] | { readonly [operator: string]: Logic }

/** What a condition may know besides the answers. */
export interface RuleContext {
  /** Local date in Viet Nam, `YYYY-MM-DD`. */
  readonly today: string
  /** The row of a list that a condition is about. */
  readonly row?: Row
}

/** The name under which conditions see the context's date. */
const todayName = 'today'
/** A column of the row at hand is `row.<column>`. */
const rowPrefix = 'row.'
const maxDepth = 12

interface Scope {
  readonly answers: Answers
  readonly context: RuleContext
}

function lookUp(args: unknown, scope: unknown): AnswerValue | null {
  const name: unknown = Array.isArray(args) ? args[0] : args
  if (typeof name !== 'string' || !isScope(scope)) return null
  if (name === todayName) return scope.context.today
  if (name.startsWith(rowPrefix)) return answerTo(scope.context.row ?? {}, name.slice(rowPrefix.length)) ?? null
  return answerTo(scope.answers, name) ?? null
}

const isScope = (scope: unknown): scope is Scope =>
  typeof scope === 'object' && scope !== null && 'answers' in scope && 'context' in scope

/** Rows of the list that the first argument names, and the second argument's value for each of them. */
function overRows(args: unknown, scope: unknown): readonly unknown[] {
  if (!isScope(scope) || !isLogicList(args)) return []
  const [list = null, logic = null] = args
  const rows: unknown = engine.run(list, scope)
  return isRows(rows) ? rows.map((row): unknown => engine.run(logic, { ...scope, context: { ...scope.context, row } })) : []
}

/** Operators that look into lists; their second argument is evaluated once a row. */
const rowOperators: Readonly<Record<string, { lazy: true; method: (args: unknown, scope: unknown) => unknown }>> = {
  sumOf: { lazy: true, method: (args, scope) => overRows(args, scope).reduce<number>((sum, part) => sum + (typeof part === 'number' ? part : 0), 0) },
  countOf: { lazy: true, method: (args, scope) => overRows(args, scope).filter(Boolean).length },
}

const engine = new LogicEngine(
  { ...operators, ...rowOperators, var: lookUp },
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

/** False when this logic sums over rows of which there are none, or of which one gives no number. */
export function sumsAreWhole(logic: Logic, answers: Answers, context: RuleContext): boolean {
  if (typeof logic !== 'object' || logic === null) return true
  if (isList(logic)) return logic.every((part) => sumsAreWhole(part, answers, context))
  return Object.entries(logic).every(([operator, args]) => {
    if (operator !== 'sumOf') return sumsAreWhole(args, answers, context)
    const parts = overRows(args, { answers, context })
    return parts.length > 0 && parts.every((part) => typeof part === 'number')
  })
}

/** Field ids that a piece of logic looks at, without `today`. */
export function variablesOf(logic: Logic): readonly string[] {
  if (typeof logic !== 'object' || logic === null) return []
  if (isList(logic)) return logic.flatMap(variablesOf)
  return Object.entries(logic).flatMap(([operator, args]) =>
    operator === 'var' ? (typeof args === 'string' && args !== todayName ? [args] : []) : variablesOf(args),
  )
}

/** Columns of each list that logic may look into. */
export type KnownColumns = ReadonlyMap<string, readonly string[]>

/**
 * Why this logic is outside the subset, or null when it is inside; `known` are the fields it may look at (`row.x` for
 * the columns of the row at hand), `lists` the lists among them with their columns.
 */
export function checkLogic(logic: Logic, known: ReadonlySet<string>, lists: KnownColumns = new Map(), depth = 0): string | null {
  if (depth > maxDepth) return 'deeper than allowed'
  if (typeof logic !== 'object' || logic === null) return null
  if (isList(logic)) return firstTrouble(logic.map((part) => checkLogic(part, known, lists, depth + 1)))
  const [first, ...others] = Object.entries(logic)
  if (first === undefined || others.length > 0) return 'not exactly one operator'
  const [operator, args] = first
  if (operator === 'var') {
    if (typeof args !== 'string') return 'var wants a field id'
    return args === todayName || known.has(args) ? null : `unknown or later field ${args}`
  }
  if (Object.hasOwn(rowOperators, operator)) return checkOverRows(operator, args, known, lists, depth)
  if (!Object.hasOwn(operators, operator)) return `unknown operator ${operator}`
  // A list given bare would be taken for the arguments themselves.
  if (operator === 'length' && !Array.isArray(args)) return 'length wants its argument in a list'
  return checkLogic(args, known, lists, depth + 1)
}

function checkOverRows(operator: string, args: Logic, known: ReadonlySet<string>, lists: KnownColumns, depth: number): string | null {
  const [list, each, ...others] = typeof args === 'object' && args !== null && isList(args) ? args : []
  const [id] = variablesOf(list ?? null)
  const columns = id === undefined ? undefined : lists.get(id)
  if (each === undefined || others.length > 0 || id === undefined || columns === undefined || !known.has(id)) return `${operator} wants a list above and logic over its rows`
  return checkLogic(each, new Set([...known, ...columns.map((column) => `${rowPrefix}${column}`)]), lists, depth + 1)
}

/** Arguments as they stand in a pack; `checkLogic` has seen them. */
const isLogicList = (args: unknown): args is readonly Logic[] => Array.isArray(args)

const firstTrouble = (troubles: readonly (string | null)[]): string | null =>
  troubles.find((trouble) => trouble !== null) ?? null

function isList(logic: Logic): logic is readonly Logic[] {
  return Array.isArray(logic)
}
