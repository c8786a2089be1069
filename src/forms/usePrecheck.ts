/**
 * The pre-check of a procedure: the pack's few questions, asked in memory only, and what their answers call for. It uses the
 * same derivations, checklist, fee and deadline as the form, so that nobody is told one thing before and another after; what
 * turns on a question that is not asked here is said to depend on it. Of a list it asks what papers, fee and time turn on,
 * for one row.
 */
import { computed, shallowRef, type ComputedRef } from 'vue'
import { answerTo, isRows, isSignature, type AnswerValue, type Answers, type CellValue, type Row } from '../../core/procedure/answers.ts'
import { holds, variablesOf, type Logic, type RuleContext } from '../../core/procedure/conditions.ts'
import { localMoment } from '../../core/procedure/dates.ts'
import { deadlineFor, expectedDate, type ExpectedDate } from '../../core/procedure/deadlines.ts'
import { derive, startAnswers } from '../../core/procedure/derive.ts'
import { feeFor, type FeeEstimate } from '../../core/procedure/fees.ts'
import type { Paper } from '../../core/procedure/checklist.ts'
import { columnKindNames, type Field, type KindName, type Pack, type PackDocument } from '../../core/procedure/packShape.ts'
import { whoMustCome } from '../../core/procedure/presence.ts'
import { placeInList, readPlace } from '../../core/procedure/rows.ts'
import { undecided, type Undecided } from '../../core/procedure/undecided.ts'
import { relevantFields } from '../../core/procedure/validate.ts'
import { holidays } from '../stores/holidays.ts'

/** A paper of the pre-check; `perhaps`: whether it is needed turns on what is not asked here, as far as known `dependsOn`. */
export type PrecheckPaper = Pick<Paper, 'id' | 'mode' | 'kind' | 'copies' | 'substitutes' | 'replacedByDatabase'> & {
  readonly perhaps: boolean
  readonly dependsOn: readonly string[]
}

/** Ids of the questions of the form on which an answer of the pre-check still depends. */
export interface Depends {
  readonly fee: readonly string[]
  readonly presence: readonly string[]
  readonly expected: readonly string[]
}

export interface Precheck {
  /** The questions that the answers so far leave to be asked; none when the pack names none. */
  readonly questions: ComputedRef<readonly Field[]>
  readonly valueOf: (id: string) => AnswerValue | undefined
  readonly answer: (id: string, value: AnswerValue | undefined) => void
  readonly unanswered: ComputedRef<number>
  readonly papers: ComputedRef<readonly PrecheckPaper[]>
  readonly fee: ComputedRef<FeeEstimate>
  readonly presence: ComputedRef<readonly string[]>
  readonly expected: ComputedRef<ExpectedDate>
  readonly depends: ComputedRef<Depends>
}

/** Kinds that stand without an open draft; a consent or a signature is no question of a pre-check. */
const alone: ReadonlySet<KindName> = new Set(columnKindNames)

/** Nothing is stored, and nothing outlives the component. */
export function usePrecheck(pack: Pack, nowMs: () => number): Precheck {
  const context = (): RuleContext => ({ today: localMoment(nowMs()).date })
  const answers = shallowRef<Answers>(startAnswers(pack, context()))
  const asked = pack.precheck ?? []
  const told = columnsThatTell(pack)
  const open = computed(() => undecided(pack, answers.value, new Set(asked), context()))

  const questions = computed(() => {
    const relevant = new Map(relevantFields(pack, answers.value, context()).map((field) => [field.id, field]))
    return asked.flatMap((id) => relevant.get(id) ?? []).flatMap((field) => (field.kind === 'list' ? cellsOf(field, told, answers.value, context()) : alone.has(field.kind) ? [field] : []))
  })

  function valueOf(id: string): AnswerValue | undefined {
    const place = readPlace(id)
    if (place === null) return answerTo(answers.value, id)
    const rows = answerTo(answers.value, place.list)
    return isRows(rows) ? answerTo(rows[place.index] ?? {}, place.column) : undefined
  }

  function answer(id: string, value: AnswerValue | undefined): void {
    const before = answers.value
    const place = readPlace(id)
    const next = place === null ? changed(before, id, value) : { ...before, [place.list]: [changed(rowOf(before, place.list), place.column, cellOf(value))] }
    answers.value = derive(pack, next, place?.list ?? id, { ...context(), before })
  }

  return {
    questions,
    valueOf,
    answer,
    unanswered: computed(() => questions.value.filter(({ id }) => valueOf(id) === undefined).length),
    papers: computed(() => (asked.length === 0 ? pack.documents.map(wholeList) : pack.documents.flatMap((document) => paperBy(document, open.value)))),
    fee: computed(() => feeFor(pack, answers.value, context())),
    presence: computed(() => whoMustCome(pack, answers.value, context())),
    expected: computed(() => expectedDate(deadlineFor(pack, answers.value, context()), localMoment(nowMs()), holidays)),
    depends: computed(() => dependsOf(pack, open.value)),
  }
}

const changed = <T>(before: Readonly<Record<string, T>>, id: string, value: T | undefined): Record<string, T> =>
  Object.fromEntries([...Object.entries(before).filter(([one]) => one !== id), ...(value === undefined ? [] : [[id, value] as const])])
function wholeList({ id, mode, kind, copies, substitutes, when, required, replaceableByDatabase }: PackDocument): PrecheckPaper {
  return { id, mode, kind, copies, substitutes, replacedByDatabase: replaceableByDatabase, perhaps: when !== undefined || required !== true, dependsOn: [] }
}

/** A paper that is needed, or may be by what is not asked here; none for one that is not, or that nobody must bring. */
function paperBy(document: PackDocument, { judge }: Undecided): readonly PrecheckPaper[] {
  const verdicts = [judge(document.when), judge(document.required)]
  if (verdicts.includes(false)) return []
  const dependsOn = [...new Set(verdicts.flatMap((verdict) => (typeof verdict === 'boolean' ? [] : verdict)))]
  return [{ ...wholeList(document), perhaps: dependsOn.length > 0, dependsOn }]
}

function dependsOf({ fee, presence = [], deadline }: Pack, { judge, turnsOn }: Undecided): Depends {
  const of = (rule: Logic | undefined): readonly string[] => ((verdict) => (typeof verdict === 'boolean' ? [] : verdict))(judge(rule))
  const lines = fee.lines.filter(({ when }) => judge(when) !== false)
  const frees = lines.some(({ exemptions }) => exemptions.length > 0) && fee.exemptionField !== undefined ? turnsOn({ var: fee.exemptionField }) : []
  return {
    fee: unique([...lines.flatMap(({ when, quantity }) => [...of(when), ...turnsOn(quantity)]), ...frees]),
    presence: unique(presence.flatMap(({ when }) => of(when))),
    expected: unique((deadline.cases ?? []).flatMap(({ when }) => of(when))),
  }
}

const unique = (ids: readonly string[]): readonly string[] => [...new Set(ids)]

/** Columns on which papers, fee, presence or time turn. */
function columnsThatTell({ documents, fee, presence = [], deadline }: Pack): ReadonlySet<string> {
  const rules = [
    ...documents.filter(({ required }) => required !== false).flatMap(({ when, required }) => [when, required]),
    ...fee.lines.flatMap(({ when, quantity }) => [when, quantity]),
    ...[...presence, ...(deadline.cases ?? [])].map(({ when }) => when),
  ]
  return new Set(rules.flatMap((rule) => variablesOf(rule ?? null)).flatMap((name) => (name.startsWith('row.') ? [name.slice(4)] : [])))
}

/** What a cell can hold; a question about a row is of no other kind. */
const cellOf = (value: AnswerValue | undefined): CellValue | undefined => (value === undefined || isRows(value) || isSignature(value) ? undefined : value)

/** One row of a list as questions of their own, where somebody has to be asked for it. */
function cellsOf(list: Field, told: ReadonlySet<string>, answers: Answers, context: RuleContext): readonly Field[] {
  const row = rowOf(answers, list.id)
  return (list.columns ?? [])
    .filter((column) => told.has(column.id) && holds(column.when, answers, { ...context, row }))
    .map((column) => ({ ...column, id: placeInList(list.id, 0, column.id) }))
}

function rowOf(answers: Answers, list: string): Row {
  const rows = answerTo(answers, list)
  return isRows(rows) ? (rows[0] ?? {}) : {}
}
