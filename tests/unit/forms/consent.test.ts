import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Answers } from '../../../core/procedure/answers.ts'
import { leave, mountForm, theSample, typeInto, type MountedForm } from '../../support/screens/mountForm.ts'

let mounted: MountedForm | undefined
async function open(answers: Answers = {}): Promise<MountedForm> {
  mounted = await mountForm('dongY', answers, [], { procedure: theSample(), helper: 'Trần Thị Ka Lan' })
  return mounted
}
afterEach(() => {
  mounted?.page.unmount()
  mounted = undefined
  vi.unstubAllGlobals()
})
const consent = ({ page }: MountedForm) => page.get('#field-dongYKhaiGiup')
const button = ({ page }: MountedForm, text: string) => page.findAll('button').find((one) => one.text() === text)

/** A device that speaks, or one that speaks other languages only. */
function aDeviceWith(...langs: string[]) {
  const spoken: string[] = []
  const speech = Object.assign(new EventTarget(), {
    getVoices: () => langs.map((lang) => ({ lang, name: lang, localService: true })),
    speak: (utterance: { text: string }) => spoken.push(utterance.text),
    cancel: vi.fn(),
  })
  vi.stubGlobal('speechSynthesis', speech)
  vi.stubGlobal('SpeechSynthesisUtterance', class extends EventTarget {
    text: string
    constructor(text: string) {
      super()
      this.text = text
    }
  })
  return { spoken, speech }
}

describe('consent', () => {
  it('shows the whole text, who fills in for whom, and two equal choices of which none is taken', async () => {
    const form = await open({ hoTen: 'Lê Văn Ỷ' })

    expect(consent(form).text()).toContain('chuyển đến Trung tâm Phục vụ hành chính công phường')
    expect(consent(form).text()).toContain('Trần Thị Ka Lan')
    expect(consent(form).text()).toContain('LÊ VĂN Ỷ')
    expect(consent(form).findAll<HTMLInputElement>('input[type=radio]').map(({ element }) => element.checked)).toEqual([false, false])
    expect(form.form.answers.value['dongYKhaiGiup']).toBeUndefined()
  })

  it('takes a no as an answer, and says that it cannot go on with it', async () => {
    const form = await open()
    await consent(form).findAll('input[type=radio]')[1]?.setValue(true)
    await flushPromises()

    expect(form.form.answers.value['dongYKhaiGiup']).toBe(false)
    expect(form.page.find('#field-dongYKhaiGiup-problem').exists()).toBe(true)
  })

  it('is read aloud sentence by sentence on request, and stops on request', async () => {
    const { spoken, speech } = aDeviceWith('en-US', 'vi-VN')
    const form = await open()
    expect(spoken).toEqual([])

    await button(form, 'Đọc to cho Ông/Bà nghe')?.trigger('click')
    expect(spoken[0]).toBe('Ông/Bà có đồng ý để tình nguyện viên khai giúp không?')
    expect(spoken.at(-1)).toBe('Không ai bấm thay.')

    speech.cancel.mockClear()
    await button(form, 'Dừng đọc')?.trigger('click')
    expect(speech.cancel).toHaveBeenCalledOnce()
    expect(button(form, 'Đọc to cho Ông/Bà nghe')).toBeDefined()
  })

  it('stops reading when the page goes', async () => {
    const { speech } = aDeviceWith('vi-VN')
    const form = await open()
    await button(form, 'Đọc to cho Ông/Bà nghe')?.trigger('click')
    speech.cancel.mockClear()

    form.section.value = null
    await flushPromises()

    expect(speech.cancel).toHaveBeenCalledOnce()
  })

  it('says plainly when the tablet has no Vietnamese voice', async () => {
    aDeviceWith('en-US')
    const form = await open()

    expect(consent(form).text()).toContain('Máy này không có giọng đọc tiếng Việt')
    expect(button(form, 'Đọc to cho Ông/Bà nghe')).toBeUndefined()
  })
})

describe('signing', () => {
  it('is also a mark before a witness, for whoever cannot draw, stamped with the tablet’s time', async () => {
    const form = await open()
    await form.page.get('#field-chuKy-how-1').setValue(true)
    await flushPromises()

    await typeInto(form.input('field-chuKy-witness'), 'Ngô Thị Mướp')
    await leave(form.input('field-chuKy-witness'))

    expect(form.form.answers.value['chuKy']).toEqual({ how: 'mark', strokes: '', witness: 'Ngô Thị Mướp', at: '2026-11-24T07:05:00.000Z' })
    expect(form.page.find('#field-chuKy-problem').exists()).toBe(false)
  })

  it('says what is wrong with a witness’s name when it is left', async () => {
    const form = await open()
    await form.page.get('#field-chuKy-how-1').setValue(true)
    await flushPromises()
    await typeInto(form.input('field-chuKy-witness'), 'Mướp 2')
    await leave(form.input('field-chuKy-witness'))

    expect(form.page.find('#field-chuKy-problem').exists()).toBe(true)
  })

  it('shows a signature that was drawn before, and begins anew on request', async () => {
    const form = await open({ chuKy: { how: 'drawn', strokes: '0,0 500,200;10,10', witness: '', at: '2026-11-24T02:00:00.000Z' } })
    expect(form.page.findAll('#field-chuKy polyline').map((line) => line.attributes('points'))).toEqual(['0,0 500,200', '10,10 10,10'])

    await button(form, 'Ký lại')?.trigger('click')
    await flushPromises()

    expect(form.form.answers.value['chuKy']).toBeUndefined()
  })
})

describe('an answer that is known already', () => {
  it('says where it comes from until somebody changes it', async () => {
    mounted = await mountForm('nguoi', { hoTen: 'Lê Văn Ỷ', dienThoai: '0914000000' }, [], { procedure: theSample(), origins: { hoTen: 'card', dienThoai: 'typed' } })
    const { page, input } = mounted
    expect(page.get('#field-hoTen-note').text()).toContain('Lấy từ thẻ căn cước')
    expect(page.get('#field-dienThoai-note').text()).toContain('Đã khai trước đó')

    input('field-hoTen').focus()
    await leave(input('field-hoTen'))
    expect(page.get('#field-hoTen-note').text()).toContain('Lấy từ thẻ căn cước')

    await typeInto(input('field-hoTen'), 'Lê Văn Y')
    expect(page.find('#field-hoTen-note').exists()).toBe(false)
  })
})
