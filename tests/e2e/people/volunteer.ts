/** A volunteer at a tablet, as the tests tell of one: every step is what a person does and sees. */
import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test'
import { isAddress, isCodes, isRows, type Address, type Answers, type AnswerValue, type Row } from '../../../core/procedure/answers.ts'
import { ethnicGroupName } from '../../../core/identity/ethnicGroups.ts'
import { provinceName, wardName } from '../../../core/identity/units.ts'
import { fieldsOf, type Field, type Pack } from '../../../core/procedure/pack.ts'
import { placeInList } from '../../../core/procedure/rows.ts'
import { vi } from '../../../src/i18n/vi.ts'
import { controlId } from '../../../src/forms/fieldView.ts'
import { birthPack } from '../../support/packs.ts'
import { rowsOf } from '../tabletDatabase.ts'

const words = vi.tablet
export const passphrase = 'sóng biếc thuyền con neo bến cũ'

/** Enrols this browser, takes the badge, makes the vault: what a newcomer does with the two first links. */
export async function joins(page: Page, links: { tablet: string; badge: string }): Promise<void> {
  await page.goto(links.tablet)
  await page.getByRole('button', { name: words.enrol.act }).click()
  await expect(page.getByRole('heading', { name: words.badge.title })).toBeVisible()
  await takesBadge(page, links.badge)
}

/** Takes the badge of a link and makes a vault for it, on a tablet that is enrolled. */
export async function takesBadge(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('button', { name: words.badge.claim }).click()
  await page.getByRole('button', { name: words.badge.writtenDown }).click()
  await page.getByLabel(words.badge.passphrase, { exact: true }).fill(passphrase)
  await page.getByLabel(words.badge.again).fill(passphrase)
  await page.getByRole('button', { name: words.badge.create }).click()
  await expect(page.getByRole('heading', { name: words.home.title })).toBeVisible()
}

/** Unlocks; `then` is what the volunteer sees next, the home page unless another one had been open. */
export async function unlocks(page: Page, then: Locator = page.getByRole('heading', { name: words.home.title })): Promise<void> {
  await page.getByLabel(words.unlock.passphrase, { exact: true }).fill(passphrase)
  await page.getByRole('button', { name: vi.common.unlock }).click()
  await expect(then).toBeVisible()
}

/** From the home page to the first section of a birth registration. */
export async function startsBirthRegistration(page: Page): Promise<void> {
  await page.getByRole('button', { name: words.home.start }).click()
  await findsAndStarts(page, 'em be moi sinh', '1.001193')
}

/** From the list of procedures to the first section of one, for the citizen at the table when there is one. */
export async function findsAndStarts(page: Page, sought: string, code: string): Promise<void> {
  await page.getByLabel(words.procedures.search, { exact: true }).fill(sought)
  await page.locator(`main a[href*="/procedures/${code}"]`).first().click()
  await page.getByRole('button', { name: new RegExp(`^(${words.procedure.start}|${words.visit.startFor.replace('{name}', '.*')})$`) }).first().click()
  await page.waitForURL('**/drafts/*') // both pages have a button of the same name
  await page.getByRole('button', { name: words.form.begin }).click()
  await page.waitForURL('**/sections/*')
}

/** Fills section after section until the review page; `seen` is told when a section is filled and still open. */
export async function fillsEverything(
  page: Page,
  answers: Answers,
  seen?: (section: string) => Promise<void>,
  pack: Pack = birthPack(),
): Promise<void> {
  const fields = fieldsOf(pack)
  for (let section = 0; section < 12; section += 1) {
    await expect(page.locator('main h1')).toBeVisible()
    if (page.url().endsWith('/review')) return
    await fillsSection(page, fields, answers)
    const before = page.url()
    await seen?.(before.split('/').at(-1) ?? '')
    await page.getByRole('button', { name: vi.common.next, exact: true }).click()
    await expect(async () => {
      if (page.url() === before) throw new Error(`still at ${before}: ${(await page.locator('main').innerText()).slice(0, 600)}`)
    }).toPass({ timeout: 10_000 })
  }
  throw new Error('the review page was never reached')
}

async function fillsSection(page: Page, fields: readonly Field[], answers: Answers): Promise<void> {
  const done = new Set<string>()
  for (let round = 0; round < 4; round += 1) {
    for (const field of fields) {
      const answer = answers[field.id]
      if (answer === undefined || done.has(field.id)) continue
      if ((await page.locator(`[id^="${controlId(field.id)}"]`).count()) === 0) continue
      await fillsField(page, field, answer)
      done.add(field.id)
    }
  }
}

/** Gives one answer by the control of its kind. */
export async function fillsField(page: Page, field: Field, answer: AnswerValue): Promise<void> {
  const id = controlId(field.id)
  const control = page.locator(`#${id}`)
  switch (field.kind) {
    case 'choice':
      return choosesOne(page, id, field, textOf(answer))
    case 'yesNo':
      return taps(page, `${id}-${answer === true ? 0 : 1}`)
    case 'declaration':
      return taps(page, id)
    case 'consent':
      return taps(page, `${id}-${answer === true ? 0 : 1}`)
    case 'signature':
      return signs(page, id)
    case 'list':
      if (isRows(answer)) await fillsRows(page, field, answer)
      return
    case 'multiChoice':
      for (const [place, { code }] of (field.choices ?? []).entries()) if (isCodes(answer) && answer.includes(code)) await taps(page, `${id}-${place}`)
      return
    case 'date':
      return typesDate(page, id, textOf(answer))
    case 'address':
      if (isAddress(answer)) await givesAddress(page, id, answer)
      return
    case 'ethnicGroup':
      return picks(control, ethnicGroupName(textOf(answer)))
    case 'country':
      return picks(control, 'Việt Nam')
    case 'text':
    case 'paragraph':
    case 'money':
    case 'name':
    case 'email':
    case 'phone':
    case 'number':
    case 'personalNumber':
      await control.fill(textOf(answer))
      await control.blur()
  }
}

/** With a finger on the glass. */
async function signs(page: Page, id: string): Promise<void> {
  const pad = page.locator(`#${id}-pad`)
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  if (box === null) throw new Error('there is no place to sign')
  const at = (x: number, y: number): [number, number] => [box.x + box.width * x, box.y + box.height * y]
  await page.mouse.move(...at(0.2, 0.5))
  await page.mouse.down()
  for (const [x, y] of [[0.3, 0.3], [0.4, 0.7], [0.5, 0.4], [0.7, 0.6]] as const) await page.mouse.move(...at(x, y), { steps: 4 })
  await page.mouse.up()
}

async function fillsRows(page: Page, field: Field, rows: readonly Row[]): Promise<void> {
  for (const [index, row] of rows.entries()) {
    // A list that must have a row begins with an open one.
    if ((await page.locator('[data-open-row]').count()) === 0) await page.locator('[data-add-row]').first().click()
    for (const column of field.columns ?? []) {
      const cell = row[column.id]
      if (cell !== undefined) await fillsField(page, { ...column, id: placeInList(field.id, index, column.id) }, cell)
    }
    await page.locator('[data-open-row]').getByRole('button', { name: words.forms.list.done.replace('{row}', '').trim() }).click()
  }
}

const textOf = (answer: AnswerValue): string => (typeof answer === 'object' ? '' : String(answer))

async function choosesOne(page: Page, id: string, field: Field, code: string): Promise<void> {
  const place = (field.choices ?? []).findIndex((choice) => choice.code === code)
  const [select, searched] = [page.locator(`select#${id}`), page.locator(`input#${id}`)]
  if ((await select.count()) > 0) await select.selectOption(code)
  else if ((await searched.count()) > 0) {
    await searched.click()
    await page.getByRole('option').nth(place).click()
  } else await taps(page, `${id}-${place}`)
}

/** Radios and boxes are drawn by their label; a finger hits that. */
async function taps(page: Page, id: string): Promise<void> {
  await page.locator(`label[for="${id}"]`).click()
}

async function typesDate(page: Page, id: string, date: string): Promise<void> {
  const [year = '', month = '', day = ''] = date.split('-')
  await page.locator(`#${id}-day`).fill(day)
  await page.locator(`#${id}-month`).fill(month)
  await page.locator(`#${id}-year`).fill(year)
  await page.locator(`#${id}-year`).blur()
}

async function givesAddress(page: Page, id: string, address: Address): Promise<void> {
  await taps(page, `${id}-where-0`)
  await picks(page.locator(`#${id}-province`), provinceName(address.provinceCode) ?? '')
  if (address.wardCode !== '') await picks(page.locator(`#${id}-ward`), wardName(address.provinceCode, address.wardCode) ?? '')
  const detail = page.locator(`#${id}-detail`)
  await detail.fill(address.detail)
  await detail.blur()
}

async function picks(control: Locator, label: string): Promise<void> {
  if ((await control.inputValue()) === label) return
  await control.click()
  await control.fill(label)
  await control.page().getByRole('option', { name: label, exact: true }).first().click()
}

/** Finalises from the review page; the local code that the tablet gives. */
export async function finalises(page: Page): Promise<string> {
  await page.getByRole('button', { name: words.review.finish }).click()
  await expect(page.getByRole('heading', { name: words.done.title })).toBeVisible()
  const code = /TN-[0-9A-Z]+-\d{6}-[0-9A-Z]+/.exec(await page.locator('main').innerText())?.[0]
  if (code === undefined) throw new Error('no local code on the page')
  return code
}

/** Waits until the procedures are here and the service worker controls the page: from now on it works without a network. */
export async function isReadyForOffline(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await page.reload()
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  // The index is noted when every procedure that it names was asked for.
  await expect.poll(async () => (await rowsOf(page, 'marks')).map(({ name }) => name), { timeout: 60_000 }).toContain('packIndex')
}

export async function appPage(context: BrowserContext): Promise<Page> {
  return context.pages()[0] ?? (await context.newPage())
}
