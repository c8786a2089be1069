import { defineComponent } from 'vue'
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { Attachment } from '../../../core/application/attachment.ts'
import { failure } from '../../../core/failures.ts'
import { fail, ok } from '../../../core/result.ts'
import { useFinalise, type Finalising } from '../../../src/forms/useFinalise.ts'
import { useProcedureForm, type ProcedureForm } from '../../../src/forms/useProcedureForm.ts'
import { useDrafts } from '../../../src/stores/drafts.ts'
import { birthProcedure, exampleAnswers } from '../../support/screens/birth.ts'
import { aDraft, anId, type FakeTablet } from '../../support/screens/fakeTablet.ts'
import { screenApp } from '../../support/screens/screenApp.ts'

const photo: Attachment = {
  ...{ id: anId('201'), document: 'giayChungSinh', order: 1, mediaType: 'image/jpeg', widthPx: 10, heightPx: 10, sizeBytes: 3 },
  ...{ key: 'k'.repeat(43), parts: ['p'.repeat(43)] },
}

function openDraft(answers: ReturnType<typeof exampleAnswers>, attachments: readonly Attachment[] = []): { form: ProcedureForm; finalising: Finalising; tablet: FakeTablet } {
  const screen = screenApp()
  const draft = aDraft()
  let made: { form: ProcedureForm; finalising: Finalising } | undefined
  mount(defineComponent(() => {
    const form = useProcedureForm(birthProcedure(), { ...draft, content: { ...draft.content, attachments: [...attachments] } }, { startAnswers: answers, save: useDrafts().save, nowMs: screen.outside.nowMs })
    made = { form, finalising: useFinalise(form) }
    return () => null
  }), { global: screen.global })
  if (made === undefined) throw new Error('the form was not made')
  return { ...made, tablet: screen.tablet }
}

describe('finalising a draft', () => {
  it('finds nothing wrong with an example that the pack calls right', () => {
    const { finalising } = openDraft(exampleAnswers('married-parents-on-time'))

    expect(finalising.errors()).toEqual([])
  })

  it('seals no answer to a question that is not asked', async () => {
    const answers = { ...exampleAnswers('married-parents-on-time'), 'uq.so': '12/2026', 'nyc.toChuc': 'Nhà trẻ' }
    const { finalising, tablet } = openDraft(answers)

    await finalising.finalise()

    const sealed = tablet.saves.at(-1)?.content.answers ?? {}
    expect(Object.keys(sealed)).not.toContain('uq.so')
    expect(Object.keys(sealed)).not.toContain('nyc.toChuc')
    expect(sealed['con.hoTen']).toBe('Nguyễn Đình Minh An')
  })

  it('says of every paper on the list how it stands', async () => {
    const { finalising, form, tablet } = openDraft(exampleAnswers('married-parents-on-time'))
    form.setPaper('giayChungSinh', 'have')

    await finalising.finalise()

    expect(tablet.saves.at(-1)?.content.papers).toMatchObject({ giayChungSinh: 'have', toKhai: 'missing', giayToCuTru: 'replacedByDatabase' })
  })

  it('puts the whole draft back when sealing fails, and goes on from there', async () => {
    const { finalising, form, tablet } = openDraft({ ...exampleAnswers('married-parents-on-time'), 'uq.so': '12/2026' })
    tablet.drafts.finalise = () => Promise.resolve(fail(failure('tooLargeToSeal')))

    const answer = await finalising.finalise()
    const restored = tablet.saves.at(-1)
    form.type('con.hoTen', 'Nguyễn An')
    await form.saver.flush()

    expect(answer).toEqual({ ok: false, failure: { kind: 'tooLargeToSeal' } })
    expect(restored?.content.answers['uq.so']).toBe('12/2026')
    expect(tablet.saves.map(({ version }) => version)).toEqual([1, 2, 3])
  })

  it('seals nothing when the draft cannot be saved', async () => {
    const { finalising, form, tablet } = openDraft(exampleAnswers('married-parents-on-time'))
    tablet.onSave = () => Promise.resolve(fail(failure('storageBroken')))
    let sealed = false
    tablet.drafts.finalise = () => {
      sealed = true
      return Promise.resolve(ok({ localCode: '' }))
    }
    form.type('con.hoTen', 'Nguyễn An')

    expect((await finalising.finalise()).ok).toBe(false)
    expect(sealed).toBe(false)
  })

  it('seals the photos that the citizen agreed to', async () => {
    const { finalising, tablet } = openDraft({ ...exampleAnswers('married-parents-on-time'), 'dongY.chupAnh': true }, [photo])

    await finalising.finalise()

    expect(tablet.saves.at(-1)?.content.attachments).toEqual([photo])
    expect(tablet.saves.at(-1)?.content.papers['giayChungSinh']).toBe('have')
    expect(tablet.asked).not.toContain(`forget ${photo.id}`)
  })

  it.each([
    ['refused', { 'dongY.chupAnh': false }],
    ['never answered', {}],
  ])('seals no photo when the consent to photographs was %s, says that the paper is to be brought, and forgets the photo', async (_, consent) => {
    const { finalising, tablet } = openDraft({ ...exampleAnswers('married-parents-on-time'), ...consent }, [photo])

    await finalising.finalise()

    const sealed = tablet.saves.at(-1)?.content
    expect(sealed?.attachments).toEqual([])
    expect(sealed?.papers['giayChungSinh']).toBe('missing')
    expect(sealed?.slip?.bring).toContain('giayChungSinh')
    expect(tablet.asked.at(-1)).toBe(`forget ${photo.id}`)
  })

  it('forgets no photo of a draft that could not be sealed', async () => {
    const { finalising, tablet } = openDraft(exampleAnswers('married-parents-on-time'), [photo])
    tablet.drafts.finalise = () => Promise.resolve(fail(failure('tooLargeToSeal')))

    await finalising.finalise()

    expect(tablet.saves.at(-1)?.content.attachments).toEqual([photo])
    expect(tablet.asked).not.toContain(`forget ${photo.id}`)
  })
})
