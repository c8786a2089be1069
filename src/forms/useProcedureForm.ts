/**
 * One open draft as a form. Each field has one rule, asked when the field is left, never while somebody types. What is
 * typed is saved by `draftSaver`; what core derives goes in by `useAnswers`; what is wrong is said by `problemsShown`. The
 * only validation is core's.
 */
import { computed, inject, ref, shallowReactive, shallowRef, type ComputedRef, type InjectionKey, type Ref, type ShallowRef } from 'vue'
import type { Attachment } from '../../core/application/attachment.ts'
import type { Answers } from '../../core/procedure/answers.ts'
import type { PapersState, StoredPaperState } from '../../core/procedure/checklist.ts'
import { holds, type RuleContext } from '../../core/procedure/conditions.ts'
import { localMoment } from '../../core/procedure/dates.ts'
import type { Origin } from '../../core/procedure/facts.ts'
import { fieldOf, fieldsOf } from '../../core/procedure/pack.ts'
import type { Field, Pack, Section } from '../../core/procedure/packShape.ts'
import type { Problem } from '../../core/procedure/problems.ts'
import { askingFields, type Followed } from '../../core/procedure/subject.ts'
import { pruneHidden, relevantFields, relevantSections } from '../../core/procedure/validate.ts'
import { usePressed } from '../composables/usePressed.ts'
import type { Procedure } from '../stores/procedures.ts'
import type { Draft, DraftContent } from '../stores/tablet.ts'
import { makeDraftSaver, type DraftSaver, type SaverPorts } from './draftSaver.ts'
import { makeFieldActs, type ActParts, type FieldActs } from './fieldActs.ts'
import { labelOf } from './formAnswers.ts'
import { makeListActs, type ListActs } from './listActs.ts'
import { readPapers } from './papers.ts'
import { makeProblemsShown, type ProblemsShown } from './problemsShown.ts'
import { useAnswers } from './useAnswers.ts'

export interface ProcedureForm extends FieldActs {
  readonly procedure: Procedure
  readonly draft: Draft
  readonly saver: DraftSaver
  readonly answers: ComputedRef<Answers>
  /** The answers as of the last field that was left: what is asked follows from them. */
  readonly settled: Readonly<ShallowRef<Answers>>
  /** The settled answers to the fields that are asked. */
  readonly asked: ComputedRef<Answers>
  readonly lists: ListActs
  readonly papers: Ref<PapersState>
  /** Photos of papers, changed by usePhotos and useCarriedPhotos alone, in turn. */
  readonly attachments: Ref<readonly Attachment[]>
  /** Photos being taken or taken out: whoever finalises, locks or leaves waits for them. Each ends by itself. */
  readonly inHand: Set<Promise<unknown>>
  readonly place: Ref<string | null>
  readonly context: () => RuleContext
  readonly nowMs: () => number
  readonly sections: ComputedRef<readonly Section[]>
  readonly fieldsIn: (sectionId: string) => readonly Field[]
  /** Ids of the fields that must be answered, worked out once a change for all fields on the page. */
  readonly required: ComputedRef<ReadonlySet<string>>
  readonly problems: ProblemsShown
  readonly touched: ReadonlySet<string>
  /** Where answers came from that nobody typed here, by field id; an entry goes when somebody changes the answer. */
  readonly origins: ReadonlyMap<string, Origin>
  /** Fills in facts, such as those of a scanned card, and says where they are from; undefined takes an answer out. */
  readonly fill: (facts: Followed) => void
  /** The fields, each with the fact that it asks for under the settled answers. */
  readonly asking: ComputedRef<readonly Field[]>
  /** Name of the volunteer, for what the citizen agrees to; '' when there is none. */
  readonly helper: string
  /** Judges every field of a section and gives the errors in the order of the page. */
  readonly judgeSection: (sectionId: string) => readonly Problem[]
  readonly setPaper: (paperId: string, state: StoredPaperState) => void
  readonly setPlace: (place: string) => void
  /** What would be saved now, or with other answers. */
  readonly content: (answers?: Answers) => DraftContent
}

export interface FormPorts extends Omit<SaverPorts, 'content'> {
  readonly startAnswers: Answers
  /** Of the start answers, those that come from a fact of the visit. */
  readonly origins?: Readonly<Record<string, Origin>>
  readonly helper?: string
}

export const formKey: InjectionKey<ProcedureForm> = Symbol('form')

/** The form of the draft page around this component. */
export function useOpenForm(): ProcedureForm {
  const form = inject(formKey)
  if (form === undefined) throw new Error('no draft is open here')
  return form
}

interface Asked {
  readonly asked: ComputedRef<Answers>
  readonly sections: ComputedRef<readonly Section[]>
  readonly fieldsIn: (sectionId: string) => readonly Field[]
  readonly required: ComputedRef<ReadonlySet<string>>
}

/** What is asked and required, worked out once for all fields when an answer has settled, never for a key. */
function whatIsAsked(pack: Pack, settled: Readonly<ShallowRef<Answers>>, context: () => RuleContext): Asked {
  const asked = computed(() => pruneHidden(pack, settled.value, context()))
  const fields = computed(() => relevantFields(pack, settled.value, context()))
  return {
    asked,
    sections: computed(() => relevantSections(pack, settled.value, context())),
    fieldsIn(sectionId) {
      const section = pack.sections.find(({ id }) => id === sectionId)
      return fields.value.filter((field) => section?.fields.includes(field) === true)
    },
    required: computed(() => new Set(fieldsOf(pack).filter(({ required }) => holds(required, asked.value, context())).map(({ id }) => id))),
  }
}

/** Typing, leaving, filling in what is known, and checking a whole section. */
function makeFilling(
  acts: ActParts, lists: ListActs, fieldsIn: ProcedureForm['fieldsIn'], origins: Map<string, Origin>,
): Pick<ProcedureForm, 'type' | 'leave' | 'fill' | 'judgeSection'> {
  const { write, settle, problems, saver, touched } = acts
  const { type, leave } = makeFieldActs(acts)
  return {
    leave,
    type(fieldId, value) {
      origins.delete(fieldId)
      type(fieldId, value)
    },
    fill(facts) {
      for (const [id, fact] of Object.entries(facts)) {
        write(id, fact?.value)
        if (fact === undefined) origins.delete(id)
        else origins.set(id, fact.origin)
      }
      settle()
      problems.judge(Object.keys(facts).filter((id) => problems.shown.has(id)))
      void saver.flush()
    },
    judgeSection(sectionId) {
      for (const { id, kind } of fieldsIn(sectionId)) {
        touched.add(id)
        if (kind === 'list') lists.dropEmpty(id)
      }
      settle()
      return problems.reveal(fieldsIn(sectionId).map(({ id }) => id))
    },
  }
}

/** Must be called in a component's setup. */
export function useProcedureForm(procedure: Procedure, draft: Draft, ports: FormPorts): ProcedureForm {
  const { pack } = procedure
  const pressed = usePressed()
  const touched = shallowReactive(new Set(draft.content.touched))
  const papers = ref<PapersState>(readPapers(draft.content.papers))
  const attachments = shallowRef(draft.content.attachments)
  const place = ref(draft.content.place)
  const context = (): RuleContext => ({ today: localMoment(ports.nowMs()).date })
  const inForm = useAnswers(pack, ports.startAnswers, context, () => {
    saver.changed()
  })
  const { answers, settled } = inForm
  const content = (given: Answers = answers.value): DraftContent => ({
    answers: { ...given },
    papers: { ...papers.value },
    attachments: attachments.value,
    touched: [...touched],
    place: place.value,
    label: labelOf(pack, given),
  })
  const saver = makeDraftSaver(draft, { ...ports, content: () => content() })
  const problems = makeProblemsShown(pack, () => answers.value, context, touched)
  const acts = { ...inForm, ...pressed, saver, problems, touched, fieldOf: (id: string) => fieldOf(pack, id) }
  const lists = makeListActs(acts)
  const origins = shallowReactive(new Map(Object.entries(ports.origins ?? {})))
  const what = whatIsAsked(pack, settled, context)

  return {
    procedure, draft, saver, answers, settled, papers, attachments, place, context, touched, problems, content, lists, origins,
    ...what,
    asking: computed(() => askingFields(pack, settled.value, context())),
    nowMs: ports.nowMs,
    inHand: new Set(),
    helper: ports.helper ?? '',
    ...makeFilling(acts, lists, what.fieldsIn, origins),
    setPaper(paperId, state) {
      papers.value = { ...papers.value, [paperId]: state }
      saver.changed()
      void saver.flush()
    },
    setPlace(next) {
      if (place.value === next) return
      place.value = next
      saver.changed()
    },
  }
}
