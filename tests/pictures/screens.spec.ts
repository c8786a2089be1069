/** Every screen of tablet and desk into docs/pictures. Invented people only. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@playwright/test'
import { closeQuietly, launchProfile } from '../support/chromium.ts'
import { anOfficeRun } from '../support/officeRun.ts'
import { appPage } from '../e2e/people/volunteer.ts'
import { folder } from './camera.ts'
import { looksAtCase, looksAtLists, looksAtPeople, signsIn } from './deskScreens.ts'
import { composesReadme } from './readmePicture.ts'
import { enrols, fills, finalisesOffline, isAnswered } from './tabletScreens.ts'

test.beforeAll(() => {
  // A screen that is gone must not live on as a picture.
  for (const part of ['tablet', 'desk']) rmSync(join(folder, part), { recursive: true, force: true })
})

test('the tablet', async ({ browser }) => {
  const office = await anOfficeRun()
  const profile = mkdtempSync(join(tmpdir(), 'tiepsuc-pictures-'))
  const context = await launchProfile(profile)
  // Six pictures a screen take longer than the tablet's idle lock waits.
  await context.addInitScript(() => { localStorage.setItem('tiepsuc.lockAfterMs', '600000') })
  try {
    const page = await appPage(context)
    page.setDefaultTimeout(20_000)
    await enrols(page, office)
    await fills(page)
    await finalisesOffline(page, office)
    await isAnswered(page, context, browser, office)
  } finally {
    await closeQuietly(context)
    await office.remove()
    rmSync(profile, { recursive: true, force: true })
  }
})

test('the desk', async ({ browser }) => {
  const office = await anOfficeRun(['--demo'])
  const page = await (await browser.newContext({ locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', serviceWorkers: 'block' })).newPage()
  page.setDefaultTimeout(20_000)
  try {
    await signsIn(page, office)
    await looksAtLists(page, office)
    await looksAtPeople(page, browser, office)
    await looksAtCase(page, office)
  } finally {
    await page.context().close()
    await office.remove()
  }
})

test('the picture of the README', async ({ page }) => {
  await composesReadme(page)
})
