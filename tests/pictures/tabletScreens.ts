/** A volunteer's morning, pictured: enrol, badge, fill, finalise three times without a network, deliver, be answered. */
import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { vi } from '../../src/i18n/vi.ts'
import type { OfficeRun } from '../support/officeRun.ts'
import { familyAnswers } from '../e2e/people/answers.ts'
import { findsInInbox, opens, signsInFirst } from '../e2e/people/officer.ts'
import { fillsEverything, finalises, isReadyForOffline, passphrase, startsBirthRegistration, unlocks } from '../e2e/people/volunteer.ts'
import { pictures, type Shot } from './camera.ts'

const { tablet: words, common, desk: deskWords } = vi
const take = (page: Page, name: string, shot?: Shot): Promise<void> => pictures(page, 'tablet', name, shot)
const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).first().click()
const follow = (page: Page, name: string): Promise<void> => page.getByRole('link', { name: new RegExp(`^${name}`) }).first().click()

export async function enrols(page: Page, office: OfficeRun): Promise<void> {
  await page.goto(`${office.origin}/enrol`)
  await expect(page.locator('#enrol-code')).toBeVisible()
  await take(page, '01-enrol-by-code')
  await page.locator('#enrol-code').fill('7K2M-9QXT')
  await press(page, words.enrol.act)
  await expect(page.getByText(vi.failures.ticketInvalid.text)).toBeVisible()
  await take(page, '02-enrol-refused')
  await page.goto(office.links().tablet)
  await take(page, '04-enrol-by-link')
  await press(page, words.enrol.act)
  await expect(page.getByRole('heading', { name: words.badge.title })).toBeVisible()
  await take(page, '05-badge')
  await page.goto(office.links().badge)
  await press(page, words.badge.claim)
  await expect(page.getByRole('button', { name: words.badge.writtenDown })).toBeVisible()
  await take(page, '06-passphrase-of-six-words')
  await press(page, words.badge.writtenDown)
  await page.getByLabel(words.badge.passphrase, { exact: true }).fill('ngắn')
  await press(page, words.badge.create)
  await take(page, '07-passphrase-problems')
  await page.getByLabel(words.badge.passphrase, { exact: true }).fill(passphrase)
  await page.getByLabel(words.badge.again).fill(passphrase)
  await press(page, words.badge.create)
  await expect(page.getByRole('heading', { name: words.home.title })).toBeVisible()
  await take(page, '08-home-empty')
  await isReadyForOffline(page)
  await take(page, '09-unlock')
  await page.getByLabel(words.unlock.passphrase, { exact: true }).fill('không phải câu này đâu')
  await press(page, common.unlock)
  await expect(page.getByText(vi.failures.passphraseWrong.text)).toBeVisible()
  await take(page, '10-unlock-wrong')
  await unlocks(page)
}

export async function fills(page: Page): Promise<void> {
  await press(page, words.home.start)
  await expect(page.getByRole('link', { name: /khai sinh/i }).first()).toBeVisible()
  await take(page, '11-procedures')
  await page.getByLabel(words.procedures.search, { exact: true }).fill('xyzxyz')
  await take(page, '12-procedures-nothing-found')
  await page.getByLabel(words.procedures.search, { exact: true }).fill('')
  await page.getByRole('link', { name: /khai sinh/i }).first().click()
  await expect(page.getByRole('button', { name: words.procedure.start })).toBeVisible()
  await take(page, '13-procedure')
  await press(page, words.procedure.start)
  await page.waitForURL('**/drafts/*')
  await take(page, '14-task-list')
  await press(page, words.form.begin)
  await page.waitForURL('**/sections/*')
  await press(page, common.next)
  await expect(page.locator('[data-state=saved]')).toBeVisible()
  await take(page, '15-section-problems')
  await fillsEverything(page, familyAnswers())
  await page.locator('main dl button').nth(14).click()
  await page.waitForURL('**/sections/*')
  await expect(page.locator('[data-state=saved]')).toBeVisible()
  await take(page, '16-section-filled')
  await fillsEverything(page, {})
  await take(page, '17-review')
  await take(page, '18-review-papers', { scrolledTo: '#review-papers' })
}

export async function finalisesOffline(page: Page, office: OfficeRun): Promise<void> {
  await office.kill()
  await finalises(page)
  await expect(page.getByText(words.road.unreachable)).toBeVisible({ timeout: 30_000 })
  await take(page, '19-done-only-here')
  for (const name of ['Tôn Nữ Thử Quỳnh', 'Lê Thử Gia Huy']) {
    await follow(page, words.home.name)
    await startsBirthRegistration(page)
    await fillsEverything(page, familyAnswers({ 'con.hoTen': name }))
    await finalises(page)
  }
  await follow(page, words.home.name)
  await startsBirthRegistration(page)
  await follow(page, words.home.name)
  await expect(page.locator('main a[href^="/drafts/"]').first()).toBeVisible()
  await take(page, '20-home-offline')
  await follow(page, words.outbox.short)
  await expect(page.locator('[data-state=queued]')).toHaveCount(3)
  await take(page, '21-outbox-three-only-here')
  await dark(page, () => take(page, '22-outbox-dark', { window: true }))
}

export async function isAnswered(page: Page, context: BrowserContext, browser: Browser, office: OfficeRun): Promise<void> {
  await context.route(`${office.origin}/api/**`, (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<html>Wi-Fi</html>' }))
  await office.start()
  await press(page, common.sendNow)
  await expect(page.getByText(words.road.portal)).toBeVisible({ timeout: 30_000 })
  await take(page, '23-outbox-portal')
  await context.unroute(`${office.origin}/api/**`)
  await press(page, common.sendNow)
  await expect(page.locator('[data-state=complete]')).toHaveCount(3, { timeout: 60_000 })
  await take(page, '24-outbox-safe')
  await page.emulateMedia({ media: 'print' })
  await expect(page.locator('.no-print:visible')).toHaveCount(0)
  await page.emulateMedia({ media: 'screen' })
  await follow(page, words.cases.short)
  await expect(page.locator('main a[href^="/cases/"]').first()).toBeVisible()
  await take(page, '25-cases')
  const desk = await signsInFirst(browser, office.links().officer)
  const localCode = /TN-[0-9A-Z]+-\d{6}-[0-9A-Z]+/.exec(await page.locator('main').innerText())?.[0] ?? ''
  await findsInInbox(desk, office.origin, localCode)
  await opens(desk, localCode)
  await press(desk, deskWords.act.supplement)
  await desk.locator('label[for^="paper-"]').first().click()
  await desk.locator('#supplement-message').fill('Xin Ông/Bà mang bản gốc giấy chứng sinh đến quầy số 3.')
  await press(desk, common.next)
  await press(desk, deskWords.supplement.confirm)
  await expect(desk.getByText(deskWords.supplement.done)).toBeVisible()
  await desk.context().close()
  await follow(page, words.home.name)
  await expect(page.locator('#home-news')).toBeVisible({ timeout: 90_000 })
  await take(page, '26-home-news')
  await dark(page, () => take(page, '27-home-dark', { window: true }))
  await page.locator('main a[href^="/cases/"]').first().click()
  await expect(page.getByRole('button', { name: words.case.reply })).toBeVisible()
  await take(page, '28-case-supplement')
  await follow(page, words.settings.short)
  await take(page, '29-settings')
  await page.goto(`${office.origin}/no-such-page`)
  await take(page, '30-not-found')
}

async function dark(page: Page, look: () => Promise<void>): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' })
  await look()
  await page.emulateMedia({ colorScheme: 'light' })
}
