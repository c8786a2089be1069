import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { readCard, type CardReading } from '../../../core/identity/cardQr.ts'
import { fail } from '../../../core/result.ts'
import { cameraKey } from '../../../src/composables/cameraAccess.ts'
import { codeReaderKey, type PhotoAnswer } from '../../../src/composables/codeReader.ts'
import CardPreview from '../../../src/pages/parts/CardPreview.vue'
import CardScan from '../../../src/pages/parts/CardScan.vue'
import { screenApp, settle } from '../../support/screens/screenApp.ts'

const be = '046190000001|123456789|Trần Thị Bé|05031990|Nữ|12 Kiệt 5, Thuận Hòa, Thành phố Huế, Thừa Thiên Huế|20082021||Trần Văn Cha|'
let page: VueWrapper | undefined
afterEach(() => {
  page?.unmount()
  page = undefined
})

function reading(text: string): CardReading {
  const result = readCard(text, '2026-11-24')
  if (!result.ok) throw new Error(result.failure.rule)
  return result.value
}

function aPreview(text: string): VueWrapper {
  page = mount(CardPreview, { props: { reading: reading(text) }, global: screenApp().global, attachTo: document.body })
  return page
}

/** The scan with a camera that is not allowed and photos that answer as told. */
function aScan(photo: PhotoAnswer = { text: null }): VueWrapper {
  const screen = screenApp()
  const provide = {
    ...screen.global.provide,
    [cameraKey as symbol]: { open: () => Promise.resolve(fail('denied')) },
    [codeReaderKey as symbol]: { readFrame: () => Promise.resolve(null), readPhoto: () => Promise.resolve(photo) },
  }
  page = mount(CardScan, { global: { ...screen.global, provide }, attachTo: document.body })
  return page
}

async function press(from: VueWrapper, name: string): Promise<void> {
  const button = from.findAll('button').find((one) => one.text() === name)
  if (button === undefined) throw new Error(`no button says ${name}`)
  await button.trigger('click')
  await settle()
}

async function choosePhoto(from: VueWrapper): Promise<void> {
  const input = from.find<HTMLInputElement>('input[type="file"]')
  Object.defineProperty(input.element, 'files', { value: [new File(['x'], 'card.jpg')] })
  await input.trigger('change')
  await settle()
}

describe('the preview of a card', () => {
  it('shows every fact, fills nothing by itself, and hands on exactly what is ticked', async () => {
    const preview = aPreview(be)
    expect(preview.text()).toContain('Nay là: 12 Kiệt 5, Phường Phú Xuân, Thành phố Huế')
    expect(preview.text()).toContain('Thẻ còn 3 mục khác')
    expect(preview.text()).not.toContain('Cha')
    expect(preview.emitted('use')).toBeUndefined()

    for (const row of ['address', 'docType', 'docDate', 'oldNumber']) await preview.find(`#card-${row}`).setValue(false)
    await press(preview, 'Điền 4 mục đã chọn')

    expect(preview.emitted('use')).toEqual([
      [{ pid: '046190000001', docNo: '046190000001', fullName: 'Trần Thị Bé', birthDate: '1990-03-05', sex: 'nu' }],
    ])
  })

  it('lets the kind of card be changed, and the issuer with it', async () => {
    const preview = aPreview(be)
    await preview.find('#card-kind-1').setValue(true)
    await press(preview, 'Điền 8 mục đã chọn')

    expect(preview.emitted('use')?.[0]?.[0]).toMatchObject({ docType: 'canCuoc', docIssuer: 'Bộ Công an' })
  })

  it('asks for the ward only where the old name lies in several, and may be left without', async () => {
    expect(aPreview(be).find('#card-ward').exists()).toBe(false)
    page?.unmount()
    const split = aPreview('046190000001||Trần Thị Bé|05031990|Nữ|Hương Xuân, Thừa Thiên Huế|20082021')
    await press(split, 'Điền 7 mục đã chọn')
    await split.find('#card-ward-1').setValue(true)
    await press(split, 'Điền 7 mục đã chọn')

    expect(split.emitted('use')?.map(([facts]) => (facts as CardReading['facts']).address)).toMatchObject([
      { wardCode: '', legacyText: 'Hương Xuân, Thừa Thiên Huế' },
      { wardCode: '20179', legacyText: 'Hương Xuân, Thừa Thiên Huế' },
    ])
  })

  it('says what contradicts itself and what must be typed, and blocks neither', async () => {
    const preview = aPreview('046190000001||Trần Thị Bé|05031991|x|Thuận Hòa, Thành phố Huế, Thừa Thiên Huế|20082021')

    expect(preview.text()).toContain('Số định danh cho năm sinh 1990, còn thẻ ghi 1991.')
    expect(preview.text()).toContain('Máy không đọc được: Giới tính.')
    await press(preview, 'Điền 6 mục đã chọn')
    expect(preview.emitted('use')).toHaveLength(1)
  })

  it('fills nothing when nothing is ticked, and all again at one press', async () => {
    const preview = aPreview(be)
    for (const box of preview.findAll('input[type="checkbox"]')) await box.setValue(false)
    expect(preview.findAll('button').find((one) => one.text() === 'Chưa chọn mục nào')?.attributes('disabled')).toBeDefined()

    await press(preview, 'Chọn tất cả')
    expect(preview.findAll<HTMLInputElement>('input[type="checkbox"]').every((box) => box.element.checked)).toBe(true)
  })
})

describe('the scan of a card', () => {
  it('says what to do when the camera may not be used', async () => {
    const scan = aScan()
    await press(scan, 'Mở máy ảnh')

    expect(scan.text()).toContain('Trình duyệt chưa được phép dùng máy ảnh')
    expect(scan.text()).toContain('cho phép “Máy ảnh”')
  })

  it.each([
    [{ text: null }, 'Không thấy mã QR trong ảnh'],
    [{ trouble: 'heic' }, 'Ảnh kiểu HEIC của iPhone'],
    [{ trouble: 'tooLarge' }, 'Ảnh này quá lớn'],
    [{ trouble: 'notPhoto' }, 'Tệp này không phải ảnh'],
    [{ text: 'https://example.org' }, 'Đây là mã của một trang web'],
    [{ text: '00020101021138' }, 'Đây là mã chuyển tiền'],
  ] as const)('answers a photo of something else in a sentence', async (photo, sentence) => {
    const scan = aScan(photo)
    await choosePhoto(scan)

    expect(scan.text()).toContain(sentence)
    expect(scan.emitted('facts')).toBeUndefined()
  })

  it('hands on what was agreed to, says that it is from the card, and forgets the rest', async () => {
    const scan = aScan({ text: be })
    await choosePhoto(scan)
    await press(scan, 'Điền 8 mục đã chọn')

    expect(scan.emitted('facts')).toMatchObject([[{ origin: 'card', facts: { pid: '046190000001', oldNumber: '123456789' } }]])
    expect(scan.text()).not.toContain('Trần Thị Bé')
  })

  it('drops a card that is not wanted', async () => {
    const scan = aScan({ text: be })
    await choosePhoto(scan)
    await press(scan, 'Bỏ, không dùng')

    expect(scan.emitted('facts')).toBeUndefined()
    expect(scan.text()).not.toContain('Trần Thị Bé')
  })

  it('takes a handheld scanner, and tells when a Vietnamese keyboard spoiled the letters', async () => {
    const scan = aScan()
    for (const key of ['0', 'Backspace', ...Array.from(be), 'Enter']) document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    await settle()

    expect(scan.text()).toContain('Bộ gõ tiếng Việt đang bật')
    expect(scan.text()).toContain('Trần Thị Bé')
  })

  it('lets the same be typed once, and names what is wrong only when somebody goes on', async () => {
    const scan = aScan()
    await press(scan, 'Không có thẻ, hoặc không quét được? Gõ tay một lần')
    await scan.find('#card-typed-pid').setValue('0461')
    await scan.find('#card-typed-name').setValue('  trần   thị bé ')
    expect(scan.text()).not.toContain('Số định danh có đúng 12 chữ số.')
    await scan.find('form').trigger('submit')
    expect(scan.text()).toContain('Số định danh có đúng 12 chữ số.')

    await scan.find('#card-typed-pid').setValue('046190000001')
    await scan.find('form').trigger('submit')
    expect(scan.emitted('facts')).toEqual([[{ origin: 'typed', facts: { pid: '046190000001', docNo: '046190000001', fullName: 'trần thị bé' } }]])
  })
})
