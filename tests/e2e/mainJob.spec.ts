/**
 * The main job on real parts: a real Chromium with the built app, the real office process, a real PostgreSQL.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type BrowserContext } from '@playwright/test'
import { closeAppPages, closeQuietly, dispatchSync, killBrowser, launchProfile } from '../support/chromium.ts'
import { anOfficeRun, type OfficeRun } from '../support/officeRun.ts'
import { vi } from '../../src/i18n/vi.ts'
import { familyAnswers, today } from './people/answers.ts'
import { accepts, findsInInbox, opens, signsInFirst } from './people/officer.ts'
import { appPage, fillsEverything, finalises, isReadyForOffline, joins, startsBirthRegistration, unlocks } from './people/volunteer.ts'
import { opensWholeDraft } from './people/vaultOutside.ts'

let office: OfficeRun
let profile: string
let context: BrowserContext | undefined

test.beforeEach(async () => {
  office = await anOfficeRun()
  profile = mkdtempSync(join(tmpdir(), 'tiepsuc-tablet-'))
})
test.afterEach(async () => {
  await closeQuietly(context)
  await office.remove()
  rmSync(profile, { recursive: true, force: true })
})

const officialCode = `H57.99-${today().slice(2).replaceAll('-', '')}-0001`

test('an application filled without a network survives a killed browser, arrives once without a tap, and its answer comes back', async ({ browser }) => {
  test.setTimeout(180_000)
  context = await launchProfile(profile)
  let page = await appPage(context)
  await joins(page, office.links())
  await isReadyForOffline(page)

  await office.kill()
  await page.reload()
  await unlocks(page)
  await startsBirthRegistration(page)
  const answers = familyAnswers({ 'con.hoTen': 'Công Tằng Tôn Nữ Thử Nghiệm' })
  await fillsEverything(page, answers)
  const localCode = await finalises(page)
  await page.goto(`${office.origin}/outbox`)
  await expect(page.getByText(localCode)).toBeVisible()
  await expect(page.getByText('1 hồ sơ chỉ có trên máy này').first()).toBeVisible()

  await killBrowser(context)
  context = await launchProfile(profile)
  page = await appPage(context)
  await page.goto(office.origin)
  await office.start()

  const desk = await signsInFirst(browser, office.links().officer)
  expect(await findsInInbox(desk, office.origin, localCode)).toBe(1)
  await opens(desk, localCode)
  const form = desk.getByRole('article')
  await expect(form).toContainText('CÔNG TẰNG TÔN NỮ THỬ NGHIỆM')
  await expect(form).toContainText('TRẦN THỊ BÉ')
  await expect(form).toContainText('046190000001')
  await expect(form).toContainText('12 Kiệt 5 Đặng Thái Thân')
  const resultOn = await accepts(desk, officialCode)

  await unlocks(page)
  await page.getByRole('link', { name: vi.tablet.cases.short, exact: true }).click()
  await expect(page.getByText(officialCode).first()).toBeVisible({ timeout: 30_000 })
  await page.getByRole('link', { name: /THỬ NGHIỆM/i }).first().click()
  await expect(page.locator('main')).toContainText(officialCode)
  await expect(page.locator('main')).toContainText(resultOn)
})

test('an application is delivered with every page of the app closed', async ({ browser }) => {
  context = await launchProfile(profile)
  const page = await appPage(context)
  await joins(page, office.links())
  await isReadyForOffline(page)
  await unlocks(page)
  await office.kill()
  await opensWholeDraft(page)
  const localCode = await finalises(page)

  await closeAppPages(context)
  await office.start()
  const desk = await signsInFirst(browser, office.links().officer)
  await expect(desk.getByText(vi.desk.list.openEmpty)).toBeVisible()
  await dispatchSync(context, office.origin, 'outbox')

  expect(await findsInInbox(desk, office.origin, localCode)).toBe(1)
})
