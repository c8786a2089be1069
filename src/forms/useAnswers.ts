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
  /** Writes what follows from the change of one field. */
  readonly settle: (fieldId: string) => void
  /** Asks the field's own rule again, when the field is on the page. */
  readonly ask: (fieldId: string) => Promise<void>
}

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

  function settle(fieldId: string): void {
    const before = settled
    settled = answers.value
    if (!changed(before, settled, fieldId)) return
    const next = derive(pack, settled, fieldId, { ...context(), before })
    for (const id of new Set([...Object.keys(settled), ...Object.keys(next)])) {
      if (changed(settled, next, id)) write(id, answerTo(next, id))
    }
    settled = answers.value
  }

  async function ask(fieldId: string): Promise<void> {
    await validateField(pathOf(fieldId))
  }

  return { answers, write, settle, ask }
}
