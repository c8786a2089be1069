import { flushPromises, mount } from '@vue/test-utils'
import { defineComponent } from 'vue'
import { describe, expect, it } from 'vitest'
import type { Attachment } from '../../../core/application/attachment.ts'
import type { Answers } from '../../../core/procedure/answers.ts'
import { sortPhotos } from '../../../core/procedure/photos.ts'
import { newVisit, withApplication, withPapers } from '../../../core/procedure/visit.ts'
import { useCarriedPhotos } from '../../../src/forms/useCarriedPhotos.ts'
import { useProcedureForm, type ProcedureForm } from '../../../src/forms/useProcedureForm.ts'
import type { Procedure } from '../../../src/stores/procedures.ts'
import { useVisit } from '../../../src/stores/visit.ts'
import { birthAnswers } from '../../support/packs.ts'
import { birthProcedure } from '../../support/screens/birth.ts'
import { aDraft, aVolunteer, anId, type FakeTablet } from '../../support/screens/fakeTablet.ts'
import { screenApp } from '../../support/screens/screenApp.ts'

const page = (end: string, document = 'giayToTuyThan'): Attachment => ({
  ...{ id: anId(end), document, order: 1, mediaType: 'image/jpeg', widthPx: 10, heightPx: 10, sizeBytes: 3 },
  ...{ key: 'k'.repeat(43), parts: ['p'.repeat(43)] },
})
const cccd = page('301')

interface Given {
  readonly answers?: Answers
  readonly procedure?: Procedure
  readonly attachments?: readonly Attachment[]
  readonly isFresh?: boolean
  readonly ofVisit?: boolean
}

/** A draft of a visit in which the identity card was photographed for another procedure. */
async function opens(given: Given = {}): Promise<{ form: ProcedureForm; tablet: FakeTablet; agrees: (answer: boolean) => Promise<void> }> {
  const screen = screenApp()
  const draft = aDraft()
  const nowMs = screen.outside.nowMs()
  const others = withPapers(newVisit(nowMs), birthProcedure().pack.documents, [cccd])
  let form: ProcedureForm | undefined
  screen.tablet.set.who(aVolunteer())
  screen.tablet.set.visit(given.ofVisit === false ? others : withApplication(others, draft.id))
  mount(defineComponent(() => {
    useVisit()
    return () => null
  }), { global: screen.global })
  await flushPromises()
  mount(defineComponent(() => {
    const content = { ...draft.content, attachments: [...(given.attachments ?? [])] }
    const made = useProcedureForm(given.procedure ?? birthProcedure(), { ...draft, content }, { startAnswers: given.answers ?? birthAnswers(), save: screen.tablet.drafts.save, nowMs: screen.outside.nowMs })
    useCarriedPhotos(made, given.isFresh ?? true)
    form = made
    return () => null
  }), { global: screen.global })
  await flushPromises()
  if (form === undefined) throw new Error('the form was not made')
  const made = form
  return {
    form: made,
    tablet: screen.tablet,
    async agrees(answer) {
      made.type('dongY.chupAnh', answer)
      await flushPromises()
    },
  }
}

/** The birth registration without its question about photographs. */
function askingNobody(): Procedure {
  const procedure = birthProcedure()
  const sections = procedure.pack.sections.map((section) => ({ ...section, fields: section.fields.filter(({ allows }) => allows === undefined) }))
  return { ...procedure, pack: { ...procedure.pack, sections } }
}

describe('a paper photographed earlier in the visit', () => {
  it('does not come along before the citizen has agreed in this procedure too', async () => {
    const { form, tablet } = await opens()

    expect(form.attachments.value).toEqual([])
    expect(tablet.saves).toEqual([])
  })

  it('comes along, and is saved, when he agrees', async () => {
    const { form, tablet, agrees } = await opens()
    await agrees(true)

    expect(form.attachments.value).toEqual([cccd])
    expect(tablet.saves.at(-1)?.content.attachments).toEqual([cccd])
  })

  it('does not come along when he refuses', async () => {
    const { form, agrees } = await opens()
    await agrees(false)

    expect(form.attachments.value).toEqual([])
  })

  it('does not take the place of what was photographed here', async () => {
    const anew = page('302')
    const { form, agrees } = await opens({ attachments: [anew] })
    await agrees(true)

    expect(form.attachments.value).toEqual([anew])
  })

  it('is not put back when a draft is opened again out of which it was taken', async () => {
    const { form } = await opens({ answers: birthAnswers({ 'dongY.chupAnh': true }), isFresh: false })

    expect(form.attachments.value).toEqual([])
  })

  it('comes along at once where the procedure asks nobody', async () => {
    const { form } = await opens({ procedure: askingNobody() })

    expect(form.attachments.value).toEqual([cccd])
  })

  it('stays out of a draft of another citizen', async () => {
    const { form, agrees } = await opens({ ofVisit: false })
    await agrees(true)

    expect(form.attachments.value).toEqual([])
  })

  it('is not offered further once the consent was taken back', async () => {
    const { form, tablet, agrees } = await opens()
    await agrees(true)
    await agrees(false)
    const told: Answers = form.asked.value
    await useVisit().learn(form.draft.id, { documents: form.procedure.pack.documents, fields: form.asking.value, answers: told, ...sortPhotos(form.procedure.pack, told, form.attachments.value) })

    expect(useVisit().visit?.papers).toEqual([])
    expect(tablet.asked.filter((act) => act.startsWith('forget'))).toEqual([])
  })
})
