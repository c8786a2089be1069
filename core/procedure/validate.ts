/**
 * The only validation there is: the tablet runs it field by field while somebody types and whole before finalising, the
 * office runs the same code on what it opens, so the two sides cannot disagree. Pure; the date comes in the context.
 *
 * A field that is not asked is never judged, and its answer counts as absent in every condition (`pruneHidden`).
 */
import { answerTo, composed, isRows, sameAnswer, type AnswerValue, type Answers } from './answers.ts'
import { holds, type RuleContext } from './conditions.ts'
import { kinds } from './kinds/kinds.ts'
import { fieldsOf } from './pack.ts'
import type { Check, Field, Pack, Section } from './packShape.ts'
import { problem, type Problem } from './problems.ts'
import { askedRow, placeInList, rowProblems, tidyRows } from './rows.ts'

/**
 * One answer in its stored form, or undefined when it is empty. A value of a type that the kind cannot read (a number
 * in a yes/no question) is kept as it is, so that `validate` can refuse it instead of losing it. Whatever is kept has its
 * letters composed and no minus zero, since that is what survives the way to the office.
 */
export function tidyAnswer(field: Field, value: AnswerValue | undefined): AnswerValue | undefined {
  if (value === undefined) return undefined
  if (field.kind === 'list' && isRows(value)) return tidyRows(field, value)
  const kind = kinds[field.kind]
  const tidy = kind.tidy(value, field) ?? (kind.isEmpty(value) ? undefined : value)
  return tidy === undefined ? undefined : composed(tidy)
}

/** Every answer in its stored form, empty ones left out. Idempotent. Answers to unknown fields are kept as they are. */
export function normaliseAnswers(pack: Pack, answers: Answers): Answers {
  const fields = new Map(fieldsOf(pack).map((field) => [field.id, field]))
  const pairs = Object.entries(answers).flatMap(([id, value]): [string, AnswerValue][] => {
    const field = fields.get(id)
    const tidy = field === undefined ? value : tidyAnswer(field, value)
    return tidy === undefined ? [] : [[id, tidy]]
  })
  return Object.fromEntries(pairs)
}

interface Relevance {
  readonly sections: readonly Section[]
  readonly fields: readonly Field[]
  /** The answers to the fields that are asked, and nothing else. */
  readonly answers: Answers
}

/**
 * One pass from top to bottom: each condition sees only answers to fields that are asked, because a field's `when` may
 * look only at fields above it (`parsePack`). Hence no fixed point is needed and the order of answering does not matter.
 */
function relevance(pack: Pack, given: Answers, context: RuleContext): Relevance {
  const answers: Record<string, AnswerValue> = {}
  const fields: Field[] = []
  const sections: Section[] = []
  for (const section of pack.sections) {
    if (!holds(section.when, answers, context)) continue
    const before = fields.length
    for (const field of section.fields) {
      if (!holds(field.when, answers, context)) continue
      fields.push(field)
      const tidy = tidyAnswer(field, answerTo(given, field.id))
      const asked = tidy === undefined ? undefined : withoutHiddenCells(field, tidy, answers, context)
      if (asked !== undefined) answers[field.id] = asked
    }
    if (fields.length > before) sections.push(section)
  }
  return { sections, fields, answers }
}

/** The rows of a list with the answers to the columns that are asked; undefined when no row is left. */
function withoutHiddenCells(field: Field, value: AnswerValue, above: Answers, context: RuleContext): AnswerValue | undefined {
  if (field.columns === undefined || !isRows(value)) return value
  const { columns } = field
  const rows = value.map((row) => askedRow(columns, row, above, context).row).filter((row) => Object.keys(row).length > 0)
  return rows.length === 0 ? undefined : rows
}

/** Sections with at least one field to ask, in order. */
export const relevantSections = (pack: Pack, answers: Answers, context: RuleContext): readonly Section[] =>
  relevance(pack, answers, context).sections

/** Fields to ask, in order; with a section id only that section's. */
export function relevantFields(
  pack: Pack,
  answers: Answers,
  context: RuleContext,
  sectionId?: string,
): readonly Field[] {
  const { fields } = relevance(pack, answers, context)
  const section = pack.sections.find(({ id }) => id === sectionId)
  return section === undefined ? fields : fields.filter((field) => section.fields.includes(field))
}

/** The answers that will be sent: normalised, only those to fields that are asked. */
export const pruneHidden = (pack: Pack, answers: Answers, context: RuleContext): Answers =>
  relevance(pack, answers, context).answers

/** True when the field must be answered, given these answers. */
export const isRequired = (pack: Pack, field: Field, answers: Answers, context: RuleContext): boolean =>
  holds(field.required, pruneHidden(pack, answers, context), context)

function problemsOf(pack: Pack, field: Field, answers: Answers, context: RuleContext): readonly Problem[] {
  const value = answerTo(answers, field.id)
  const own = value === undefined ? absent(field, answers, context) : present(field, value, answers, context)
  if (own.some(({ level }) => level === 'error')) return own
  const checks = pack.checks.filter((check) => check.field === field.id)
  return [...own, ...checks.flatMap((check) => spoken(check, field, value, answers, context))]
}

/** What a check says: once, or once for each row that it is about. */
function spoken(check: Check, field: Field, value: AnswerValue | undefined, answers: Answers, context: RuleContext): readonly Problem[] {
  const { id, level, params, when, column } = check
  if (column === undefined) return holds(when, answers, context) ? [problem(field.id, id, level, params)] : []
  const rows = isRows(value) ? value : []
  return rows.flatMap((row, index) =>
    holds(when, answers, { ...context, row }) ? [problem(placeInList(field.id, index, column), id, level, params)] : [],
  )
}

const absent = (field: Field, answers: Answers, context: RuleContext): readonly Problem[] =>
  holds(field.required, answers, context) ? [problem(field.id, 'required')] : []

function present(field: Field, value: AnswerValue, answers: Answers, context: RuleContext): readonly Problem[] {
  const kind = kinds[field.kind]
  const parsed = kind.parse(value, field)
  const found = parsed.ok ? kind.check(parsed.value, field, context) : [parsed.failure]
  const own = found.map(({ rule, level, params }) => problem(field.id, rule, level, params))
  return [...own, ...rowProblems(field, value, answers, context)]
}

/**
 * Problems of one field; none when it is not asked. Checks over several answers belong to the field that the pack
 * names, so after a change of another field the page asks again for the fields it shows.
 */
export function validateField(pack: Pack, fieldId: string, answers: Answers, context: RuleContext): readonly Problem[] {
  const { fields, answers: asked } = relevance(pack, answers, context)
  const field = fields.find(({ id }) => id === fieldId)
  return field === undefined ? [] : problemsOf(pack, field, asked, context)
}

/** Every problem of an application, in the order of the form; answers to fields that the pack has not are errors. */
export function validate(pack: Pack, answers: Answers, context: RuleContext): readonly Problem[] {
  const { fields, answers: asked } = relevance(pack, answers, context)
  const known = new Set(fieldsOf(pack).map(({ id }) => id))
  const unknown = Object.keys(answers).filter((id) => !known.has(id))
  return [
    ...fields.flatMap((field) => problemsOf(pack, field, asked, context)),
    ...unknown.sort().map((id) => problem(id, 'unknownField')),
  ]
}

/** Ids of answers that will not be sent because their fields are not asked. */
export function hiddenAnswers(pack: Pack, answers: Answers, context: RuleContext): readonly string[] {
  const asked = pruneHidden(pack, answers, context)
  return Object.keys(answers).filter((id) => !Object.hasOwn(asked, id))
}

/** True when the two sets of answers differ in this field. */
export const changed = (one: Answers, other: Answers, id: string): boolean =>
  !sameAnswer(answerTo(one, id), answerTo(other, id))
