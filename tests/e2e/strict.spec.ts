/**
 * "Saved" means on the disk: one flush for every save that was shown. Killing the browser proves nothing here, since the
 * kernel keeps what was written; so the flushes are counted from outside, and a relaxed transaction is counted beside them
 * to show that the count can tell the two apart.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { vi } from '../../src/i18n/vi.ts'
import { browserPid, closeQuietly, launchProfile } from '../support/chromium.ts'
import { anOfficeRun, type OfficeRun } from '../support/officeRun.ts'
import { countFlushes, isThere, type FlushCount } from '../support/strace.ts'
import { appPage, joins, startsBirthRegistration } from './people/volunteer.ts'
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
  const meter = await aMeter()
  await joins(page, office.links())
  await startsBirthRegistration(page)
  await page.getByRole('button', { name: vi.tablet.form.later }).or(page.getByRole('button', { name: vi.common.next, exact: true })).first().click()
  await office.kill() // nothing but the draft is written from here on
  const before = { saves: await savedVersion(), flushes: meter.soFar() }

  await savesOften()
  const saves = (await savedVersion()) - before.saves
  const strict = meter.soFar() - before.flushes

  const atRelaxed = meter.soFar()
  await relaxedWrites()
  const relaxed = meter.soFar() - atRelaxed
  await meter.stop()

  expect(saves).toBeGreaterThanOrEqual(rounds)
  expect(strict).toBeGreaterThanOrEqual(saves)
  expect(relaxed).toBeLessThan(rounds)
})

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

/** The same number of writes into a database of no importance, with the browser's default durability. */
async function relaxedWrites(): Promise<void> {
  await page.evaluate(async (times) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('of-no-importance', 1)
      opening.onupgradeneeded = () => opening.result.createObjectStore('rows')
      opening.onsuccess = () => { resolve(opening.result) }
      opening.onerror = () => { reject(new Error('cannot open')) }
    })
    for (let time = 0; time < times; time += 1) {
      await new Promise<void>((resolve) => {
        const transaction = db.transaction('rows', 'readwrite', { durability: 'relaxed' })
        transaction.objectStore('rows').put('x', time)
        transaction.oncomplete = () => { resolve() }
      })
    }
    db.close()
  }, rounds)
}
