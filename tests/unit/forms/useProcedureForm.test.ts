import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ok } from '../../../core/result.ts'
import * as validation from '../../../core/procedure/validate.ts'
import { leave, mountForm, typeInto, type MountedForm } from '../../support/screens/mountForm.ts'

vi.mock('../../../core/procedure/validate.ts', { spy: true })

let mounted: MountedForm | undefined
async function open(...given: Parameters<typeof mountForm>): Promise<MountedForm> {
  mounted = await mountForm(...given)
  return mounted
}
afterEach(() => {
  mounted?.page.unmount()
  mounted = undefined
})
const problemOf = ({ page }: MountedForm, id: string): string | undefined => page.find(`#${id}-problem`).exists() ? page.get(`#${id}-problem`).text() : undefined

describe('a field of the form', () => {
  it('says nothing while somebody types and what is wrong when it is left', async () => {
    const form = await open('con')
    const name = form.input('field-con-hoTen')

    await typeInto(name, 'Minh 2')
    expect(problemOf(form, 'field-con-hoTen')).toBeUndefined()

    await leave(name)
    expect(problemOf(form, 'field-con-hoTen')).toContain('Tên chỉ gồm chữ cái')
  })

  it('takes a shown problem away as soon as the answer is right, and shows no other while typing', async () => {
    const form = await open('con')
    const name = form.input('field-con-hoTen')
    await typeInto(name, 'Minh 2')
    await leave(name)

    await typeInto(name, 'Minh 23')
    expect(problemOf(form, 'field-con-hoTen')).toContain('Tên chỉ gồm chữ cái')
    await typeInto(name, 'Minh An')
    expect(problemOf(form, 'field-con-hoTen')).toBeUndefined()
  })

  it('costs at most one validation a key, of that field alone', async () => {
    const form = await open('con')
    const validateField = vi.mocked(validation.validateField)
    const name = form.input('field-con-hoTen')

    validateField.mockClear()
    await typeInto(name, 'M')
    await typeInto(name, 'Mi')
    expect(validateField).not.toHaveBeenCalled()

    await typeInto(name, 'Mi 2')
    await leave(name)
    validateField.mockClear()
    await typeInto(name, 'Mi 23')
    expect(validateField.mock.calls.map(([, id]) => id)).toEqual(['con.hoTen'])
  })

  it('leaves the letters alone while a keyboard is composing them', async () => {
    const form = await open('con')
    const name = form.input('field-con-hoTen')
    const written: string[] = []
    const own = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')
    Object.defineProperty(name, 'value', {
      configurable: true,
      get: () => String(own?.get?.call(name)),
      set(text: string) {
        written.push(text)
        own?.set?.call(name, text)
      },
    })

    name.focus()
    name.dispatchEvent(new CompositionEvent('compositionstart'))
    for (const step of ['Ng', 'Nguye', 'Nguyê', 'Nguyễ', 'Nguyễn ']) await typeInto(name, step)
    name.dispatchEvent(new CompositionEvent('compositionend'))
    await flushPromises()

    expect(written).toEqual(['Ng', 'Nguye', 'Nguyê', 'Nguyễ', 'Nguyễn '])
    expect(form.form.answers.value['con.hoTen']).toBe('Nguyễn ')
  })

  it('puts a text in order when it is left: one form of letters, single spaces', async () => {
    const form = await open('con')
    const name = form.input('field-con-hoTen')

    await typeInto(name, ' Nguyễn  Đình Thuỷ '.normalize('NFD'))
    await leave(name)

    expect(form.form.answers.value['con.hoTen']).toBe('Nguyễn Đình Thuỷ')
    expect(name.value).toBe('Nguyễn Đình Thuỷ')
  })

  it('waits for the release of a press before it moves the page', async () => {
    const form = await open('con')
    const name = form.input('field-con-hoTen')
    await typeInto(name, 'Minh 2')

    document.dispatchEvent(new Event('pointerdown'))
    await leave(name)
    expect(problemOf(form, 'field-con-hoTen')).toBeUndefined()

    document.dispatchEvent(new Event('pointerup'))
    await vi.waitFor(() => {
      expect(problemOf(form, 'field-con-hoTen')).toContain('Tên chỉ gồm chữ cái')
    })
  })
})

describe('suggestions', () => {
  async function typeBirthday(form: MountedForm, day: string): Promise<void> {
    await typeInto(form.input('field-con-ngaySinh-day'), day)
    await typeInto(form.input('field-con-ngaySinh-month'), '11')
    await typeInto(form.input('field-con-ngaySinh-year'), '2026')
    await leave(form.input('field-con-ngaySinh-year'))
  }

  it('fill what follows from an answer, and are marked as the tablet’s', async () => {
    const form = await open('con')

    await typeBirthday(form, '05')

    expect(form.input('field-con-ngaySinhChu').value).toBe('Ngày mùng năm, tháng mười một, năm hai nghìn không trăm hai mươi sáu')
    expect(form.page.get('#field-con-ngaySinhChu-note').text()).toContain('Máy điền giúp')
  })

  it('never write over what somebody typed', async () => {
    const form = await open('con')
    await typeBirthday(form, '05')
    await typeInto(form.input('field-con-ngaySinhChu'), 'Ngày năm tháng mười một')
    await leave(form.input('field-con-ngaySinhChu'))

    await typeBirthday(form, '06')

    expect(form.form.answers.value['con.ngaySinhChu']).toBe('Ngày năm tháng mười một')
  })
})

describe('the open draft', () => {
  it('is saved at once when a field is left, with what was typed and what was touched', async () => {
    const { input, tablet, unsaved } = await open('con')

    await typeInto(input('field-con-hoTen'), 'Nguyễn Đình Minh An')
    expect(unsaved).toEqual([true])
    await leave(input('field-con-hoTen'))

    expect(tablet.saves.at(-1)?.content).toMatchObject({
      answers: { 'con.hoTen': 'Nguyễn Đình Minh An' }, touched: ['con.hoTen'], label: 'Nguyễn Đình Minh An',
    })
    expect(unsaved.at(-1)).toBe(false)
  })

  it('is named after the child, not after who merely asks', async () => {
    const { form } = await open('nguoiYeuCau', { 'nyc.hoTen': 'Lê Văn Ỷ', 'con.hoTen': 'Nguyễn Đình Minh An' })

    expect(form.content().label).toBe('Nguyễn Đình Minh An')
  })

  it('keeps answers of sections that are not on the page, also of hidden fields', async () => {
    const form = await open('con', { 'con.hoTen': 'An', 'me.hoTen': 'Bình', 'chungSinh.so': '12' })

    form.section.value = 'me'
    await flushPromises()
    await typeInto(form.input('field-me-hoTen'), 'Trần Thị Bình')
    form.section.value = 'con'
    await flushPromises()

    expect(form.input('field-con-hoTen').value).toBe('An')
    expect(form.form.content().answers).toEqual({ 'con.hoTen': 'An', 'me.hoTen': 'Trần Thị Bình', 'chungSinh.so': '12' })
  })

  it('names every error of a section when somebody wants to go on', async () => {
    const { form } = await open('truongHop')

    expect(form.judgeSection('truongHop').map(({ field, rule }) => [field, rule])).toEqual([
      ['loaiKhaiSinh', 'required'],
      ['nyc.quanHe', 'required'],
    ])
  })

  it('takes a new version from each save, so that the next builds on it', async () => {
    const { input, tablet } = await open('con')
    tablet.onSave = (version) => Promise.resolve(ok(version + 10))

    for (const name of ['An', 'An Bình']) {
      await typeInto(input('field-con-hoTen'), name)
      await leave(input('field-con-hoTen'))
    }

    expect(tablet.saves.map(({ version }) => version)).toEqual([1, 11])
  })
})


describe('a suggestion that is only looked at', () => {
  it('keeps its mark until the press that leaves it is released, so that the page stands still', async () => {
    const form = await open('con', { 'con.ngaySinhChu': 'Ngày mùng năm' })
    const words = form.input('field-con-ngaySinhChu')
    const mark = (): boolean => form.page.find('#field-con-ngaySinhChu-note').exists()
    words.focus()
    expect(mark()).toBe(true)

    document.dispatchEvent(new Event('pointerdown'))
    await leave(words)
    expect(mark()).toBe(true)

    document.dispatchEvent(new Event('pointerup'))
    await vi.waitFor(() => {
      expect(mark()).toBe(false)
    })
  })
})
