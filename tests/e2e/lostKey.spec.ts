// Two losses at once: a tablet's database and its key in it, and an office that was put back to before it knew that tablet.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { vi } from '../../src/i18n/vi.ts'
import { expectNoViolations } from '../support/axe.ts'
import { closeQuietly, launchProfile } from '../support/chromium.ts'
import { ask, count } from '../support/officeDatabase.ts'
import { anOfficeRun } from '../support/officeRun.ts'
import { databaseFiles } from '../support/profileFiles.ts'
import { signsInFirst } from './people/officer.ts'
import { laysSealed } from './people/sealedOutside.ts'
import { appPage, isReadyForOffline, joins } from './people/volunteer.ts'
import { rowsOf } from './tabletDatabase.ts'

const { found, enrol } = vi.tablet
const { devices } = vi.desk
const sealed = 5

/** What lies beside the database: how many keys this tablet has had. */
const keysKept = (page: Page): Promise<number> =>
  page.evaluate(async () => ((await (await (await caches.open('tiepsuc-ledger')).match('/.keys'))?.json()) as { own: unknown[] } | undefined)?.own.length ?? 0)

test('what a lost key sealed arrives at an office that forgot that key, once an officer has compared six words', async ({ browser }) => {
  test.setTimeout(120_000)
  const [office, profile] = [await anOfficeRun(), mkdtempSync(join(tmpdir(), 'tiepsuc-tablet-'))]
  try {
    const before = await launchProfile(profile)
    const first = await appPage(before)
    await joins(first, office.links())
    await isReadyForOffline(first)
    await expect.poll(() => keysKept(first)).toBe(1)
    const desk = await signsInFirst(browser, office.links().officer)
    await ask(office, 'delete from badges')
    await ask(office, 'delete from devices')
    await office.kill()
    await laysSealed(first, sealed)
    await closeQuietly(before)
    for (const path of databaseFiles(profile)) rmSync(path)
    await office.start()

    const context = await launchProfile(profile, { viewport: { width: 820, height: 1180 } })
    const page = await appPage(context)
    await page.goto(office.origin)
    await page.getByRole('button', { name: found.read }).click()
    expect(await rowsOf(page, 'items')).toHaveLength(sealed)
    await desk.goto(`${office.origin}/desk/devices`)
    await desk.getByRole('button', { name: devices.add }).click()
    const code = (await desk.locator('code').first().innerText()).trim()
    await page.locator('#enrol-code').fill(code)
    await page.getByRole('button', { name: enrol.act }).click()
    await expect(page.getByRole('heading', { name: enrol.waitingTitle })).toBeVisible()
    const whileWaiting = await count(office, 'envelopes')
    await desk.getByRole('button', { name: devices.confirm }).click({ timeout: 30_000 })

    await expect.poll(() => count(office, 'envelopes'), { timeout: 60_000 }).toBe(sealed)
    await expect.poll(async () => (await rowsOf(page, 'items')).map(({ state }) => state), { timeout: 30_000 }).toEqual(Array.from({ length: sealed }, () => 'complete'))
    expect(whileWaiting).toBe(0)
    expect(await keysKept(page)).toBe(2)
    await desk.reload()
    await expect(desk.getByText(devices.formerKey.replace('{of}', '02'))).toBeVisible()
    expect(await desk.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
    await expectNoViolations(desk, 'tablets, one with a lost key')
    await closeQuietly(context)
  } finally {
    await office.remove()
    rmSync(profile, { recursive: true, force: true })
  }
})
