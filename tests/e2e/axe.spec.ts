/** axe finds no violation on any page of the tablet, in the states a volunteer meets, in light and dark. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { vi } from '../../src/i18n/vi.ts'
import { expectNoViolations } from '../support/axe.ts'
import { closeQuietly, launchProfile } from '../support/chromium.ts'
import { anOfficeRun, type OfficeRun } from '../support/officeRun.ts'
import { familyAnswers } from './people/answers.ts'
import { findsInInbox, opens, signsInFirst } from './people/officer.ts'
import { appPage, fillsEverything, finalises, passphrase, startsBirthRegistration, unlocks } from './people/volunteer.ts'

const { tablet, desk, common } = vi
let office: OfficeRun

test.beforeAll(async () => {
  office = await anOfficeRun(['--demo'])
})
test.afterAll(async () => {
  await office.remove()
})

const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).first().click()
const follow = (page: Page, name: string): Promise<void> => page.getByRole('link', { name: new RegExp(`^${name}`) }).first().click()

test('on the tablet', async ({ browser }) => {
  test.setTimeout(400_000)
  const profile = mkdtempSync(join(tmpdir(), 'tiepsuc-tablet-'))
  const context = await launchProfile(profile, { viewport: { width: 820, height: 1180 } })
  // To look at a page takes longer than the tablet's idle lock waits.
  await context.addInitScript(() => { localStorage.setItem('tiepsuc.lockAfterMs', '600000') })
  try {
    const page = await appPage(context)
    await enrolsAndLooks(page)
    await fillsAndLooks(page)
    await readsTheAnswer(page, browser)
    await locksAndLooks(page)
  } finally {
    await closeQuietly(context)
    rmSync(profile, { recursive: true, force: true })
  }
})

async function enrolsAndLooks(page: Page): Promise<void> {
  await page.goto(`${office.origin}/enrol`)
  await expectNoViolations(page, 'enrol by code')
  await page.locator('#enrol-code').fill('7K2')
  await press(page, tablet.enrol.act)
  await expectNoViolations(page, 'enrol by code, too short')
  await page.locator('#enrol-code').fill('7K2M-9QXT')
  await press(page, tablet.enrol.act)
  await expect(page.getByText(vi.failures.ticketInvalid.text)).toBeVisible()
  await expectNoViolations(page, 'enrol, code refused')
  await page.goto(office.links().tablet)
  await expectNoViolations(page, 'enrol by link')
  await press(page, tablet.enrol.act)
  await expect(page.getByRole('heading', { name: tablet.badge.title })).toBeVisible()
  await expectNoViolations(page, 'badge')
  await page.goto(office.links().badge)
  await press(page, tablet.badge.claim)
  await expect(page.getByRole('button', { name: tablet.badge.writtenDown })).toBeVisible()
  await expectNoViolations(page, 'new passphrase, six words')
  await press(page, tablet.badge.writtenDown)
  await page.getByLabel(tablet.badge.passphrase, { exact: true }).fill('ngắn')
  await press(page, tablet.badge.create)
  await expectNoViolations(page, 'new passphrase with problems')
  await page.getByLabel(tablet.badge.passphrase, { exact: true }).fill(passphrase)
  await page.getByLabel(tablet.badge.again).fill(passphrase)
  await press(page, tablet.badge.create)
  await expect(page.getByRole('heading', { name: tablet.home.title })).toBeVisible()
  await expectNoViolations(page, 'home, empty')
}

async function fillsAndLooks(page: Page): Promise<void> {
  await press(page, tablet.home.start)
  await expect(page.getByRole('link', { name: /khai sinh/i }).first()).toBeVisible()
  await expectNoViolations(page, 'procedures')
  await page.getByLabel(tablet.procedures.search, { exact: true }).fill('xyzxyz')
  await expectNoViolations(page, 'procedures, nothing found')
  await page.getByLabel(tablet.procedures.search, { exact: true }).fill('')
  await page.getByRole('link', { name: /khai sinh/i }).first().click()
  await expect(page.getByRole('button', { name: tablet.procedure.start })).toBeVisible()
  await expectNoViolations(page, 'procedure')
  await follow(page, tablet.home.name)
  await startsBirthRegistration(page)
  await passesEmptySections(page)
  await expectNoViolations(page, 'review')
  await press(page, tablet.review.finish)
  await expectNoViolations(page, 'review with problems')
  await follow(page, common.back)
  await expect(page.getByRole('button', { name: tablet.form.review })).toBeVisible()
  await expectNoViolations(page, 'task list, begun')
  await press(page, tablet.form.discard)
  await expectNoViolations(page, 'asking before a draft is discarded')
  await press(page, tablet.form.keep)
  await page.locator('main ol button').first().click()
  await page.waitForURL('**/sections/*')
  await fillsEverything(page, familyAnswers(), (section) => expectNoViolations(page, `section ${section}, filled`))
  await expectNoViolations(page, 'review, complete')
}

/** Goes through every section with nothing answered; what must be answered is said and put off. */
async function passesEmptySections(page: Page): Promise<void> {
  const later = page.getByRole('button', { name: tablet.form.later, exact: true })
  for (let section = 0; section < 12 && !page.url().endsWith('/review'); section += 1) {
    const url = page.url()
    const name = url.split('/').at(-1) ?? ''
    await expectNoViolations(page, `section ${name}, empty`)
    await press(page, common.next)
    await expect(async () => { expect(page.url() !== url || (await later.isVisible())).toBe(true) }).toPass()
    if (page.url() !== url) continue
    await expectNoViolations(page, `section ${name} with problems`)
    await later.click()
    await page.waitForURL((now) => now.href !== url)
  }
  await page.waitForURL('**/review')
}

async function readsTheAnswer(page: Page, browser: Browser): Promise<void> {
  await office.kill()
  const localCode = await finalises(page)
  await expectNoViolations(page, 'done')
  await follow(page, tablet.outbox.short)
  await expect(page.getByText(localCode)).toBeVisible()
  await expectNoViolations(page, 'outbox, only on this tablet')
  await office.start()
  await press(page, common.sendNow)
  await expect(page.locator('[data-state=complete]').first()).toBeVisible({ timeout: 60_000 })
  await expectNoViolations(page, 'outbox, safe at the office')
  await follow(page, tablet.home.name)
  await startsBirthRegistration(page)
  await follow(page, tablet.home.name)
  await expect(page.locator('main a[href^="/drafts/"]').first()).toBeVisible()
  await expectNoViolations(page, 'home with a draft')
  const at = await signsInFirst(browser, office.links().officer)
  await findsInInbox(at, office.origin, localCode)
  await opens(at, localCode)
  await press(at, desk.act.supplement)
  await at.locator('#supplement-message').fill('Xin bổ sung bản gốc giấy chứng sinh.')
  await press(at, common.next)
  await press(at, desk.supplement.confirm)
  await expect(at.getByText(desk.supplement.done)).toBeVisible()
  await expectNoViolations(at, 'case, just answered')
  await expect(page.locator('#home-news')).toBeVisible({ timeout: 90_000 })
  await expectNoViolations(page, 'home with news')
  await follow(page, tablet.cases.short)
  await expectNoViolations(page, 'cases')
  await page.locator('main a[href^="/cases/"]').first().click()
  await expect(page.getByRole('button', { name: tablet.case.reply })).toBeVisible()
  await expectNoViolations(page, 'case with a message')
}

async function locksAndLooks(page: Page): Promise<void> {
  await follow(page, tablet.settings.short)
  await expectNoViolations(page, 'settings')
  await press(page, common.lock)
  await expect(page.getByRole('button', { name: common.lock })).toHaveCount(0)
  await page.goto(`${office.origin}/unlock`)
  await expect(page.getByLabel(tablet.unlock.passphrase, { exact: true })).toBeVisible()
  await expectNoViolations(page, 'unlock')
  await page.getByLabel(tablet.unlock.passphrase, { exact: true }).fill('không phải câu này đâu')
  await press(page, common.unlock)
  await expect(page.getByText(vi.failures.passphraseWrong.text)).toBeVisible()
  await expectNoViolations(page, 'unlock, wrong passphrase')
  for (const path of ['outbox', 'settings', 'styleguide', 'no-such-page']) {
    await page.goto(`${office.origin}/${path}`)
    await expectNoViolations(page, `${path}, locked`)
  }
  await page.goto(`${office.origin}/unlock`)
  await unlocks(page)
  await speaksEnglish(page)
  await expectNoViolations(page, 'home, English')
}

async function speaksEnglish(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'English' }).first().click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
}
