/** Papers and their photos, from the questions before a form to the officer's viewer; a form that changed; a storage that was damaged. */
import { readFileSync } from 'node:fs'
import { expect, type Browser, type Page } from '@playwright/test'
import type { Answers } from '../../core/procedure/answers.ts'
import { vi } from '../../src/i18n/vi.ts'
import { publishesLaterExtracts } from '../e2e/people/laterVersion.ts'
import { findsInInbox, opens, signsInFirst } from '../e2e/people/officer.ts'
import { aFile, aPicture } from '../e2e/people/photographs.ts'
import { fillsEverything, finalises, findsAndStarts } from '../e2e/people/volunteer.ts'
import type { OfficeRun } from '../support/officeRun.ts'
import { packOfRepository } from '../support/packs.ts'
import { pictures, type Shot } from './camera.ts'

const { tablet: words } = vi
const take = (page: Page, name: string, shot?: Shot): Promise<void> => pictures(page, 'tablet', name, shot)
const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).first().click()
const home = (page: Page): Promise<void> => page.getByRole('link', { name: words.home.name, exact: true }).first().click()
const consent: Answers = { 'dongY.lyDo': 'khongQuenMay', 'dongY.luuChuyen': true, 'dongY.chupAnh': true, 'dongY.chuKy': { how: 'drawn', strokes: '', witness: '', at: '' } }

export async function asksBefore(page: Page): Promise<void> {
  await press(page, words.home.start)
  await page.getByLabel(words.procedures.search, { exact: true }).fill('khai sinh')
  await page.locator('main a[href*="/procedures/1.001193"]').first().click()
  await page.getByRole('link', { name: words.precheck.link }).click()
  const questions = page.locator('section[aria-labelledby=precheck-questions] fieldset')
  await expect(questions.first()).toBeVisible()
  for (const group of await questions.all()) await group.locator('label').first().click()
  await page.getByText(words.precheck.share).click()
  await take(page, '63-pre-check-answered', { scrolledTo: '[data-testid=precheck-papers]' })
  await home(page)
}

/** At the review of a copy from the register, with two pages of one paper photographed. Gives the draft's id. */
export async function photographsPapers(page: Page): Promise<string> {
  await press(page, words.home.start)
  await findsAndStarts(page, 'trich luc', '2.000635')
  const draft = /drafts\/([^/]+)/.exec(page.url())?.[1] ?? ''
  const example = JSON.parse(readFileSync('procedures/2.000635/1.0.0/examples/ban-than.json', 'utf8')) as { answers: Answers }
  await fillsEverything(page, { ...example.answers, ...consent }, undefined, packOfRepository('2.000635'))
  for (const [widthPx, heightPx] of [[900, 1200], [1200, 900]] as const) {
    await page.locator('#paper-giayToTuyThan-camera').setInputFiles(aFile(await aPicture(page, widthPx, heightPx)))
    await expect(page.getByRole('dialog').locator(`img[width="${widthPx}"]`)).toBeVisible()
    if (widthPx < heightPx) await take(page, '64-photo-preview', { window: true, only: 'vi' })
    await page.keyboard.press('Escape')
  }
  await take(page, '65-papers-photographed', { scrolledTo: '.slot:has(img)', only: 'vi' })
  return draft
}

export async function isOfferedNewerForm(page: Page, office: OfficeRun, procedures: string, draft: string): Promise<void> {
  await home(page)
  publishesLaterExtracts(procedures)
  await office.stop()
  await office.start()
  await page.context().setOffline(true)
  await page.context().setOffline(false)
  await page.locator(`main a[href="/drafts/${draft}"]`).click()
  await expect(page.getByText(words.newer.title)).toBeVisible()
  await take(page, '66-newer-form')
}

export async function carriesAndPrints(page: Page, office: OfficeRun): Promise<string> {
  await press(page, words.form.review)
  await office.kill()
  const localCode = await finalises(page)
  await expect(page.getByText(words.road.unreachable)).toBeVisible({ timeout: 30_000 })
  await page.getByRole('link', { name: new RegExp(`^${words.outbox.short}`) }).first().click()
  await page.locator('#outcomes-file').setInputFiles({ name: 'thu-moi-hop.txt', mimeType: 'text/plain', buffer: Buffer.from('Kính gửi các đồng chí,\n') })
  await take(page, '67-outbox-to-carry')
  await office.start()
  await press(page, vi.common.sendNow)
  await expect(page.locator('[data-state=complete]')).toBeVisible({ timeout: 30_000 })
  await page.getByRole('link', { name: words.cases.short }).first().click()
  await page.locator('main a[href^="/cases/"]').first().click()
  await page.getByRole('link', { name: words.slip.link }).click()
  await page.getByText(words.slip.sizes.roll).click()
  await take(page, '68-slip-roll')
  return localCode
}

export async function officerLooksAtPhotos(browser: Browser, office: OfficeRun, localCode: string): Promise<void> {
  const desk = await signsInFirst(browser, office.links().officer)
  await findsInInbox(desk, office.origin, localCode)
  await opens(desk, localCode)
  const photos = desk.locator('section[aria-labelledby=photos-title] img')
  await expect(async () => {
    await desk.reload()
    await expect(photos).toHaveCount(2, { timeout: 3000 })
  }).toPass({ timeout: 30_000 })
  await pictures(desk, 'desk', '27-case-photos', { scrolledTo: 'section[aria-labelledby=photos-title]', only: 'vi' })
  await photos.first().click()
  await expect(desk.getByRole('dialog').getByRole('img')).toBeVisible()
  await pictures(desk, 'desk', '28-photo-viewer', { window: true, only: 'vi' })
  await desk.context().close()
}

/** As a start would have noted it; how a start finds it is proved elsewhere. */
export async function wasDamaged(page: Page): Promise<void> {
  const foundAt = new Date().toISOString()
  const finding = { foundAt, restored: 3, drafts: 2, applications: 1, volunteers: 1, unreadable: ['one'], keyLost: false, readAt: null }
  await home(page)
  await page.evaluate(async (found) => {
    const kept = await caches.open('tiepsuc-ledger')
    await kept.put('/.findings', new Response(JSON.stringify([found]), { headers: { 'content-type': 'application/json' } }))
  }, finding)
  await page.reload()
  await expect(page.getByRole('heading', { name: words.found.title })).toBeVisible()
  await take(page, '69-storage-damaged')
}
