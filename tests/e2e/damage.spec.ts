/**
 * The files of the tablet's database damaged while fifty sealed applications and three drafts wait: nothing sealed is lost, the
 * screen says what happened, and all fifty are at the office once. And a database that never opens, and an app that does not
 * start: sending and export go on.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { vi } from '../../src/i18n/vi.ts'
import { say } from '../../src/recover/words.ts'
import { expectNoViolations } from '../support/axe.ts'
import { closeQuietly, launchProfile } from '../support/chromium.ts'
import { count } from '../support/officeDatabase.ts'
import { anOfficeRun, type OfficeRun } from '../support/officeRun.ts'
import { databaseFiles } from '../support/profileFiles.ts'
import { laysDrafts, laysSealed } from './people/sealedOutside.ts'
import { appPage, isReadyForOffline, joins } from './people/volunteer.ts'
import { rowsOf } from './tabletDatabase.ts'

const { found, emergency, storage } = vi.tablet
const [sealed, drafts] = [50, 3]
const withNumber = (text: { plural: { other: string } }, n: number): string => text.plural.other.replace('{n}', String(n))

let office: OfficeRun
let profile: string
const copies: string[] = []

test.beforeAll(async () => {
  office = await anOfficeRun()
  profile = mkdtempSync(join(tmpdir(), 'tiepsuc-tablet-'))
  const context = await launchProfile(profile)
  const page = await appPage(context)
  await joins(page, office.links())
  await isReadyForOffline(page)
  await office.kill()
  await laysSealed(page, sealed)
  await laysDrafts(page, drafts)
  await page.reload()
  await expect.poll(() => ledgerOf(page)).toMatchObject({ count: sealed, lastSequence: sealed, drafts, held: sealed })
  await context.close()
})
test.afterAll(async () => {
  await office.remove()
  for (const folder of [profile, ...copies]) rmSync(folder, { recursive: true, force: true })
})

let isUp = false
async function startsOffice(): Promise<void> {
  if (!isUp) await office.start()
  isUp = true
}

async function ledgerOf(page: Page): Promise<unknown> {
  return page.evaluate(async () => (await (await caches.open('tiepsuc-ledger')).match('/.ledger'))?.json() as Promise<unknown>)
}

/** The tablet as it was left, in a profile of its own. */
function aCopy(): string {
  const copy = mkdtempSync(join(tmpdir(), 'tiepsuc-tablet-'))
  copies.push(copy)
  cpSync(profile, copy, { recursive: true, filter: (path) => !/(?:SingletonLock|SingletonCookie|SingletonSocket)$/.test(path) })
  return copy
}

const logsIn = (folder: string): readonly string[] => databaseFiles(folder).filter((path) => path.endsWith('.log'))

/** What was measured of Chromium's own files (reference, M4). */
const damages: readonly (readonly [string, (folder: string) => void])[] = [
  ['a flipped block', (folder) => {
    for (const path of logsIn(folder)) {
      const bytes = readFileSync(path)
      for (let at = Math.floor(bytes.length / 2); at < Math.floor(bytes.length / 2) + 64; at += 1) bytes[at] = (bytes[at] ?? 0) ^ 0xff
      writeFileSync(path, bytes)
    }
  }],
  ['a log cut in half', (folder) => {
    for (const path of logsIn(folder)) truncateSync(path, Math.floor(statSync(path).size / 2))
  }],
  ['a missing CURRENT', (folder) => {
    for (const path of databaseFiles(folder)) if (path.endsWith('CURRENT')) rmSync(path)
  }],
  ['a missing folder, the key of the tablet in it', (folder) => {
    for (const path of databaseFiles(folder)) rmSync(path)
  }],
]

async function opened(folder: string, script?: () => void): Promise<{ context: BrowserContext; page: Page }> {
  const context = await launchProfile(folder, { viewport: { width: 820, height: 1180 } })
  if (script !== undefined) await context.addInitScript(script)
  return { context, page: await appPage(context) }
}

test('whatever is damaged, every sealed application is there after the next start, and the screen says what happened', async () => {
  for (const [name, damage] of damages) {
    const copy = aCopy()
    expect(databaseFiles(copy).length, name).toBeGreaterThan(0)
    damage(copy)
    const { context, page } = await opened(copy)
    try {
      await page.goto(office.origin)
      // Where the browser could mend it all itself, nothing is missing and nothing is said.
      const says = page.getByRole('heading', { name: found.title })
      await expect.poll(async () => (await says.isVisible()) || (await rowsOf(page, 'drafts')).length === drafts, { message: name }).toBe(true)
      expect(await rowsOf(page, 'items'), name).toHaveLength(sealed)
      if (name !== damages.at(-1)?.[0]) continue
      await expect(says).toBeVisible()
      await expect(page.getByText(withNumber(found.restored, sealed))).toBeVisible()
      await expect(page.getByText(withNumber(found.drafts, drafts))).toBeVisible()
      await expect(page.getByText(found.actEnrol)).toBeVisible()
      await expectNoViolations(page, 'what was found')
      await startsOffice()
      await page.reload()
      await expect.poll(() => count(office, 'envelopes'), { timeout: 30_000 }).toBe(sealed)
      await page.getByRole('button', { name: found.read }).click()
      await expect(page.getByRole('heading', { name: vi.tablet.enrol.title })).toBeVisible()
      await expect.poll(async () => (await rowsOf(page, 'items')).filter(({ state }) => state === 'complete').length).toBe(sealed)
      await page.goto(`${office.origin}/settings`)
      await expect(page.getByText(withNumber(found.restored, sealed))).toBeVisible()
    } finally {
      await closeQuietly(context)
    }
  }
})

/** Chromium opens nothing any more in a folder whose MANIFEST is gone, however often it is started, and deletes nothing either. */
function withoutManifest(): string {
  const copy = aCopy()
  for (const path of databaseFiles(copy)) if (path.includes('MANIFEST')) rmSync(path)
  return copy
}

const silences = {
  'that never answers': () => opened(aCopy(), () => {
    IDBFactory.prototype.open = () => ({ addEventListener: () => undefined }) as never
  }),
  'whose MANIFEST is gone': () => opened(withoutManifest()),
}

for (const [name, opensWith] of Object.entries(silences)) {
  test(`a database ${name}: what is sealed is counted, sent and exported all the same, and then it may be cleared`, async () => {
    const { context, page } = await opensWith()
    try {
      await startsOffice()
      await page.goto(office.origin)
      await expect(page.getByText(withNumber(emergency.waiting, sealed))).toBeVisible({ timeout: 30_000 })
      await expect(page.getByText(emergency.allThere)).toBeHidden()
      await expect(page.getByText(storage.keep)).toBeVisible()
      await page.getByRole('button', { name: emergency.send }).click()
      await expect(page.getByText(withNumber(emergency.sent, sealed))).toBeVisible({ timeout: 30_000 })
      await expect(page.getByText(emergency.allThere)).toBeVisible()
      await expect(page.getByText(storage.keep)).toBeHidden()
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: emergency.export }).click()
      const lines = readFileSync(await (await download).path(), 'utf8').trim().split('\n')

      expect(lines).toHaveLength(sealed)
      expect(await count(office, 'envelopes')).toBe(sealed)
      await expectNoViolations(page, 'storage that does not open')
    } finally {
      await closeQuietly(context)
    }
  })
}

test('an app that does not start and a database that fails: the recovery page lists, sends and exports', async () => {
  const { context, page } = await opened(aCopy(), () => {
    IDBFactory.prototype.open = () => { throw new DOMException('Internal error opening backing store for indexedDB.open.', 'UnknownError') }
  })
  try {
    await startsOffice()
    await page.setViewportSize({ width: 360, height: 800 })
    await context.route('**/assets/**', (route) => route.abort())
    await page.goto(`${office.origin}/recover`)
    await expect(page.getByText(say('vi', 'found', { n: sealed }))).toBeVisible()
    await expect(page.getByRole('listitem')).toHaveCount(sealed)
    await page.getByRole('button', { name: say('vi', 'send') }).click()
    await expect(page.getByText(say('vi', 'complete', { n: sealed }))).toBeVisible({ timeout: 30_000 })
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: say('vi', 'export') }).click()
    expect(readFileSync(await (await download).path(), 'utf8').trim().split('\n')).toHaveLength(sealed)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    await page.getByRole('button', { name: say('vi', 'language') }).click()
    await expect(page.getByRole('heading', { name: say('en', 'title') })).toBeVisible()
    await expectNoViolations(page, 'the recovery page')
  } finally {
    await closeQuietly(context)
  }
})
