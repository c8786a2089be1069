/**
 * The pre-check of a procedure: the pack's few questions, asked in memory only, and what their answers call for. It uses the
 * same derivations, checklist, fee and deadline as the form, so that nobody is told one thing before and another after.
 */
import { computed, shallowRef, type ComputedRef } from 'vue'
import { answerTo, type AnswerValue, type Answers } from '../../core/procedure/answers.ts'
import { checklist, type Paper } from '../../core/procedure/checklist.ts'
import type { RuleContext } from '../../core/procedure/conditions.ts'
import { localMoment } from '../../core/procedure/dates.ts'
import { deadlineFor, expectedDate, type ExpectedDate } from '../../core/procedure/deadlines.ts'
import { derive, startAnswers } from '../../core/procedure/derive.ts'
import { feeFor, type FeeEstimate } from '../../core/procedure/fees.ts'
import { columnKindNames, type Field, type KindName, type Pack, type PackDocument } from '../../core/procedure/packShape.ts'
import { whoMustCome } from '../../core/procedure/presence.ts'
import { relevantFields } from '../../core/procedure/validate.ts'
import { holidays } from '../stores/holidays.ts'

/** A paper of the pre-check; `perhaps`: no question was asked that could tell whether it is needed. */
export type PrecheckPaper = Pick<Paper, 'id' | 'mode' | 'kind' | 'copies' | 'substitutes' | 'replacedByDatabase'> & { readonly perhaps: boolean }

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
}

/** Kinds that stand without an open draft; a list, a consent or a signature is no question of a pre-check. */
const alone: ReadonlySet<KindName> = new Set(columnKindNames)

/** Nothing is stored, and nothing outlives the component. */
export function usePrecheck(pack: Pack, nowMs: () => number): Precheck {
  const context = (): RuleContext => ({ today: localMoment(nowMs()).date })
  const answers = shallowRef<Answers>(startAnswers(pack, context()))
  const asked = pack.precheck ?? []

  const questions = computed(() => {
    const relevant = new Map(relevantFields(pack, answers.value, context()).filter(({ kind }) => alone.has(kind)).map((field) => [field.id, field]))
    return asked.flatMap((id) => relevant.get(id) ?? [])
  })

  function answer(id: string, value: AnswerValue | undefined): void {
    const before = answers.value
    const next: Answers = value === undefined ? Object.fromEntries(Object.entries(before).filter(([one]) => one !== id)) : { ...before, [id]: value }
    answers.value = derive(pack, next, id, { ...context(), before })
  }

  return {
    questions,
    valueOf: (id) => answerTo(answers.value, id),
    answer,
    unanswered: computed(() => questions.value.filter(({ id }) => answerTo(answers.value, id) === undefined).length),
    papers: computed(() => (asked.length === 0 ? pack.documents.map(wholeList) : checklist(pack, answers.value, {}, context()).filter(({ required }) => required).map((paper) => ({ ...paper, perhaps: false })))),
    fee: computed(() => feeFor(pack, answers.value, context())),
    presence: computed(() => whoMustCome(pack, answers.value, context())),
    expected: computed(() => expectedDate(deadlineFor(pack, answers.value, context()), localMoment(nowMs()), holidays)),
  }
}

function wholeList({ id, mode, kind, copies, substitutes, when, required, replaceableByDatabase }: PackDocument): PrecheckPaper {
  return { id, mode, kind, copies, substitutes, replacedByDatabase: replaceableByDatabase, perhaps: when !== undefined || required !== true }
}
