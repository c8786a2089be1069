/**
 * Typing Vietnamese in a real Chromium (reference 8.6 and 8.7): composition events as Gboard, macOS and Windows send them, and
 * backspaces with retyping as Unikey does. In a name field, in a cell of a list and in a search box a word is composed to
 * its end, nothing is rewritten under the keyboard, and what stands there after leaving is what was meant.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type BrowserContext, type CDPSession, type Locator, type Page } from '@playwright/test'
import { expectNoViolations } from '../support/axe.ts'
import { closeQuietly, launchProfile } from '../support/chromium.ts'
import { anOfficeRun, type OfficeRun } from '../support/officeRun.ts'
import { appPage } from './people/volunteer.ts'

let office: OfficeRun
let folder: string
let context: BrowserContext
let page: Page
let keyboard: CDPSession

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tiepsuc-typing-'))
  office = await anOfficeRun()
  context = await launchProfile(join(folder, 'profile'), { viewport: { width: 820, height: 1180 } })
})
test.afterAll(async () => {
  await closeQuietly(context)
  await office.remove()
  rmSync(folder, { recursive: true, force: true })
})
test.beforeEach(async () => {
  page = await appPage(context)
  await page.goto(`${office.origin}/styleguide`)
  keyboard = await context.newCDPSession(page)
})

/** What stands under the finger, key by key: n-g-u-y-e-e-n-x with Telex, n-g-u-y-e-6-n-4 with VNI. */
const telex = [
  ['N', 'Ng', 'Ngu', 'Nguy', 'Nguye', 'Nguyê', 'Nguyên', 'Nguyễn'],
  ['T', 'Th', 'Thi', 'Thị'],
  ['A', 'Â', 'Ân', 'Ẩn'],
]
const vni = [
  ['N', 'Ng', 'Ngu', 'Nguy', 'Nguye', 'Nguyê', 'Nguyên', 'Nguyễn'],
  ['H', 'Ho', 'Hoa', 'Hòa'],
  ['Đ', 'Đi', 'Đin', 'Đinh', 'Đình'],
]

interface Watched {
  readonly starts: number
  readonly ends: number
}
/** Counts composition events, so that a composition that was broken and begun anew is seen. */
async function watch(field: Locator): Promise<() => Promise<Watched>> {
  await field.evaluate((element) => {
    const counts = { starts: 0, ends: 0 }
    element.addEventListener('compositionstart', () => (counts.starts += 1))
    element.addEventListener('compositionend', () => (counts.ends += 1))
    Object.assign(window, { composed: counts })
  })
  return () => page.evaluate(() => Reflect.get(window, 'composed') as Watched)
}

/** Composes words letter by letter and expects the field to hold exactly what was composed, at every step. */
async function compose(field: Locator, words: readonly (readonly string[])[]): Promise<void> {
  let before = ''
  for (const steps of words) {
    for (const text of steps) {
      await keyboard.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
      await expect(field).toHaveValue(before + text)
    }
    before += `${steps.at(-1) ?? ''} `
    await keyboard.send('Input.insertText', { text: `${steps.at(-1) ?? ''} ` })
    await expect(field).toHaveValue(before)
  }
}

/** Unikey and EVKey: the plain letters arrive, then backspaces and the marked letters, without any composition. */
async function retype(field: Locator): Promise<void> {
  const keys: (string | number)[] = ['N', 'g', 'u', 'y', 'e', 1, 'ê', 'n', 2, 'ễn', ' ', 'D', 1, 'Đ', 'i', 'n', 'h', 3, 'ình']
  let text = ''
  for (const key of keys) {
    if (typeof key === 'number') {
      for (let times = 0; times < key; times += 1) await page.keyboard.press('Backspace')
      text = text.slice(0, -key)
    } else {
      await page.keyboard.insertText(key)
      text += key
    }
    await expect(field).toHaveValue(text)
  }
}

async function empty(field: Locator): Promise<void> {
  await field.click()
  await field.fill('')
}

for (const [method, words, meant] of [['Telex', telex, 'Nguyễn Thị Ẩn'], ['VNI', vni, 'Nguyễn Hòa Đình']] as const) {
  test(`${method} in a name field composes every word to its end`, async () => {
    const name = page.locator('#field-hoTen')
    await empty(name)
    const watched = await watch(name)

    await compose(name, words)
    expect(await watched()).toEqual({ starts: words.length, ends: words.length })

    await name.blur()
    await expect(name).toHaveValue(meant)
    await expect(page.locator('#field-hoTen-problem')).toHaveCount(0)
  })

  test(`${method} in a cell of a list composes every word to its end`, async () => {
    await page.locator('#field-thanhVien [data-row="1"] [data-edit-row]').click()
    const cell = page.locator('#field-thanhVien-1-ten')
    await empty(cell)
    const watched = await watch(cell)

    await compose(cell, words)
    expect(await watched()).toEqual({ starts: words.length, ends: words.length })

    await cell.blur()
    await expect(cell).toHaveValue(meant)
    await page.locator('[data-open-row] button', { hasText: 'Xong' }).click()
    await expect(page.locator('#field-thanhVien [data-row="1"]')).toContainText(meant.toUpperCase())
  })
}

test('a search box finds while a word is being composed, and an Enter then chooses', async () => {
  const search = page.locator('#field-danToc')
  await empty(search)
  await compose(search, [['T', 'Ta', 'Tà', 'Tày']])
  await expect(page.locator('#field-danToc-list [role=option]')).toHaveText([/^Tày/])

  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(search).toHaveValue('Tày')
  await search.blur()
  await expect(search).toHaveValue('Tày')
})

test('a long list of boxes to tick is narrowed without marks', async () => {
  await page.locator('#field-vatNuoi-search').click()
  await page.keyboard.type('nuoi t')

  await expect(page.locator('#field-vatNuoi label', { hasText: 'Nuôi' })).toHaveText(['Nuôi tôm'])
})

test('backspaces and retyping, as Unikey sends them, reach the field as they are', async () => {
  const name = page.locator('#field-hoTen')
  await empty(name)
  await retype(name)
  await name.blur()
  await expect(name).toHaveValue('Nguyễn Đình')

  await page.locator('#field-thanhVien [data-row="0"] [data-edit-row]').click()
  const cell = page.locator('#field-thanhVien-0-ten')
  await empty(cell)
  await retype(cell)
  await cell.blur()
  await expect(cell).toHaveValue('Nguyễn Đình')
})

test('a name pasted with its marks apart is put together when it is left', async () => {
  const name = page.locator('#field-hoTen')
  await empty(name)
  await page.keyboard.insertText('Công Tằng Tôn Nữ Hỷ Khương'.normalize('NFD'))
  await name.blur()

  await expect(name).toHaveValue('Công Tằng Tôn Nữ Hỷ Khương'.normalize('NFC'))
})

test('a word still being composed is kept when the field is left by a tap elsewhere', async () => {
  const name = page.locator('#field-hoTen')
  await empty(name)
  await keyboard.send('Input.imeSetComposition', { text: 'Khương', selectionStart: 6, selectionEnd: 6 })
  await page.locator('#field-dienThoai').click()

  await expect(name).toHaveValue('Khương')
})

test('a signature is drawn on the glass, kept as strokes, and begun anew', async () => {
  const box = page.locator('#field-chuKy')
  await box.getByRole('button', { name: 'Ký lại' }).click()
  const pad = page.locator('#field-chuKy-pad')
  await pad.scrollIntoViewIfNeeded()
  const place = await pad.boundingBox()
  if (place === null) throw new Error('no pad')

  await page.mouse.move(place.x + 40, place.y + 60)
  await page.mouse.down()
  await page.mouse.move(place.x + 42, place.y + 61)
  await page.mouse.up()
  await expect(box).toContainText('Nét ký quá ngắn')

  for (const [from, to] of [[60, 200], [220, 320]] as const) {
    await page.mouse.move(place.x + from, place.y + 60)
    await page.mouse.down()
    await page.mouse.move(place.x + to, place.y + 90, { steps: 8 })
    await page.mouse.up()
  }
  await expect(box).toContainText('Chữ ký đã lưu')
  await box.getByRole('button', { name: 'Xóa nét ký' }).click()
  await expect(box).not.toContainText('Chữ ký đã lưu')
})

test('the whole form has no accessibility fault, rows closed and open', async () => {
  await expectNoViolations(page, 'form, rows closed')
  await page.locator('#field-thanhVien [data-row="1"] [data-edit-row]').click()
  await page.locator('#field-chuKy-how-1').check()
  await expectNoViolations(page, 'form, row open')
})
