/**
 * One open draft as a form. Each field has one rule, asked when the field is left, never while somebody types. What is
 * typed is saved by `draftSaver`; what core derives goes in by `useAnswers`; what is wrong is said by `problemsShown`. The
 * only validation is core's.
 */
import { computed, inject, ref, shallowReactive, shallowRef, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import type { Attachment } from '../../core/application/attachment.ts'
import { answerTo, type AnswerValue, type Answers } from '../../core/procedure/answers.ts'
import type { PapersState, StoredPaperState } from '../../core/procedure/checklist.ts'
import { holds, type RuleContext } from '../../core/procedure/conditions.ts'
import { localMoment } from '../../core/procedure/dates.ts'
import { fieldOf, fieldsOf } from '../../core/procedure/pack.ts'
import type { Field, KindName, Pack, Section } from '../../core/procedure/packShape.ts'
import type { Problem } from '../../core/procedure/problems.ts'
import { pruneHidden, relevantFields, relevantSections, tidyAnswer } from '../../core/procedure/validate.ts'
import { usePressed } from '../composables/usePressed.ts'
import type { Procedure } from '../stores/procedures.ts'
import type { Draft, DraftContent } from '../stores/tablet.ts'
import { makeDraftSaver, type DraftSaver, type SaverPorts } from './draftSaver.ts'
import { labelOf } from './formAnswers.ts'
import { readPapers } from './papers.ts'
import { makeProblemsShown, type ProblemsShown } from './problemsShown.ts'
import { useAnswers, type AnswersInForm } from './useAnswers.ts'

export interface ProcedureForm {
  readonly procedure: Procedure
  readonly draft: Draft
  readonly saver: DraftSaver
  readonly answers: ComputedRef<Answers>
  readonly papers: Ref<PapersState>
  /** Photos of papers, changed by usePhotos alone. */
  readonly attachments: Ref<readonly Attachment[]>
  readonly place: Ref<string | null>
  readonly context: () => RuleContext
  readonly sections: ComputedRef<readonly Section[]>
  readonly fieldsIn: (sectionId: string) => readonly Field[]
  /** Ids of the fields that must be answered, worked out once a change for all fields on the page. */
  readonly required: ComputedRef<ReadonlySet<string>>
  readonly problems: ProblemsShown
  readonly touched: ReadonlySet<string>
  readonly type: (fieldId: string, value: AnswerValue | undefined) => void
  readonly leave: (fieldId: string) => Promise<void>
  /** Judges every field of a section and gives the errors in the order of the page. */
  readonly judgeSection: (sectionId: string) => readonly Problem[]
  readonly setPaper: (paperId: string, state: StoredPaperState) => void
  readonly setPlace: (place: string) => void
  /** What would be saved now, or with other answers. */
  readonly content: (answers?: Answers) => DraftContent
}

export interface FormPorts extends Omit<SaverPorts, 'content'> {
  readonly startAnswers: Answers
}

export const formKey: InjectionKey<ProcedureForm> = Symbol('form')

/** The form of the draft page around this component. */
export function useOpenForm(): ProcedureForm {
  const form = inject(formKey)
  if (form === undefined) throw new Error('no draft is open here')
  return form
}

/** Kinds that are chosen, not typed: choosing is leaving. */
const chosenKinds: ReadonlySet<KindName> = new Set<KindName>(['choice', 'yesNo', 'declaration'])

interface Parts extends AnswersInForm {
  readonly saver: DraftSaver
  readonly problems: ProblemsShown
  readonly touched: Set<string>
  readonly kindOf: (fieldId: string) => Field | undefined
  readonly released: () => Promise<void>
}

/** What happens to a field: typed into, or left. */
function makeFieldActs({ answers, write, settle, ask, saver, problems, touched, kindOf, released }: Parts): Pick<ProcedureForm, 'type' | 'leave'> {
  async function leave(fieldId: string): Promise<void> {
    const field = kindOf(fieldId)
    if (field === undefined) return
    const typed = answerTo(answers.value, fieldId)
    const tidy = tidyAnswer(field, typed)
    if (tidy !== typed) write(fieldId, tidy)
    const saved = saver.flush()
    await released()
    // From here the page may move: a note goes, a problem comes, other fields appear.
    touched.add(fieldId)
    settle()
    problems.judge(fieldId)
    problems.judgeOthers(fieldId)
    await ask(fieldId)
    await saved
    await saver.flush()
  }

  function type(fieldId: string, value: AnswerValue | undefined): void {
    touched.add(fieldId)
    write(fieldId, value)
    const kind = kindOf(fieldId)?.kind
    if (kind !== undefined && chosenKinds.has(kind)) void leave(fieldId)
    else problems.forgive(fieldId)
  }

  return { type, leave }
}

function requiredIn(pack: Pack, answers: Answers, context: RuleContext): ReadonlySet<string> {
  const asked = pruneHidden(pack, answers, context)
  return new Set(fieldsOf(pack).filter(({ required }) => holds(required, asked, context)).map(({ id }) => id))
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
  const { answers } = inForm
  const content = (given: Answers = answers.value): DraftContent => ({
    answers: { ...given },
    papers: { ...papers.value },
    attachments: attachments.value,
    touched: [...touched],
    place: place.value,
    label: labelOf(pack, given),
  })
  const saver = makeDraftSaver(draft, { ...ports, content: () => content() })
  const problems = makeProblemsShown(pack, () => answers.value, context)
  const fieldsIn = (sectionId: string): readonly Field[] => relevantFields(pack, answers.value, context(), sectionId)

  return {
    procedure, draft, saver, answers, papers, attachments, place, context, touched, problems, content, fieldsIn,
    ...makeFieldActs({ ...inForm, ...pressed, saver, problems, touched, kindOf: (id) => fieldOf(pack, id) }),
    sections: computed(() => relevantSections(pack, answers.value, context())),
    required: computed(() => requiredIn(pack, answers.value, context())),
    judgeSection: (sectionId) =>
      fieldsIn(sectionId).flatMap(({ id }) => {
        touched.add(id)
        problems.judge(id)
        return problems.errorsOf(id)
      }),
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
