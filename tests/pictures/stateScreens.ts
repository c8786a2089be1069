/** The tablet's rarer days, pictured: two windows, a new version, no room, a signed no, a revoked tablet, old keys, thousands of rows. */
import { expect, type BrowserContext, type Page } from '@playwright/test'
import { problemOf } from '../../core/wire/problem.ts'
import { vi } from '../../src/i18n/vi.ts'
import { wholeFamilyAnswers } from '../e2e/people/answers.ts'
import { laysCases, writesInto } from '../e2e/people/vaultOutside.ts'
import { finalises, startsBirthRegistration, unlocks } from '../e2e/people/volunteer.ts'
import { putRows, rowsOf } from '../e2e/tabletDatabase.ts'
import type { OfficeRun } from '../support/officeRun.ts'
import { putsOut } from '../support/release.ts'
import { pictures, type Shot } from './camera.ts'

const { tablet: words, common } = vi
const take = (page: Page, name: string, shot?: Shot): Promise<void> => pictures(page, 'tablet', name, shot)
const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).first().click()
const follow = (page: Page, name: string): Promise<void> => page.getByRole('link', { name: new RegExp(`^${name}`) }).first().click()
const nameOfChild = (on: Page) => on.locator('#field-con-hoTen')

/** Reloads at home, as after a night, so that the page reads what was laid in behind its back. */
async function comesBack(page: Page): Promise<void> {
  await follow(page, words.home.name)
  await page.reload()
  await unlocks(page)
}

async function draftOf(page: Page): Promise<string> {
  await follow(page, words.home.name)
  await startsBirthRegistration(page)
  return /drafts\/([^/]+)/.exec(page.url())?.[1] ?? ''
}

async function opensWholeDraft(page: Page, name: string): Promise<string> {
  const id = await draftOf(page)
  await follow(page, words.home.name)
  await writesInto(page, id, { ...wholeFamilyAnswers(), 'con.hoTen': name })
  await page.locator(`main a[href="/drafts/${id}"]`).click()
  await press(page, words.form.review)
  await expect(page.getByRole('heading', { name: words.review.title })).toBeVisible()
  return id
}

export async function hasTwoWindows(page: Page, context: BrowserContext, office: OfficeRun): Promise<void> {
  await page.goto(`${office.origin}/drafts/${await draftOf(page)}/sections/con`)
  await unlocks(page, nameOfChild(page))
  const other = await context.newPage()
  await other.goto(page.url())
  await unlocks(other, nameOfChild(other))
  await nameOfChild(other).fill('Lê Thử Gia Huy')
  await nameOfChild(other).blur()
  await expect(other.locator('[data-testid=save-state][data-state=saved]')).toContainText(common.saved)
  await nameOfChild(page).fill('Lê Thử Gia Hưng')
  await nameOfChild(page).blur()
  await expect(page.getByText(vi.failures.draftChanged.text)).toBeVisible()
  await take(page, '31-draft-changed-elsewhere', { window: true })
  await press(page, words.form.reload)
  await expect(page.getByText(words.form.typedHere)).toBeVisible()
  await take(page, '32-draft-typed-here', { window: true })
  await press(page, words.form.dropTyped)
  await other.close()
}

export async function isOfferedUpdate(page: Page, web: string): Promise<void> {
  await follow(page, words.home.name)
  putsOut(web, 'second')
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
  await expect(page.getByText(vi.components.bannerUpdate)).toBeVisible({ timeout: 30_000 })
  await take(page, '33-update-offered', { window: true })
  await press(page, vi.components.bannerUpdateAct)
  await unlocks(page, page.locator('main h1'))
}

/** The browser tells of no room, as on a tablet full of photos; how a real full disk behaves is an end-to-end test. */
export async function isFull(page: Page): Promise<void> {
  const id = await opensWholeDraft(page, 'Tôn Nữ Thử Quỳnh')
  await page.evaluate(() => { navigator.storage.estimate = () => Promise.resolve({ usage: 1_999_000_000, quota: 2_000_000_000 }) })
  await follow(page, words.home.name)
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect(page.getByText(words.warnings.room.full)).toBeVisible()
  await take(page, '34-home-full', { window: true })
  await press(page, words.home.start)
  await page.getByRole('link', { name: /khai sinh/i }).first().click()
  await page.getByRole('button', { name: new RegExp(`^(${words.procedure.start}|${words.visit.startFor.replace('{name}', '.*')})$`) }).first().click()
  await expect(page.getByText(vi.failures.storageFull.text)).toBeVisible()
  await take(page, '35-full-no-new-draft', { window: true })
  await follow(page, words.home.name)
  await page.locator(`main a[href="/drafts/${id}"]`).click()
  await press(page, words.form.review)
  await finalises(page)
  await take(page, '36-full-still-finished', { window: true })
  await page.evaluate(() => { Reflect.deleteProperty(navigator.storage, 'estimate') })
}

/** Two finalised without a network, one of them put off four times; two that the office has answered with a signed no. */
export async function hasTroubles(page: Page, office: OfficeRun): Promise<void> {
  await laysCases(page, 2)
  const [one, two] = await rowsOf(page, 'items')
  await office.kill()
  for (const name of ['Lê Thử Gia Huy', 'Hồ Thử Bảo Châu']) {
    await opensWholeDraft(page, name)
    await finalises(page)
  }
  const waiting = (await rowsOf(page, 'items')).find(({ state }) => state === 'queued')
  await putRows(page, 'items', [
    { ...one, state: 'refused', reason: 'headerMismatch', held: true },
    { ...two, state: 'disputed', reason: 'idTaken', held: true },
    { ...waiting, note: { kind: 'tooLarge', attempts: 4, nextAt: new Date(Date.now() + 240_000).toISOString() } },
  ])
  await comesBack(page)
  await follow(page, words.outbox.short)
  await expect(page.locator('[data-state=disputed]')).toBeVisible()
  await take(page, '37-outbox-troubles')
  for (const [state, name] of [['refused', '38-case-sent-back'], ['disputed', '39-case-to-compare']] as const) {
    await follow(page, words.outbox.short)
    await page.locator(`[data-state=${state}] a`).click()
    await expect(page.getByText(vi.states[state].line).first()).toBeVisible()
    await take(page, name, { window: true })
  }
  await putRows(page, 'items', [one, two].map((row) => ({ ...row })))
}

export async function isRevoked(page: Page, context: BrowserContext, office: OfficeRun): Promise<void> {
  await context.route(`${office.origin}/api/**`, (route) => route.fulfill({ status: 410, contentType: 'application/problem+json', body: JSON.stringify(problemOf({ kind: 'deviceRevoked' })) }))
  const row = (await rowsOf(page, 'device')).find(({ name }) => name === 'office')
  await putRows(page, 'device', [{ ...row, state: 'revoked' }])
  await comesBack(page)
  await expect(page.getByText(vi.failures.deviceRevoked.text)).toBeVisible()
  await take(page, '40-home-revoked', { window: true })
  await follow(page, words.outbox.short)
  await take(page, '41-outbox-revoked')
  await putRows(page, 'device', [{ ...row }])
  await context.unroute(`${office.origin}/api/**`)
}

export async function hasOldKeys(page: Page): Promise<void> {
  await page.clock.setSystemTime(Date.now() + 3 * 365 * 86_400_000)
  await comesBack(page)
  await expect(page.getByText(words.warnings.keysExpired)).toBeVisible()
  await take(page, '42-home-old-keys', { window: true })
  await page.clock.setSystemTime(Date.now())
}

export async function hasHundreds(page: Page): Promise<void> {
  await laysCases(page, 1500)
  await comesBack(page)
  await follow(page, words.cases.short)
  await expect(page.locator('main li[aria-setsize]').first()).toBeVisible()
  await take(page, '43-cases-many', { window: true })
  await page.getByLabel(words.cases.search).fill('khong co ai')
  await expect(page.getByText(words.cases.nothing)).toBeVisible()
  await take(page, '44-cases-nothing-found', { window: true })
  await follow(page, words.outbox.short)
  await take(page, '45-outbox-many', { window: true })
}
