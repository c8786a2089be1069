/**
 * A tablet over HTTPS whose office set it up more than two years ago: its badge and its key set have run out. That is said,
 * and marked for the officer; the work goes on.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { vi } from '../../src/i18n/vi.ts'
import { closeQuietly, launchProfile } from '../support/chromium.ts'
import { anOfficeRun, type OfficeRun } from '../support/officeRun.ts'
import { tlsSettings, trustsTestCertificate } from '../support/tls.ts'
import { findsInInbox, makesFirstAccount } from './people/officer.ts'
import { appPage, finalises, isReadyForOffline, joins, unlocks } from './people/volunteer.ts'
import { opensWholeDraft } from './people/vaultOutside.ts'

const words = vi.tablet
const moreThanTwoYearsMs = 740 * 86_400_000
const longAgo = {
  NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, '../support/pastClock.mjs')).href}`,
  CLOCK_BEHIND_MS: String(moreThanTwoYearsMs),
}

let profile: string
let office: OfficeRun
let context: BrowserContext
let page: Page

test.beforeAll(async () => {
  profile = mkdtempSync(join(tmpdir(), 'tiepsuc-tablet-'))
  office = await anOfficeRun([], { ...tlsSettings, ...longAgo })
  context = await launchProfile(profile, { args: [trustsTestCertificate()] })
  page = await appPage(context)
})
test.afterAll(async () => {
  await closeQuietly(context)
  await office.remove()
  rmSync(profile, { recursive: true, force: true })
})

test('over HTTPS the tablet enrols and works without a network; a badge and a key set that ran out are said, marked, and stop nothing', async ({ browser }) => {
  test.setTimeout(240_000)
  await joins(page, office.links())
  await isReadyForOffline(page)
  expect(new URL(page.url()).protocol).toBe('https:')
  await office.kill()

  await page.reload()
  await unlocks(page)
  await expect(page.getByText(words.warnings.badgeExpired)).toBeVisible()
  await expect(page.getByText(words.warnings.keysExpired)).toBeVisible()
  await opensWholeDraft(page)
  const localCode = await finalises(page)
  await page.getByRole('link', { name: words.outbox.short }).first().click()

  await office.start({ NODE_OPTIONS: '', CLOCK_BEHIND_MS: '0' })
  await page.getByRole('button', { name: vi.common.sendNow }).click()
  await expect(page.locator('[data-state=complete]').first()).toBeVisible({ timeout: 60_000 })

  const desk = await (await browser.newContext({ locale: 'vi-VN', ignoreHTTPSErrors: true, serviceWorkers: 'block' })).newPage()
  await makesFirstAccount(desk, office.links().officer)
  expect(await findsInInbox(desk, office.origin, localCode)).toBe(1)
  await expect(desk.getByRole('listitem').filter({ hasText: localCode }).first()).toContainText(vi.desk.mark.badgeDoubtful)
})
