/** Every screen of tablet and desk, in both languages and three widths, into docs/pictures. Invented people only. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { en } from '../../src/i18n/en.ts'
import { vi } from '../../src/i18n/vi.ts'
import { closeQuietly, launchProfile } from '../support/chromium.ts'
import { anOfficeRun } from '../support/officeRun.ts'
import { familyAnswers } from '../e2e/people/answers.ts'
import { findsInInbox, opens, signsInFirst } from '../e2e/people/officer.ts'
import { appPage, fillsEverything, finalises, isReadyForOffline, passphrase, unlocks } from '../e2e/people/volunteer.ts'

const folder = join(import.meta.dirname, '..', '..', 'docs', 'pictures')
const widths = [360, 820, 1280]
const heights: Readonly<Record<number, number>> = { 360: 740, 820: 1100, 1280: 800 }

/** Pictures one screen six times: the language is changed by its own button, as a person would. */
async function pictures(page: Page, where: 'tablet' | 'desk', name: string): Promise<void> {
  for (const language of ['vi', 'en'] as const) {
    await speaks(page, language)
    for (const width of widths) {
      await page.setViewportSize({ width, height: heights[width] ?? 800 })
      const path = join(folder, where, language, String(width), `${name}.jpg`)
      mkdirSync(dirname(path), { recursive: true })
      await page.screenshot({ path, type: 'jpeg', quality: 62, fullPage: width !== 1280 })
    }
  }
  await speaks(page, 'vi')
}

async function speaks(page: Page, language: 'vi' | 'en'): Promise<void> {
  const other = page.getByRole('button', { name: language === 'en' ? 'English' : 'Tiếng Việt' })
  if ((await other.count()) > 0) await other.first().click()
  await expect(page.locator('html')).toHaveAttribute('lang', language)
}

test('the tablet', async () => {
  expect(Object.keys(en.tablet)).toEqual(Object.keys(vi.tablet))
  const office = await anOfficeRun(['--demo'])
  const profile = mkdtempSync(join(tmpdir(), 'tiepsuc-pictures-'))
  const context = await launchProfile(profile)
  // Six pictures a screen take longer than the tablet's idle lock waits.
  await context.addInitScript(() => { localStorage.setItem('tiepsuc.lockAfterMs', '600000') })
  const page = await appPage(context)
  const words = vi.tablet
  const tablet = (name: string) => pictures(page, 'tablet', name)
  try {
    await page.goto(office.links().tablet)
    await expect(page.getByRole('button', { name: words.enrol.act })).toBeVisible()
    await tablet('01-enrol')
    await page.getByRole('button', { name: words.enrol.act }).click()
    await expect(page.getByRole('heading', { name: words.badge.title })).toBeVisible()
    await tablet('02-badge')
    await page.goto(office.links().badge)
    await page.getByRole('button', { name: words.badge.claim }).click()
    await page.getByRole('button', { name: words.badge.writtenDown }).click()
    await tablet('03-passphrase')
    await page.getByLabel(words.badge.passphrase, { exact: true }).fill(passphrase)
    await page.getByLabel(words.badge.again).fill(passphrase)
    await page.getByRole('button', { name: words.badge.create }).click()
    await expect(page.getByRole('heading', { name: words.home.title })).toBeVisible()
    await tablet('04-home-empty')
    await isReadyForOffline(page)
    await tablet('05-unlock')
    await unlocks(page)
    await page.getByRole('button', { name: words.home.start }).click()
    await expect(page.getByRole('link', { name: /khai sinh/i }).first()).toBeVisible()
    await tablet('06-procedures')
    await page.getByRole('link', { name: /khai sinh/i }).first().click()
    await expect(page.getByRole('button', { name: words.procedure.start })).toBeVisible()
    await tablet('07-procedure')
    await page.getByRole('button', { name: words.procedure.start }).click()
    await page.waitForURL('**/drafts/*')
    await expect(page.getByRole('button', { name: words.form.review })).toBeVisible()
    await tablet('08-task-list')
    await page.getByRole('button', { name: words.form.begin }).click()
    await page.waitForURL('**/sections/*')
    await page.getByRole('button', { name: vi.common.next, exact: true }).click()
    await tablet('09-section-problems')
    await fillsEverything(page, familyAnswers())
    await tablet('10-review')
    await office.kill()
    await finalises(page)
    await tablet('11-done')
    await page.getByRole('link', { name: new RegExp(`^${words.outbox.short}`) }).first().click()
    await tablet('12-outbox-only-here')
    await page.getByRole('link', { name: new RegExp(`^${words.home.name}`) }).first().click()
    await page.getByRole('button', { name: words.home.start }).click()
    await page.getByRole('link', { name: /khai sinh/i }).first().click()
    await page.getByRole('button', { name: words.procedure.start }).click()
    await page.waitForURL('**/drafts/*')
    await page.getByRole('link', { name: new RegExp(`^${words.home.name}`) }).first().click()
    await tablet('13-home-only-here')
    await office.start()
    await page.getByRole('link', { name: new RegExp(`^${words.outbox.short}`) }).first().click()
    await page.getByRole('button', { name: vi.common.sendNow }).click()
    await expect(page.locator('[data-state=complete]').first()).toBeVisible({ timeout: 60_000 })
    await tablet('14-outbox-safe')
    await page.getByRole('link', { name: new RegExp(`^${words.cases.short}`) }).first().click()
    await tablet('15-cases')
    await page.locator('main a[href^="/cases/"]').first().click()
    await page.waitForURL('**/cases/*')
    await tablet('16-case')
    await page.getByRole('link', { name: new RegExp(`^${words.settings.short}`) }).first().click()
    await tablet('17-settings')
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.getByRole('link', { name: new RegExp(`^${words.home.name}`) }).first().click()
    await tablet('18-home-dark')
  } finally {
    await closeQuietly(context)
    await office.remove()
    rmSync(profile, { recursive: true, force: true })
  }
})

test('the desk', async ({ browser }) => {
  const office = await anOfficeRun(['--demo'])
  try {
    const desk = await signsInFirst(browser, office.links().officer)
    for (const path of ['inbox', 'quarantine', 'decided', 'devices', 'volunteers', 'officers', 'carrier', 'office']) {
      await desk.goto(`${office.origin}/desk/${path}`)
      await expect(desk.locator('main h1')).toBeVisible()
      await pictures(desk, 'desk', path)
    }
    await findsInInbox(desk, office.origin, 'TN-')
    await opens(desk, 'TN-')
    await pictures(desk, 'desk', 'case')
    await desk.getByRole('button', { name: vi.desk.act.accept, exact: true }).click()
    await pictures(desk, 'desk', 'case-accept')
    await composes(desk)
  } finally {
    await office.remove()
  }
})

/** The README's picture: the tablet beside the desk. */
async function composes(page: Page): Promise<void> {
  const image = (path: string): string => `data:image/jpeg;base64,${readFileSync(join(folder, path)).toString('base64')}`
  const board = await page.context().newPage()
  await board.setViewportSize({ width: 1500, height: 800 })
  await board.setContent(`<body style="margin:0;background:#e9e2ee;display:flex;gap:40px;align-items:center;justify-content:center;height:800px">
    <img src="${image('tablet/vi/820/11-done.jpg')}" style="height:700px;width:480px;object-fit:cover;object-position:top;border-radius:26px;border:12px solid #2b2130">
    <img src="${image('desk/vi/1280/case.jpg')}" style="width:860px;border-radius:10px;border:10px solid #2b2130"></body>`)
  await board.screenshot({ path: join(folder, 'readme.jpg'), type: 'jpeg', quality: 80 })
}
