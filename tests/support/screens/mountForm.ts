// One section of a procedure (the real birth registration unless another is given), mounted with the real fields over a fake tablet.
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { defineComponent, h, provide, ref, type Ref } from 'vue'
import type { Answers } from '../../../core/procedure/answers.ts'
import type { Origin } from '../../../core/procedure/facts.ts'
import FieldFor from '../../../src/forms/FieldFor.vue'
import { formKey, useProcedureForm, type ProcedureForm } from '../../../src/forms/useProcedureForm.ts'
import type { Procedure } from '../../../src/stores/procedures.ts'
import { sampleProcedure } from '../../../src/pages/styleguide/sampleProcedure.ts'
import { birthProcedure } from './birth.ts'
import { aDraft, aVolunteer, type FakeTablet } from './fakeTablet.ts'
import { screenApp, type FakeOutside } from './screenApp.ts'

export interface MountedForm {
  readonly page: VueWrapper
  readonly form: ProcedureForm
  readonly tablet: FakeTablet
  readonly outside: FakeOutside
  /** The section that is shown; null shows none. */
  readonly section: Ref<string | null>
  readonly unsaved: boolean[]
  readonly input: (id: string) => HTMLInputElement
}

export interface FormGiven {
  readonly procedure?: Procedure
  readonly origins?: Readonly<Record<string, Origin>>
  readonly helper?: string
}

/** The procedure of the style guide: every kind of question, and nothing that changes with the law. */
export function theSample(): Procedure {
  const sample = sampleProcedure()
  if (typeof sample === 'string') throw new Error(sample)
  return sample
}

export async function mountForm(sectionId: string, answers: Answers = {}, touched: string[] = [], given: FormGiven = {}): Promise<MountedForm> {
  const screen = screenApp()
  screen.tablet.set.who(aVolunteer())
  const section: Ref<string | null> = ref(sectionId)
  const unsaved: boolean[] = []
  let form: ProcedureForm | undefined
  const host = defineComponent(() => {
    const draft = aDraft()
    const open = useProcedureForm(given.procedure ?? birthProcedure(), { ...draft, content: { ...draft.content, touched } }, {
      startAnswers: answers,
      origins: given.origins ?? {},
      helper: given.helper ?? '',
      save: screen.tablet.drafts.save,
      nowMs: screen.outside.nowMs,
      onUnsaved: (isUnsaved) => unsaved.push(isUnsaved),
    })
    form = open
    provide(formKey, open)
    return () => (section.value === null ? null : open.fieldsIn(section.value).map((field) => h(FieldFor, { field, key: field.id })))
  })
  const page = mount(host, { global: screen.global, attachTo: document.body })
  await flushPromises()
  if (form === undefined) throw new Error('the form was not made')
  const input = (id: string): HTMLInputElement => page.get<HTMLInputElement>(`#${id}`).element
  return { page, form, tablet: screen.tablet, outside: screen.outside, section, unsaved, input }
}

/** Types as a keyboard does: the element's text changes and says so, the focus stays. */
export async function typeInto(element: HTMLInputElement, text: string): Promise<void> {
  element.focus()
  element.value = text
  element.dispatchEvent(new Event('input', { bubbles: true }))
  await flushPromises()
}

export async function leave(element: HTMLElement): Promise<void> {
  element.blur()
  await flushPromises()
}
