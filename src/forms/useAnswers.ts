/**
 * The values of one open draft in vee-validate's form, and what core derives from them. A derived value is written only
 * where nobody has typed; `derive` keeps that rule, this file only hands it the answers before the change.
 */
import { useForm } from 'vee-validate'
import { computed, type ComputedRef } from 'vue'
import { answerTo, type AnswerValue, type Answers } from '../../core/procedure/answers.ts'
import type { RuleContext } from '../../core/procedure/conditions.ts'
import { derive } from '../../core/procedure/derive.ts'
import type { Pack } from '../../core/procedure/packShape.ts'
import { changed } from '../../core/procedure/validate.ts'
import { answersIn, pathOf, type FormValues } from './formAnswers.ts'

export interface AnswersInForm {
  readonly answers: ComputedRef<Answers>
  readonly write: (fieldId: string, value: AnswerValue | undefined) => void
  /** Writes what follows from every answer that changed since the last time. */
  readonly settle: () => void
  /** Asks the field's own rule again, when the field is on the page. */
  readonly ask: (fieldId: string) => Promise<void>
}

const changedIds = (before: Answers, after: Answers): readonly string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((id) => changed(before, after, id))

/** Must be called in a component's setup; vee-validate's form lives as long as that component. */
export function useAnswers(pack: Pack, start: Answers, context: () => RuleContext, onWrite: () => void): AnswersInForm {
  const initialValues: FormValues = { ...start }
  const { values, setFieldValue, validateField } = useForm<FormValues>({ initialValues, keepValuesOnUnmount: true })
  const answers = computed(() => answersIn(values))
  let settled = answers.value

  function write(fieldId: string, value: AnswerValue | undefined): void {
    setFieldValue(pathOf(fieldId), value, false)
    onWrite()
  }

  function settle(): void {
    const before = settled
    const typed = answers.value
    settled = typed
    for (const id of changedIds(before, typed)) {
      settled = derive(pack, settled, id, { ...context(), before })
    }
    for (const id of changedIds(typed, settled)) write(id, answerTo(settled, id))
    settled = answers.value
  }

  async function ask(fieldId: string): Promise<void> {
    await validateField(pathOf(fieldId))
  }

  return { answers, write, settle, ask }
}
