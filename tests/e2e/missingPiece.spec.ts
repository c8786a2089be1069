/**
 * A piece of an open page that is nowhere any more: the office has put out a new release, and nothing on this device kept the
 * old one (its worker is not there yet, or its cache was cleared). Said in plain words; nothing is loaded anew by itself.
 */
import { rmSync } from 'node:fs'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { vi } from '../../src/i18n/vi.ts'
import { anOfficeRun, type OfficeRun } from '../support/officeRun.ts'
import { aWebFolder, rebuilds } from '../support/release.ts'
import { makesFirstAccount } from './people/officer.ts'
import { joins, startsBirthRegistration, unlocks } from './people/volunteer.ts'
import { rowsOf } from './tabletDatabase.ts'

const words = vi.tablet
let web: string
let office: OfficeRun
let context: BrowserContext
let page: Page

test.beforeAll(async () => {
  web = aWebFolder()
  office = await anOfficeRun([], { WEB_DIR: web })
})
test.afterAll(async () => {
  await office.remove()
  rmSync(web, { recursive: true, force: true })
})
test.beforeEach(async ({ browser }) => {
  context = await browser.newContext({ serviceWorkers: 'block' })
  page = await context.newPage()
})
test.afterEach(async () => {
  await context.close()
})

const banner = (text: string) => page.getByRole('status').filter({ hasText: text })
const marks = (): Promise<void> => page.evaluate(() => { document.documentElement.dataset['stays'] = 'as it was' })
const isAsItWas = (): Promise<boolean> => page.evaluate(() => document.documentElement.dataset['stays'] === 'as it was')
const release = (): Promise<string | null> => page.evaluate(() => document.querySelector('meta[name=release]')?.getAttribute('content') ?? null)
const loadsAnew = (text: string) => banner(text).getByRole('button', { name: vi.components.bannerUpdateAct })

test('a page of the tablet that is gone is told of, what was typed is saved first, and the new release comes only with a press', async () => {
  await joins(page, office.links())
  await startsBirthRegistration(page)
  const field = page.locator('#field-con-hoTen')
  await page.goto(page.url().replace(/sections\/.*/, 'sections/con'))
  await unlocks(page, field)
  await marks()
  const old = await release()
  const before = Number((await rowsOf(page, 'drafts'))[0]?.['version'])
  rebuilds(web, 'second')

  await field.pressSequentially('Nguyễn Thị Đang Khai')
  await page.getByRole('link', { name: words.cases.short }).first().click()
  await expect(banner(words.pieceMissing)).toBeVisible()
  expect(Number((await rowsOf(page, 'drafts'))[0]?.['version'])).toBeGreaterThan(before)
  await expect(field).toHaveValue('Nguyễn Thị Đang Khai')

  await context.setOffline(true)
  await loadsAnew(words.pieceMissing).click()
  await expect(page.getByText(vi.failures.offline.text)).toBeVisible()
  expect([await isAsItWas(), await release()]).toEqual([true, old])

  await context.setOffline(false)
  await loadsAnew(words.pieceMissing).click()
  await unlocks(page, field)
  await expect(field).toHaveValue('Nguyễn Thị Đang Khai')
  expect([await isAsItWas(), await release()]).toEqual([false, 'second'])
  await expect(banner(words.pieceMissing)).toHaveCount(0)
})

test('the desk goes on with every page when its release is gone, and says so if a piece is missed all the same', async () => {
  const failed: string[] = []
  page.on('response', (answer) => answer.status() === 404 && failed.push(answer.url()))
  await makesFirstAccount(page, office.links().officer)
  await marks()
  rebuilds(web, 'third')
  for (const name of ['devices', 'volunteers', 'officers', 'carrier', 'office'] as const) {
    await page.getByRole('navigation').getByRole('link', { name: vi.desk.nav[name] }).click()
    await expect(page.getByRole('heading', { level: 1, name: vi.desk[name].title })).toBeVisible()
  }
  expect(failed).toEqual([])

  // No page of the desk is fetched later, so only the loader's own word can tell of one.
  await page.evaluate(() => window.dispatchEvent(new Event('vite:preloadError')))
  await expect(banner(vi.desk.trouble.pieceMissing)).toBeVisible()
  expect(await isAsItWas()).toBe(true)
  await loadsAnew(vi.desk.trouble.pieceMissing).click()
  await expect(page.getByRole('heading', { level: 1, name: vi.desk.office.title })).toBeVisible()
  await expect.poll(isAsItWas).toBe(false)
})
