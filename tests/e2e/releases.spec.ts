/**
 * Releases put out while people work: an open page keeps every piece of its own release, however many came since and
 * whoever took them; and a release whose files arrive broken is no release.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { vi } from '../../src/i18n/vi.ts'
import { closeQuietly, launchProfile } from '../support/chromium.ts'
import { anOfficeRun, type OfficeRun } from '../support/officeRun.ts'
import { aWebFolder, filesListed, putsOut, rebuilds } from '../support/release.ts'
import { appPage, isReadyForOffline, joins, startsBirthRegistration, unlocks } from './people/volunteer.ts'

const words = vi.tablet
let web: string
let profile: string
let office: OfficeRun
let context: BrowserContext
let page: Page

test.beforeEach(async () => {
  web = aWebFolder()
  profile = mkdtempSync(join(tmpdir(), 'tiepsuc-releases-'))
  office = await anOfficeRun([], { WEB_DIR: web })
  context = await launchProfile(profile)
  await context.addInitScript(() => {
    localStorage.setItem('tiepsuc.lockAfterMs', '600000')
  })
  page = await appPage(context)
  await joins(page, office.links())
  await isReadyForOffline(page)
  await unlocks(page)
})
test.afterEach(async () => {
  await closeQuietly(context)
  await office.remove()
  for (const folder of [web, profile]) rmSync(folder, { recursive: true, force: true })
})

const release = (on: Page): Promise<string | null> => on.evaluate(() => document.querySelector('meta[name=release]')?.getAttribute('content') ?? null)
const banner = (on: Page) => on.getByRole('status').filter({ hasText: vi.components.bannerUpdate })
const releasesKept = (on: Page): Promise<number> => on.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('tiepsuc-release-')).length)
const looksForUpdate = (on: Page): Promise<void> =>
  on.evaluate(async () => {
    await (await navigator.serviceWorker.getRegistration())?.update()
  })

/** What the browser happens to keep besides, and may let go at any time, must not stand in for a release that was not kept. */
async function forgetsOwnCache(on: Page): Promise<void> {
  const session = await context.newCDPSession(on)
  await session.send('Network.clearBrowserCache')
  await session.detach()
}

/** Takes the waiting release as the volunteer does. */
async function takes(on: Page, name: string): Promise<void> {
  await banner(on).getByRole('button', { name: vi.components.bannerUpdateAct }).click()
  await unlocks(on)
  expect(await release(on)).toBe(name)
}

test('two releases put out and taken in another window leave the open form every piece of its own', { tag: '@long' }, async () => {
  const pieces = filesListed(web)
  const failed: string[] = []
  page.on('pageerror', ({ message }) => failed.push(message))
  page.on('response', (answer) => answer.status() >= 400 && failed.push(`${String(answer.status())} ${answer.url()}`))
  await startsBirthRegistration(page)
  const form = page.url().replace(/sections\/.*/, 'sections/con')
  const field = page.locator('#field-con-hoTen')
  await page.goto(form)
  await unlocks(page, field)
  await field.fill('Nguyễn Thị Đang Khai')

  const other = await context.newPage()
  await other.goto(office.origin)
  await unlocks(other)
  for (const name of ['second', 'third']) {
    rebuilds(web, name)
    await looksForUpdate(other)
    await takes(other, name)
  }

  await forgetsOwnCache(page)
  await context.setOffline(true)
  expect(await page.evaluate(async (files) => {
    const answers = await Promise.all(files.map(({ url, integrity }) => fetch(`/${url}`, { integrity }).then(({ status }) => status, () => 0)))
    return files.flatMap(({ url }, at) => (answers[at] === 200 ? [] : [url]))
  }, pieces.filter(({ url }) => url.startsWith('assets/')))).toEqual([])
  await expect(field).toHaveValue('Nguyễn Thị Đang Khai')
  await page.getByRole('link', { name: words.home.name }).click()
  for (const name of [words.outbox, words.cases, words.settings]) {
    await page.getByRole('link', { name: name.short }).first().click()
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  }
  await page.getByRole('link', { name: words.home.name }).click()
  await page.locator(`main a[href="${new URL(form).pathname.split('/sections/')[0] ?? ''}"]`).click()
  await page.getByRole('button', { name: words.form.review }).click()
  await expect(page.getByRole('heading', { name: words.review.title })).toBeVisible()
  expect(await release(page)).toBeNull()
  expect(failed).toEqual([])
  expect(await releasesKept(page)).toBeLessThan(4)

  // The old page takes the new version by its own press, and what was typed is there.
  await context.setOffline(false)
  await banner(page).getByRole('button', { name: vi.components.bannerUpdateAct }).click()
  await unlocks(page, page.getByRole('heading', { name: words.review.title }))
  expect(await release(page)).toBe('third')
  await page.goto(form)
  await unlocks(page, field)
  await expect(field).toHaveValue('Nguyễn Thị Đang Khai')
  await expect.poll(() => releasesKept(page)).toBe(1)
})

const portal = Buffer.from('<!doctype html><title>Wi-Fi</title><a href="/login">Đăng nhập</a>')

test('a release whose file arrives as a login page, short, changed or not at all is not taken; the next whole try is', { tag: '@long' }, async () => {
  rebuilds(web, 'second')
  const piece = join(web, filesListed(web).findLast(({ url }) => url.endsWith('.js'))?.url ?? '')
  const right = readFileSync(piece)
  const changed = Buffer.from(right)
  changed[changed.length - 2] = (changed[changed.length - 2] ?? 0) ^ 1
  for (const bytes of [portal, right.subarray(0, -1), changed, null]) {
    if (bytes === null) rmSync(piece)
    else writeFileSync(piece, bytes)
    expect(await ofNextInstall(page)).toBe('is gone')
  }
  await page.reload()
  await unlocks(page)
  await expect(banner(page)).toHaveCount(0)
  expect(await release(page)).toBeNull()

  writeFileSync(piece, right)
  expect(await ofNextInstall(page)).toBe('waits')
  await takes(page, 'second')
  putsOut(web, 'third')
  expect(await ofNextInstall(page)).toBe('waits')
  await takes(page, 'third')
  await page.reload()
  await expect.poll(() => releasesKept(page)).toBe(1)
})

/** Looks for an update and waits for what becomes of it. */
async function ofNextInstall(on: Page): Promise<'waits' | 'is gone'> {
  return on.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    const found = await registration?.update()
    const installing = found?.installing ?? null
    if (installing !== null) await new Promise((resolve) => { installing.addEventListener('statechange', resolve, { once: true }) })
    return found?.waiting ? 'waits' : 'is gone'
  })
}
