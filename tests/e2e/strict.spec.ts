/**
 * "Saved" means on the disk: one flush for every save that was shown. Killing the browser proves nothing here, since the
 * kernel keeps what was written; so the flushes are counted from outside, and once more with the flush left out, to show that
 * the count can tell the two apart.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { vi } from '../../src/i18n/vi.ts'
import { browserPid, closeQuietly, launchProfile } from '../support/chromium.ts'
import { anOfficeRun, type OfficeRun } from '../support/officeRun.ts'
import { countFlushes, isThere, type FlushCount } from '../support/strace.ts'
import { appPage, joins, startsBirthRegistration, unlocks } from './people/volunteer.ts'
import { rowsOf } from './tabletDatabase.ts'

let office: OfficeRun
let profile: string
let context: BrowserContext
let page: Page

test.beforeEach(async () => {
  office = await anOfficeRun()
  profile = mkdtempSync(join(tmpdir(), 'tiepsuc-tablet-'))
  context = await launchProfile(profile)
  page = await appPage(context)
})
test.afterEach(async () => {
  await closeQuietly(context)
  await office.remove()
  rmSync(profile, { recursive: true, force: true })
})

const rounds = 8

test('every save that is shown has been flushed to the disk', async () => {
  const { saves, flushes } = await countWhileSaving()

  expect(saves).toBeGreaterThanOrEqual(rounds)
  expect(flushes).toBeGreaterThanOrEqual(saves)
})

test('the count falls short when the same app writes with the default durability', { tag: '@long' }, async () => {
  await context.addInitScript(() => {
    const original = IDBDatabase.prototype.transaction
    IDBDatabase.prototype.transaction = function (this: IDBDatabase, names: string | Iterable<string>, mode?: IDBTransactionMode) {
      return original.call(this, names, mode, { durability: 'relaxed' })
    }
  })

  const { saves, flushes } = await countWhileSaving()

  expect(saves).toBeGreaterThanOrEqual(rounds)
  expect(flushes).toBeLessThan(saves)
})

/** Saves that the page showed, and flushes of its database meanwhile. */
async function countWhileSaving(): Promise<{ saves: number; flushes: number }> {
  await joins(page, office.links())
  await startsBirthRegistration(page)
  const meter = await aMeter() // only now: a browser under strace is slow
  await page.goto(page.url().replace(/sections\/.*/, 'sections/con'))
  await unlocks(page, page.getByRole('radio', { name: 'Nam' }))
  await office.kill() // nothing but the draft is written from here on
  const before = { saves: await savedVersion(), flushes: meter.soFar() }

  await savesOften()

  const counted = { saves: (await savedVersion()) - before.saves, flushes: meter.soFar() - before.flushes }
  await meter.stop()
  return counted
}

/** Flushes seen by strace; without strace, committed transactions that asked for one. */
async function aMeter(): Promise<FlushCount> {
  const pid = browserPid(profile)
  if (pid !== undefined && isThere()) return countFlushes(pid)
  let strict = 0
  await context.exposeBinding('countStrict', () => { strict += 1 })
  await context.addInitScript(() => {
    const original = IDBDatabase.prototype.transaction
    IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...args: Parameters<typeof original>) {
      const transaction = original.apply(this, args)
      transaction.addEventListener('complete', () => {
        if (transaction.mode === 'readwrite' && transaction.durability === 'strict') (window as unknown as { countStrict(): void }).countStrict()
      })
      return transaction
    }
  })
  return { soFar: () => strict, stop: () => Promise.resolve() }
}

async function savedVersion(): Promise<number> {
  return (await rowsOf(page, 'drafts')).reduce((sum, draft) => sum + Number(draft['version']), 0)
}

/** Answers change, each time until the page says that it is saved. */
async function savesOften(): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const before = await savedVersion()
    await page.locator(`label[for="field-con-gioiTinh-${round % 2}"]`).click()
    await expect.poll(savedVersion).toBeGreaterThan(before)
    await expect(page.getByText(vi.common.saved).first()).toBeVisible()
  }
}
