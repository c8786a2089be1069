/**
 * A tablet that is allowed less and less room, from 60 MB down to 1 MB: a photo, a new draft, and the finalising of a draft
 * that was there. What is refused is refused in that order and in words; what is shown as kept is there. Chromium enforces
 * an overridden quota but does not tell it, so the page is told the same figure. `QUOTAS_MB=60,59,…` walks a longer list.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type BrowserContext, type CDPSession, type Page } from '@playwright/test'
import { vi } from '../../src/i18n/vi.ts'
import { closeQuietly, launchProfile } from '../support/chromium.ts'
import { anOfficeRun, type OfficeRun } from '../support/officeRun.ts'
import { aFile, aPicture } from './people/photographs.ts'
import { opensWholeDraft } from './people/vaultOutside.ts'
import { appPage, finalises, isReadyForOffline, joins, unlocks } from './people/volunteer.ts'
import { rowsOf } from './tabletDatabase.ts'

const words = vi.tablet
const megabyte = 1024 * 1024
const quotasMb = (process.env['QUOTAS_MB'] ?? '60,50,40,32,24,20,16,12,8,5,3,1').split(',').map(Number)

let office: OfficeRun
let profile: string
let context: BrowserContext
let page: Page
let browser: CDPSession

test.beforeEach(async () => {
  office = await anOfficeRun()
  profile = mkdtempSync(join(tmpdir(), 'tiepsuc-quota-'))
  context = await launchProfile(profile)
  await context.addInitScript(() => {
    localStorage.setItem('tiepsuc.lockAfterMs', '600000')
    const real = navigator.storage.estimate.bind(navigator.storage)
    navigator.storage.estimate = async () => {
      const quota = Number(localStorage.getItem('quotaTold') ?? 0)
      return quota === 0 ? real() : { ...(await real()), quota }
    }
  })
  page = await appPage(context)
  await joins(page, office.links())
  await isReadyForOffline(page)
  await unlocks(page)
  browser = await context.newCDPSession(page)
})
test.afterEach(async () => {
  await closeQuietly(context)
  await office.remove()
  rmSync(profile, { recursive: true, force: true })
})

async function allows(quotaMb: number | null): Promise<void> {
  const quotaSize = quotaMb === null ? null : quotaMb * megabyte
  await browser.send('Storage.overrideQuotaForOrigin', { origin: office.origin, ...(quotaSize === null ? {} : { quotaSize }) })
  await page.evaluate((told) => { localStorage.setItem('quotaTold', told) }, String(quotaSize ?? 0))
}

/** A photo goes along to the citizen's next draft, so two drafts may name the same part. */
const partsNamed = async (): Promise<Set<string>> =>
  new Set((await rowsOf(page, 'drafts')).flatMap((row) => (Array.isArray(row['parts']) ? row['parts'].map(String) : [])))
const partsOnTablet = (): Promise<number> =>
  page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('parts', { create: true })
    let count = 0
    for await (const _name of folder.keys()) count += 1
    return count
  })

/** Photographs a paper at the review; whether it was taken. */
async function photographs(): Promise<boolean> {
  const slot = page.locator('.slot').filter({ has: page.locator('#paper-giayChungSinh') })
  const before = await partsNamed()
  await page.locator('#paper-giayChungSinh-camera').setInputFiles(aFile(await aPicture(page, 1200, 900)))
  const shown = page.getByRole('dialog').getByRole('img')
  const refused = slot.getByRole('alert')
  await expect(shown.or(refused).first()).toBeVisible()
  if (await refused.isVisible()) {
    expect(await partsNamed()).toEqual(before)
    return false
  }
  await page.keyboard.press('Escape')
  await expect.poll(async () => [...(await partsNamed())].some((name) => !before.has(name))).toBe(true)
  expect(await partsOnTablet()).toBeGreaterThanOrEqual((await partsNamed()).size)
  return true
}

/** Begins another draft from the home page; whether it was begun. */
async function begins(): Promise<boolean> {
  const before = (await rowsOf(page, 'drafts')).length
  await page.getByRole('button', { name: words.home.start }).click()
  await page.getByRole('link', { name: /khai sinh/i }).first().click()
  await page.getByRole('button', { name: new RegExp(`^(${words.procedure.start}|${words.visit.startFor.replace('{name}', '.*')})$`) }).first().click()
  const refused = page.getByText(vi.failures.storageFull.text)
  await expect(refused.or(page.getByRole('button', { name: words.form.begin })).first()).toBeVisible()
  const isBegun = !(await refused.isVisible())
  expect((await rowsOf(page, 'drafts')).length).toBe(before + (isBegun ? 1 : 0))
  return isBegun
}

test('photos are refused first, then new drafts; what was begun is finalised, and nothing is shown that is not there', { tag: '@long' }, async () => {
  test.setTimeout(60_000 * quotasMb.length + 120_000)
  const walks: { quotaMb: number; photo: boolean; draft: boolean }[] = []
  for (const quotaMb of quotasMb) {
    await opensWholeDraft(page)
    const review = page.url()
    await allows(quotaMb)
    const photo = await photographs()
    await page.getByRole('link', { name: words.home.name }).click()
    const draft = await begins()
    walks.push({ quotaMb, photo, draft })
    await page.getByRole('link', { name: words.home.name }).click()
    await page.locator(`main a[href="${new URL(review).pathname.replace('/review', '')}"]`).click()
    await page.getByRole('button', { name: words.form.review }).click()
    await expect(page.getByRole('heading', { name: words.review.title })).toBeVisible()
    // Below what lies on the tablet already nothing at all can be written; it says so, and goes through when there is room.
    if (quotaMb < 8) {
      await page.getByRole('button', { name: words.review.finish }).click()
      await expect(page.getByText(vi.failures.storageFull.text).or(page.getByRole('heading', { name: words.done.title })).first()).toBeVisible()
      await allows(null)
    }
    const isDone = await page.getByRole('heading', { name: words.done.title }).isVisible()
    const localCode = isDone ? (/TN-[0-9A-Z]+-\d{6}-[0-9A-Z]+/.exec(await page.locator('main').innerText())?.[0] ?? '') : await finalises(page)
    await allows(null)
    await expect.poll(async () => (await rowsOf(page, 'items')).find((item) => item['localCode'] === localCode)?.['state']).toBe('complete')
    await page.getByRole('link', { name: words.home.name }).click()
  }

  expect(walks.filter(({ photo, draft }) => photo && !draft)).toEqual([])
  const at = (quotaMb: number) => walks.find((walk) => walk.quotaMb === quotaMb)
  if (process.env['QUOTAS_MB'] === undefined) {
    expect(at(60)).toMatchObject({ photo: true, draft: true })
    expect(at(40)).toMatchObject({ photo: false, draft: true })
    expect(at(24)).toMatchObject({ photo: false, draft: false })
    expect(at(1)).toMatchObject({ photo: false, draft: false })
  }
})
