/**
 * The road without a road: on a tablet that is locked and has no network the sealed applications and their photos are
 * written to a file, the desk takes it in, and the outcomes file brought back settles them on the tablet, still offline.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { vi } from '../../src/i18n/vi.ts'
import { closeQuietly, launchProfile } from '../support/chromium.ts'
import { count } from '../support/officeDatabase.ts'
import { anOfficeRun, type OfficeRun } from '../support/officeRun.ts'
import { findsInInbox, opens, signsInFirst } from './people/officer.ts'
import { aFile, aPicture } from './people/photographs.ts'
import { opensWholeDraft } from './people/vaultOutside.ts'
import { appPage, finalises, isReadyForOffline, joins, unlocks } from './people/volunteer.ts'
import { rowsOf } from './tabletDatabase.ts'

const words = vi.tablet.carrier
let office: OfficeRun
let profile: string
let context: BrowserContext
let page: Page

test.beforeEach(async () => {
  office = await anOfficeRun()
  profile = mkdtempSync(join(tmpdir(), 'tiepsuc-carrier-'))
  context = await launchProfile(profile)
  page = await appPage(context)
  await joins(page, office.links())
})
test.afterEach(async () => {
  await closeQuietly(context)
  await office.remove()
  rmSync(profile, { recursive: true, force: true })
})

const stateOf = async (localCode: string): Promise<unknown> => (await rowsOf(page, 'items')).find((item) => item['localCode'] === localCode)?.['state']

test('a locked tablet without a network hands over its applications and photos as a file, and learns from another that they arrived', async ({ browser }) => {
  test.setTimeout(180_000)
  await isReadyForOffline(page)
  await unlocks(page)
  await opensWholeDraft(page)
  await context.setOffline(true)
  await photographs(2)
  const localCode = await finalises(page)
  await page.getByRole('button', { name: vi.common.lock }).click()
  await page.getByRole('link', { name: vi.tablet.outbox.title }).click()

  await expect(page.getByText(words.withPhotos)).toBeVisible()
  const file = await saves(page, page.getByRole('button', { name: words.save }))
  await expect(page.getByText(words.writtenAt.split('{at}')[1] ?? '')).toBeVisible()
  expect(readFileSync(file, 'utf8').split('\n')[0]).toMatch(/^\{"envelope":/)
  expect(await stateOf(localCode)).toBe('queued')
  expect(await count(office, 'envelopes')).toBe(0)

  const desk = await signsInFirst(browser, office.links().officer)
  await desk.goto(`${office.origin}/desk/carrier`)
  await desk.locator('#carrier-file').setInputFiles(file)
  await desk.getByRole('button', { name: vi.desk.carrier.send }).click()
  const outcomes = await saves(desk, desk.getByRole('button', { name: vi.desk.carrier.download }))
  await findsInInbox(desk, office.origin, localCode)
  await opens(desk, localCode)
  await expect(desk.locator('section[aria-labelledby=photos-title] img')).toHaveCount(2)

  await page.locator('#outcomes-file').setInputFiles([file, outcomes])
  await expect(page.getByText(words.brought.complete.plural.other.replace('{n}', '1'))).toBeVisible()
  expect(await stateOf(localCode)).toBe('complete')
  await page.reload()
  await expect(page.locator('[data-state=complete]')).toHaveCount(1)
  expect(await count(office, 'envelopes')).toBe(1)
})

/** Presses a button that hands over a file; where it lies. */
async function saves(on: Page, button: ReturnType<Page['getByRole']>): Promise<string> {
  const saving = on.waitForEvent('download')
  await button.click()
  const download = await saving
  const path = join(profile, download.suggestedFilename())
  await download.saveAs(path)
  return path
}

/** Photographs a paper so many times, from the review of a draft. */
async function photographs(times: number): Promise<void> {
  for (let taken = 0; taken < times; taken += 1) {
    await page.locator('#paper-giayChungSinh-camera').setInputFiles(aFile(await aPicture(page, 1200, 900 - taken)))
    await expect(page.getByRole('dialog').getByRole('img')).toBeVisible()
    await page.keyboard.press('Escape')
  }
}
