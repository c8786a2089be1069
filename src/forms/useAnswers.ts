/**
 * The values of one open draft in vee-validate's form, and what core derives from them. A derived value is written only
 * where nobody has typed; `derive` keeps that rule, this file only hands it the answers before the change.
 *
 * `settled` are the answers as of the last field that was left. What is asked and required follows from them, not from the
 * letters being typed: a key costs nothing that grows with the form, and the page stands still under the fingers.
 */
import { useForm } from 'vee-validate'
import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import { answerTo, type AnswerValue, type Answers } from '../../core/procedure/answers.ts'
import type { RuleContext } from '../../core/procedure/conditions.ts'
import { derive } from '../../core/procedure/derive.ts'
import type { Pack } from '../../core/procedure/packShape.ts'
import { changed } from '../../core/procedure/validate.ts'
import { answersIn, pathOf, type FormValues } from './formAnswers.ts'

export interface AnswersInForm {
  readonly answers: ComputedRef<Answers>
  readonly settled: Readonly<ShallowRef<Answers>>
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
  const settled = shallowRef(answers.value)

  function write(fieldId: string, value: AnswerValue | undefined): void {
    setFieldValue(pathOf(fieldId), value, false)
    onWrite()
  }

  function settle(): void {
    const before = settled.value
    const typed = answers.value
    const since = changedIds(before, typed)
    if (since.length === 0) return
    const next = since.reduce((current, id) => derive(pack, current, id, { ...context(), before }), typed)
    for (const id of changedIds(typed, next)) write(id, answerTo(next, id))
    settled.value = answers.value
  }

  async function ask(fieldId: string): Promise<void> {
    await validateField(pathOf(fieldId))
  }

  return { answers, settled, write, settle, ask }
}
