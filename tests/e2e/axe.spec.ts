/** axe finds no violation on any page of tablet and desk, in the states a person meets. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { vi } from '../../src/i18n/vi.ts'
import { closeQuietly, launchProfile } from '../support/chromium.ts'
import { anOfficeRun, type OfficeRun } from '../support/officeRun.ts'
import { familyAnswers } from './people/answers.ts'
import { findsInInbox, opens, signsInFirst } from './people/officer.ts'
import { appPage, fillsEverything, finalises, joins, startsBirthRegistration, unlocks } from './people/volunteer.ts'

let office: OfficeRun
let found: string[]

test.beforeEach(async () => {
  office = await anOfficeRun(['--demo'])
  found = []
})
test.afterEach(async () => {
  await office.remove()
})

/** Notes every violation, so that one run tells all of them. */
async function looksAt(page: Page, name: string): Promise<void> {
  await expect(page.locator('main h1').first()).toBeVisible()
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish()
  })
  const { violations } = await new AxeBuilder({ page }).analyze()
  found.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${name}: ${id} at ${target.join(' ')}`)))
}

test('on the tablet', async () => {
  test.setTimeout(240_000)
  const profile = mkdtempSync(join(tmpdir(), 'tiepsuc-tablet-'))
  const context = await launchProfile(profile)
  const page = await appPage(context)
  const words = vi.tablet
  try {
    await page.goto(`${office.origin}/enrol`)
    await looksAt(page, 'enrol by code')
    await page.locator('#enrol-code').fill('7K2M-9QXT')
    await page.getByRole('button', { name: words.enrol.act }).click()
    await expect(page.getByText(vi.failures.ticketInvalid.text)).toBeVisible()
    await looksAt(page, 'enrol refused')
    await page.goto(office.links().tablet)
    await looksAt(page, 'enrol by link')
    await joins(page, office.links())
    await looksAt(page, 'home, empty')
    await startsBirthRegistration(page)
    await looksAt(page, 'first section')
    await page.getByRole('button', { name: vi.common.next, exact: true }).click()
    await expect(page.getByRole('alert').first()).toBeVisible()
    await looksAt(page, 'section with problems')
    await page.goto(page.url().replace(/sections.*/, ''))
    await unlocks(page, page.getByRole('button', { name: words.form.review }))
    await looksAt(page, 'task list')
    await page.getByRole('button', { name: words.form.review }).click()
    await page.getByRole('button', { name: words.review.finish }).click()
    await looksAt(page, 'review with problems')
    await page.goBack()
    await page.getByRole('button', { name: words.form.begin }).or(page.getByRole('button', { name: words.form.goOn })).click()
    await page.waitForURL('**/sections/*')
    await fillsEverything(page, familyAnswers())
    await looksAt(page, 'review')
    await finalises(page)
    await looksAt(page, 'done')
    for (const [link, name] of [[words.outbox.short, 'outbox'], [words.cases.short, 'cases'], [words.settings.short, 'settings'], [words.home.name, 'home']] as const) {
      await page.getByRole('link', { name: link, exact: true }).first().click()
      await looksAt(page, name)
    }
    await page.getByRole('button', { name: words.home.start }).click()
    await looksAt(page, 'procedures')
    await page.getByRole('link', { name: /khai sinh/i }).first().click()
    await expect(page.getByRole('button', { name: words.procedure.start })).toBeVisible()
    await looksAt(page, 'procedure')
    await page.getByRole('link', { name: words.cases.short, exact: true }).click()
    await page.locator('main a[href^="/cases/"]').first().click()
    await page.waitForURL('**/cases/*')
    await looksAt(page, 'case')
    await page.getByRole('button', { name: vi.common.lock }).click()
    await page.getByLabel(words.unlock.passphrase, { exact: true }).fill('không phải câu này đâu')
    await page.getByRole('button', { name: vi.common.unlock }).click()
    await expect(page.getByText(vi.failures.passphraseWrong.text)).toBeVisible()
    await looksAt(page, 'unlock, wrong passphrase')
    for (const path of ['badge', 'styleguide', 'no-such-page']) {
      await page.goto(`${office.origin}/${path}`)
      await looksAt(page, path)
    }
    await page.emulateMedia({ colorScheme: 'dark' })
    for (const path of ['unlock', 'outbox', 'settings', 'styleguide']) {
      await page.goto(`${office.origin}/${path}`)
      await looksAt(page, `${path}, dark`)
    }
    expect(found).toEqual([])
  } finally {
    await closeQuietly(context)
    rmSync(profile, { recursive: true, force: true })
  }
})

test('on the desk', async ({ browser }) => {
  test.setTimeout(180_000)
  const link = office.links().officer
  const stranger = await (await browser.newContext({ locale: 'vi-VN' })).newPage()
  await stranger.goto(link)
  await looksAt(stranger, 'first officer')
  await stranger.goto(`${office.origin}/desk/sign-in`)
  await looksAt(stranger, 'sign in')
  await stranger.context().close()
  const page = await signsInFirst(browser, link)
  for (const path of ['inbox', 'quarantine', 'decided', 'devices', 'volunteers', 'officers', 'carrier', 'office', 'no-such-page']) {
    await page.goto(`${office.origin}/desk/${path}`)
    await looksAt(page, path)
  }
  await page.goto(`${office.origin}/desk/devices`)
  await page.getByRole('button', { name: vi.desk.devices.add }).click()
  await expect(page.getByText(vi.desk.devices.ticketLine)).toBeVisible()
  await looksAt(page, 'a ticket')
  await findsInInbox(page, office.origin, 'TN-')
  await opens(page, 'TN-')
  await looksAt(page, 'case')
  const open = page.url()
  for (const act of ['accept', 'supplement', 'refuse']) {
    await page.goto(`${open}/${act}`)
    await looksAt(page, act)
    await page.getByRole('button', { name: vi.common.next, exact: true }).click()
    await looksAt(page, `${act}, with problems`)
  }
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto(open)
  await expect(page.getByRole('article')).toBeVisible()
  await looksAt(page, 'case, dark')
  expect(found).toEqual([])
})
