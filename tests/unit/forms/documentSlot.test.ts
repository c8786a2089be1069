import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { defineComponent, h, provide } from 'vue'
import { beforeEach, describe, expect, it, vi as vitest } from 'vitest'
import { failure } from '../../../core/failures.ts'
import { fail, ok, type Result } from '../../../core/result.ts'
import type { Attachment } from '../../../core/application/attachment.ts'
import type { Answers } from '../../../core/procedure/answers.ts'
import type { ShrinkTrouble, ShrunkPhoto } from '../../../src/composables/shrinkPhoto.ts'
import { shrinkKey } from '../../../src/composables/usePhotoShrink.ts'
import { formKey, useProcedureForm, type ProcedureForm } from '../../../src/forms/useProcedureForm.ts'
import { vi } from '../../../src/i18n/vi.ts'
import ReviewPapers from '../../../src/pages/parts/ReviewPapers.vue'
import { birthAnswers } from '../../support/packs.ts'
import { birthProcedure } from '../../support/screens/birth.ts'
import { aDraft, aVolunteer, anId, type FakeTablet } from '../../support/screens/fakeTablet.ts'
import { screenApp } from '../../support/screens/screenApp.ts'

const words = vi.tablet.photos
const aShrunk = (change: Partial<ShrunkPhoto> = {}): Result<ShrunkPhoto, ShrinkTrouble> =>
  ok({ mediaType: 'image/jpeg', widthPx: 1500, heightPx: 2000, bytes: new Uint8Array([0xff, 0xd8, 0xff]), hint: null, ...change })

let page: VueWrapper
let form: ProcedureForm
let tablet: FakeTablet
let shrunk: Result<ShrunkPhoto, ShrinkTrouble>

async function opens(answers: Answers, attachments: readonly Attachment[] = [], procedure = birthProcedure()): Promise<void> {
  const screen = screenApp()
  tablet = screen.tablet
  tablet.set.who(aVolunteer())
  shrunk = aShrunk()
  let kept = 0
  const { keep } = tablet.photos
  tablet.photos.keep = async (photo) => {
    const answer = await keep(photo)
    kept += 1
    return answer.ok ? ok({ ...answer.value, id: anId(`10${kept}`) }) : answer
  }
  vitest.spyOn(URL, 'createObjectURL').mockReturnValue('blob:photo')
  vitest.spyOn(URL, 'revokeObjectURL').mockReturnValue(undefined)
  const host = defineComponent(() => {
    const draft = aDraft()
    form = useProcedureForm(procedure, { ...draft, content: { ...draft.content, attachments: [...attachments] } }, { startAnswers: answers, save: tablet.drafts.save, nowMs: screen.outside.nowMs })
    provide(formKey, form)
    provide(shrinkKey, async () => shrunk)
    return () => h(ReviewPapers)
  })
  page = mount(host, { global: screen.global, attachTo: document.body })
  await flushPromises()
}

const slot = (paper = 'giayChungSinh') => page.findAll('.slot').find((one) => one.find(`#paper-${paper}`).exists())

async function takes(paper = 'giayChungSinh', act = 'camera'): Promise<void> {
  const input = page.get(`#paper-${paper}-${act}`)
  Object.defineProperty(input.element, 'files', { value: [new File(['x'], 'IMG_0001.jpg')], configurable: true })
  await input.trigger('change')
  await flushPromises()
}

describe('a paper of the list', () => {
  beforeEach(() => opens(birthAnswers({ 'dongY.chupAnh': true })))

  it('that is photographed says how many pages, counts as there, and stands in the draft that was saved', async () => {
    await takes()
    await takes()

    expect(slot()?.text()).toContain(words.pages.plural.other.replace('{n}', '2'))
    expect(page.get<HTMLInputElement>('#paper-giayChungSinh-0').element.checked).toBe(true)
    expect(tablet.saves.at(-1)?.content.attachments.map(({ document, order }) => [document, order])).toEqual([['giayChungSinh', 1], ['giayChungSinh', 2]])
    expect(tablet.saves.at(-1)?.content.papers).toEqual({})
  })

  it('shows the page at once, large, to see whether it can be read, with the hint when there is one', async () => {
    shrunk = aShrunk({ hint: 'blurred' })
    await takes()

    const dialog = slot()?.get('dialog')
    expect(dialog?.find('img').attributes('src')).toBe('blob:photo')
    expect(dialog?.text()).toContain(words.hint.blurred)
  })

  it('takes its address back when a picture is no longer shown', async () => {
    await takes()
    page.unmount()

    expect(URL.revokeObjectURL).toHaveBeenCalledWith('blob:photo')
  })

  it('loses a page only after the draft without it is saved, and only then its bytes', async () => {
    await takes()
    const remove = slot()?.findAll('dialog button').find((button) => button.text() === words.remove)
    await remove?.trigger('click')
    await flushPromises()

    expect(tablet.saves.at(-1)?.content.attachments).toEqual([])
    expect(tablet.asked.slice(-2)).toEqual(['save', `forget ${anId('101')}`])
  })

  it('keeps its page’s place when that page is taken again, and forgets the old one', async () => {
    await takes()
    await takes()
    const dialogInput = slot()?.get('dialog input[type=file]')
    Object.defineProperty(dialogInput?.element, 'files', { value: [new File(['y'], 'IMG_0002.jpg')], configurable: true })
    await dialogInput?.trigger('change')
    await flushPromises()

    expect(tablet.saves.at(-1)?.content.attachments.map(({ id, order }) => [id, order])).toEqual([[anId('101'), 1], [anId('103'), 2]])
    expect(tablet.asked.at(-1)).toBe(`forget ${anId('102')}`)
  })

  it('says in a sentence why a file was not taken, and nothing of it is kept', async () => {
    shrunk = fail('heic')
    await takes('giayChungSinh', 'file')

    expect(slot()?.get('[role=alert]').text()).toContain(words.trouble.heic)
    expect(form.attachments.value).toEqual([])
  })

  it('shows no page that could not be saved, and gives its bytes up', async () => {
    tablet.onSave = () => Promise.resolve(fail(failure('draftChanged')))
    await takes()

    expect(slot()?.get('[role=alert]').text()).toContain(vi.failures.draftChanged.text)
    expect(form.attachments.value).toEqual([])
    expect(tablet.asked.at(-1)).toBe(`forget ${anId('101')}`)
  })

  it('that is being photographed is waited for by whoever finalises or locks', async () => {
    let finish: () => void = () => undefined
    const { keep } = tablet.photos
    tablet.photos.keep = async (photo) => {
      await new Promise<void>((resolve) => (finish = resolve))
      return keep(photo)
    }
    await takes()
    expect(form.inHand.size).toBe(1)
    const waited = Promise.allSettled(form.inHand).then(() => form.attachments.value.length)
    finish()

    expect(await waited).toBe(1)
    expect(form.inHand.size).toBe(0)
  })

  it('that the database answers is not photographed', () => {
    expect(slot('giayToCuTru')?.find('input[type=file]').exists()).toBe(false)
  })

  it('names the act and the paper on every control, and none adds a paper', () => {
    const labels = page.findAll('input[type=file]').map((input) => input.attributes('aria-label') ?? '')

    expect(labels.every((label) => /: ./.test(label))).toBe(true)
    expect(new Set(labels).size).toBe(labels.length)
  })
})

describe('without the citizen’s consent to photographs', () => {
  const taken: Attachment = {
    ...{ id: anId('201'), document: 'giayChungSinh', order: 1, mediaType: 'image/jpeg', widthPx: 10, heightPx: 10, sizeBytes: 3 },
    ...{ key: 'k'.repeat(43), parts: ['p'.repeat(43)] },
  }
  const noConsent = words.noConsent.replace('{section}', birthProcedure().texts.vi.sections['dongY']?.title ?? '')
  const notSent = words.notSent.plural.other.replace('{n}', '1')

  it.each([
    ['was refused', birthAnswers({ 'dongY.chupAnh': false })],
    ['was never answered', birthAnswers()],
  ])('that %s there is no camera, and a sentence says why and where to allow it', async (_, answers) => {
    await opens(answers)

    expect(page.findAll('input[type=file]')).toEqual([])
    expect(slot()?.text()).toContain(noConsent)
    expect(slot()?.text()).not.toContain(words.notSent.plural.other.slice(4))
  })

  it('papers have their camera as soon as it is given', async () => {
    await opens(birthAnswers())
    form.type('dongY.chupAnh', true)
    await flushPromises()

    expect(slot()?.find('#paper-giayChungSinh-camera').exists()).toBe(true)
    expect(slot()?.text()).not.toContain(noConsent)
  })

  it('what was photographed before it was taken back is not shown as sent, and the page says that it will not be', async () => {
    await opens(birthAnswers({ 'dongY.chupAnh': true }), [taken])
    expect(slot()?.find('.pages').exists()).toBe(true)
    form.type('dongY.chupAnh', false)
    await flushPromises()

    expect(slot()?.find('.pages').exists()).toBe(false)
    expect(slot()?.text()).toContain(notSent)
    expect(page.get<HTMLInputElement>('#paper-giayChungSinh-1').element.checked).toBe(true)
  })

  it('a paper that the database answers says nothing of photographs', async () => {
    await opens(birthAnswers())

    expect(slot('giayToCuTru')?.text()).not.toContain(noConsent)
  })

  it('a paper that volunteers never photograph has no camera even with consent', async () => {
    const procedure = birthProcedure()
    const documents = procedure.pack.documents.map((document) => (document.id === 'giayChungSinh' ? { ...document, photo: false } : document))
    await opens(birthAnswers({ 'dongY.chupAnh': true }), [taken], { ...procedure, pack: { ...procedure.pack, documents } })

    expect(slot()?.find('input[type=file]').exists()).toBe(false)
    expect(slot()?.text()).toContain(words.never)
    expect(slot()?.text()).toContain(notSent)
    expect(slot('toKhai')?.find('input[type=file]').exists()).toBe(true)
  })
})
