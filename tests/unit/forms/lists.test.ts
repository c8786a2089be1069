import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { Answers } from '../../../core/procedure/answers.ts'
import { leave, mountForm, theSample, typeInto, type MountedForm } from '../../support/screens/mountForm.ts'

let mounted: MountedForm | undefined
async function open(answers: Answers = {}, touched: string[] = []): Promise<MountedForm> {
  mounted = await mountForm('giaDinh', answers, touched, { procedure: theSample() })
  return mounted
}
afterEach(() => {
  mounted?.page.unmount()
  mounted = undefined
})

const two: Answers = {
  thanhVien: [
    { ten: 'Trần Thị Bưởi', quanHe: 'vo', namSinh: '1960' },
    { ten: 'Lê Văn Ổi', quanHe: 'con', namSinh: '1990-05-02' },
  ],
}
const cell = (index: number, column: string): string => `field-thanhVien-${index}-${column}`
const problemOf = ({ page }: MountedForm, id: string): string | undefined => (page.find(`#${id}-problem`).exists() ? page.get(`#${id}-problem`).text() : undefined)
const rowsIn = ({ form }: MountedForm): unknown => form.answers.value['thanhVien']
const list = ({ page }: MountedForm) => page.get('#field-thanhVien')
async function press({ page }: MountedForm, label: string): Promise<void> {
  const button = page.findAll('#field-thanhVien button').find((one) => (one.attributes('aria-label') ?? one.text()) === label)
  if (button === undefined) throw new Error(`no button ${label}: ${page.findAll('button').map((one) => one.attributes('aria-label') ?? one.text()).join(' | ')}`)
  await button.trigger('click')
  await flushPromises()
}

describe('a list', () => {
  it('begins with its first row open where something must be said, and closed where nothing must', async () => {
    const form = await open()

    expect(form.page.find(`#${cell(0, 'ten')}`).exists()).toBe(true)
    expect(form.page.get('#field-khachO').text()).toContain('Chưa có mục nào.')
    expect(rowsIn(form)).toBeUndefined()
  })

  it('is part of the draft from the first letter of a row on, so that a killed tablet keeps an unfinished row', async () => {
    const form = await open(two)
    await press(form, 'Thêm Thành viên 3')

    await typeInto(form.input(cell(2, 'ten')), 'Ng')
    await leave(form.input(cell(2, 'ten')))

    expect(form.tablet.saves.at(-1)?.content.answers['thanhVien']).toEqual([...(two['thanhVien'] as object[]), { ten: 'Ng' }])
  })

  it('says what is wrong in a cell when that cell is left, never while typing, and nothing of cells not yet reached', async () => {
    const form = await open()
    const name = form.input(cell(0, 'ten'))

    await typeInto(name, 'Bưởi 2')
    expect(problemOf(form, cell(0, 'ten'))).toBeUndefined()
    await leave(name)

    expect(problemOf(form, cell(0, 'ten'))).toContain('Tên chỉ gồm chữ cái')
    expect(problemOf(form, cell(0, 'namSinh'))).toBeUndefined()
    expect(problemOf(form, 'field-thanhVien')).toBeUndefined()

    await typeInto(name, 'Bưởi')
    expect(problemOf(form, cell(0, 'ten'))).toBeUndefined()
  })

  it('asks further columns as the row’s own answers call for them', async () => {
    const form = await open()
    await typeInto(form.input(cell(0, 'ten')), 'Bưởi')

    await form.page.get(`#${cell(0, 'quanHe')}-5`).setValue(true)
    await flushPromises()
    expect(form.page.find(`#${cell(0, 'quanHeKhac')}`).exists()).toBe(true)

    await form.page.get(`#${cell(0, 'quanHe')}-0`).setValue(true)
    await flushPromises()
    expect(form.page.find(`#${cell(0, 'quanHeKhac')}`).exists()).toBe(false)
  })

  it('reads closed rows as people read them, and keeps one row open at a time', async () => {
    const form = await open(two)
    expect(list(form).text()).toContain('TRẦN THỊ BƯỞI')
    expect(list(form).text()).toContain('02/05/1990')

    await press(form, 'Sửa Thành viên 1')
    await press(form, 'Sửa Thành viên 2')

    expect(form.page.findAll('[data-open-row]')).toHaveLength(1)
    expect(form.input(cell(1, 'ten')).value).toBe('Lê Văn Ổi')
    expect(document.activeElement?.id).toBe(cell(1, 'ten'))
  })

  it('says on the card of a closed row how much is still wrong in it', async () => {
    const form = await open(two)
    await press(form, 'Thêm Thành viên 3')
    await typeInto(form.input(cell(2, 'ten')), 'Na')
    await leave(form.input(cell(2, 'ten')))
    await press(form, 'Xong Thành viên 3')

    expect(list(form).text()).toContain('Còn 2 chỗ cần sửa')
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Sửa Thành viên 3')
  })

  it('lets an empty row go when it is closed', async () => {
    const form = await open(two)
    await press(form, 'Thêm Thành viên 3')
    await press(form, 'Xong Thành viên 3')

    expect(rowsIn(form)).toEqual(two['thanhVien'])
    expect(document.activeElement?.textContent).toContain('Thêm Thành viên 3')
  })

  it('asks once before it takes out a row that holds something, and gives it back where it was', async () => {
    const form = await open(two)
    await press(form, 'Xóa Thành viên 1')
    expect(rowsIn(form)).toEqual(two['thanhVien'])

    await press(form, 'Xóa Thành viên 1')
    await form.page.get('dialog button.danger').trigger('click')
    await flushPromises()
    expect(rowsIn(form)).toEqual([{ ten: 'Lê Văn Ổi', quanHe: 'con', namSinh: '1990-05-02' }])
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Lấy lại Thành viên 1')

    await press(form, 'Lấy lại Thành viên 1')
    expect(rowsIn(form)).toEqual(two['thanhVien'])
  })

  it('keeps what is wrong with a row beside that row when one above it goes', async () => {
    const form = await open({ thanhVien: [...(two['thanhVien'] as object[]), { ten: 'Na 3' }] as never })
    await press(form, 'Sửa Thành viên 3')
    form.input(cell(2, 'ten')).focus()
    await leave(form.input(cell(2, 'ten')))
    expect(problemOf(form, cell(2, 'ten'))).toContain('Tên chỉ gồm chữ cái')

    await press(form, 'Xóa Thành viên 1')
    await form.page.get('dialog button.danger').trigger('click')
    await flushPromises()

    expect([...form.form.touched].filter((place) => place.includes('['))).toEqual(['thanhVien[1].ten'])
    expect(list(form).text()).toContain('Còn 1 chỗ cần sửa')
  })

  it('takes no more rows than the pack allows', async () => {
    const row = (two['thanhVien'] as object[])[0]
    const form = await open({ thanhVien: [row, row, row, row] as never })

    expect(list(form).text()).toContain('Đã đủ 4 mục')
    expect(form.page.find('#field-thanhVien [data-add-row]').exists()).toBe(false)
  })

  it('is judged with every row when somebody wants to go on, each line naming its row and column', async () => {
    const form = await open({ thanhVien: [{ ten: 'Na' }] as never })

    expect(form.form.judgeSection('giaDinh').map(({ field, rule }) => [field, rule])).toEqual([
      ['thanhVien[0].quanHe', 'required'],
      ['thanhVien[0].namSinh', 'required'],
    ])
    form.form.lists.showPlace('thanhVien[0].namSinh')
    await flushPromises()
    expect(problemOf(form, cell(0, 'namSinh'))).toBeDefined()
  })

  it('says that a row is missing where one must be', async () => {
    const form = await open()

    expect(form.form.judgeSection('giaDinh').map(({ field, rule }) => [field, rule])).toEqual([['thanhVien', 'required']])
  })

  it('warns of a row without stopping it', async () => {
    const form = await open({ thanhVien: [{ ten: 'Na', quanHe: 'me', namSinh: '1925' }] as never }, ['thanhVien', 'thanhVien[0].namSinh'])
    form.form.problems.judge(['thanhVien'])
    await press(form, 'Sửa Thành viên 1')

    expect(form.page.get(`#${cell(0, 'namSinh')}-warning`).text()).toContain('sinh trước năm 1930')
    expect(form.form.judgeSection('giaDinh')).toEqual([])
  })
})
