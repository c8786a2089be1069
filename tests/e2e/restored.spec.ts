/**
 * The worst day of an office: its machine is lost after a tablet has delivered 500 more applications than the newest backup
 * holds. Put back from that backup, it gets all 500 again and none twice, though nobody does anything at the tablet: the open
 * page notices and begins, and when it is closed in the middle, the worker goes on.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { vi } from '../../src/i18n/vi.ts'
import { closeAppPages, closeQuietly, dispatchSync, launchProfile } from '../support/chromium.ts'
import { backsUp, isPutBack } from '../support/officeBackups.ts'
import { ask, count } from '../support/officeDatabase.ts'
import { anOfficeRun, type OfficeRun } from '../support/officeRun.ts'
import { laysSealed } from './people/sealedOutside.ts'
import { appPage, isReadyForOffline, joins } from './people/volunteer.ts'
import { rowsOf } from './tabletDatabase.ts'

const { state } = vi.tablet
const [covered, more] = [4, 500]
const all = covered + more
const withNumber = (text: { plural: { other: string } }, n: number): string => text.plural.other.replace('{n}', String(n))

let office: OfficeRun
let folder: string
let context: BrowserContext

test.beforeAll(async () => {
  office = await anOfficeRun()
  folder = mkdtempSync(join(tmpdir(), 'tiepsuc-tablet-'))
  context = await launchProfile(join(folder, 'profile'))
})
test.afterAll(async () => {
  await closeQuietly(context)
  await office.remove()
  rmSync(folder, { recursive: true, force: true })
})

const waiting = async (page: Page): Promise<number> => (await rowsOf(page, 'items')).filter((item) => item['state'] !== 'complete').length

/** Finalises as many as if by hand, and sees them all delivered. */
async function delivers(page: Page, howMany: number, after: number): Promise<void> {
  // A start that is still looking at the second copies would take those that are being laid for lost ones.
  await expect(page.getByText(state.nothingHere)).toBeVisible()
  await laysSealed(page, howMany, after)
  await page.reload()
  await expect.poll(() => waiting(page), { timeout: 90_000 }).toBe(0)
  await expect(page.getByText(state.nothingHere)).toBeVisible()
  expect(await count(office, 'envelopes')).toBe(after + howMany)
}

/** Lets one batch through to the office; the line breaks for those that follow. */
async function letsOneBatchThrough(): Promise<() => Promise<void>> {
  let batches = 0
  await context.route(/\/api\/v1\/(?:carriers|envelopes\/)/, (route) => ((batches += 1) === 1 ? route.continue() : route.abort()))
  return () => context.unrouteAll({ behavior: 'wait' })
}

/** What both say of every application: its id and the digest of its bytes. */
async function holdsTheSame(page: Page): Promise<void> {
  const held = await ask(office, 'select id, digest from envelopes order by id')
  const items = (await rowsOf(page, 'items')).map(({ id, digest }) => ({ id, digest }))
  expect(held).toEqual(items.sort((one, other) => (String(one.id) < String(other.id) ? -1 : 1)))
}

test('an office put back from a backup gets all that was delivered since once more, and none of it twice', { tag: '@long' }, async () => {
  let page = await appPage(context)
  await joins(page, office.links())
  await isReadyForOffline(page)
  await page.goto(`${office.origin}/outbox`)
  await delivers(page, covered, 0)
  await backsUp(office, join(folder, 'backup'))
  await delivers(page, more, covered)

  await context.setOffline(true)
  await isPutBack(office, join(folder, 'backup'))
  expect(await count(office, 'envelopes')).toBe(covered)
  expect(await ask(office, 'select count(*)::int as epochs from epoch')).toEqual([{ epochs: 2 }])
  const mendsLine = await letsOneBatchThrough()
  await context.setOffline(false)

  await expect(page.getByText(state.restoredLine)).toBeVisible({ timeout: 30_000 })
  await expect.poll(() => count(office, 'envelopes')).toBeGreaterThan(covered)
  await expect.poll(async () => (await waiting(page)) + (await count(office, 'envelopes'))).toBe(all)
  const left = await waiting(page)
  expect(left).toBeGreaterThan(0)
  expect(left).toBeLessThan(more)
  await expect(page.getByText(withNumber(state.restored, left))).toBeVisible()

  await closeAppPages(context)
  await mendsLine()
  // The browser asks again as long as something waits; a request that failed ends only that try.
  await expect(async () => {
    await dispatchSync(context, office.origin, 'outbox')
    await expect.poll(() => count(office, 'envelopes'), { timeout: 20_000 }).toBe(all)
  }).toPass({ timeout: 120_000 })

  page = await appPage(context)
  await page.goto(`${office.origin}/outbox`)
  await expect(page.getByText(withNumber(state.restoredDone, more))).toBeVisible()
  await expect(page.getByText(state.nothingHere)).toBeVisible()
  expect(await waiting(page)).toBe(0)
  await holdsTheSame(page)
  expect(await ask(office, `select count(*)::int as n, count(distinct id)::int as ids from events where kind = 'received'`)).toEqual([{ n: all, ids: all }])
  expect(await count(office, 'disputes')).toBe(0)
})
