/**
 * No citizen's word rests anywhere in the clear (invariant 4). A whole journey with markers for words, then every store of
 * tablet and office is searched; each store is proved searchable by a marker planted afterwards; and with the vault
 * switched off the same search finds what was typed.
 */
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { whereIs } from '../../server/postgres/places.ts'
import { vi } from '../../src/i18n/vi.ts'
import { closeQuietly, launchProfile } from '../support/chromium.ts'
import { aMarker, searchBytes, searchFolders } from '../support/markers.ts'
import { ask } from '../support/officeDatabase.ts'
import { anOfficeRun, type OfficeRun } from '../support/officeRun.ts'
import { isAddress } from '../../core/procedure/answers.ts'
import { familyAnswers } from './people/answers.ts'
import { findsInInbox, makesFirstAccount, opens, refuses, searches } from './people/officer.ts'
import { appPage, fillsEverything, finalises, joins, startsBirthRegistration, unlocks } from './people/volunteer.ts'
import { rowsOf } from './tabletDatabase.ts'

let office: OfficeRun
let folders: string[]
let contexts: BrowserContext[]

test.beforeEach(async () => {
  office = await anOfficeRun([], { LOG_LEVEL: 'debug' })
  folders = []
  contexts = []
})
test.afterEach(async () => {
  await closesBrowsers()
  await office.remove()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

async function opensBrowser(folder: string): Promise<BrowserContext> {
  const context = await launchProfile(folder)
  contexts.push(context)
  return context
}

/** Local storage, open pages and what forms held reach the disk at the latest now. */
async function closesBrowsers(): Promise<void> {
  for (const context of contexts) await closeQuietly(context)
}

function aProfile(whose: 'tablet' | 'desk'): string {
  const folder = mkdtempSync(join(tmpdir(), `tiepsuc-${whose}-`))
  folders.push(folder)
  return folder
}

const sixDigits = (): string => String(100_000 + (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % 900_000)

/** What a family, a volunteer and an officer say, every word of it findable. */
function markedWords() {
  const [number, phone] = [`046190${sixDigits()}`, `0905${sixDigits()}`]
  const [child, street, unfinished, message] = [aMarker('Ten'), aMarker('Duong'), aMarker('Nhap'), aMarker('Loi')]
  const home = familyAnswers()['me.noiCuTru']
  if (!isAddress(home)) throw new Error('an address')
  const people = { 'me.pid': number, 'me.docNo': number, 'nyc.pid': number, 'nyc.docNo': number, 'nyc.dienThoai': phone }
  const answers = familyAnswers({ ...people, 'con.hoTen': `Lê ${child}`, 'me.noiCuTru': { ...home, detail: street } })
  return { answers, child, unfinished, message, number, all: [child, street, unfinished, message, number, phone] }
}

test('after a whole journey no word of a citizen is found in any store of tablet, desk and office', async () => {
  test.setTimeout(300_000)
  const { answers, child, unfinished, message, number, all } = markedWords()
  const [tablet, deskFolder] = [aProfile('tablet'), aProfile('desk')]
  const page = await appPage(await opensBrowser(tablet))
  await joins(page, office.links())
  await startsBirthRegistration(page)
  await fillsEverything(page, answers)
  const localCode = await finalises(page)
  await page.getByRole('link', { name: vi.tablet.home.name }).click()
  await leavesADraft(page, unfinished)

  const desk = await appPage(await opensBrowser(deskFolder))
  await makesFirstAccount(desk, office.links().officer)
  expect(await findsInInbox(desk, office.origin, localCode)).toBe(1)
  for (const typed of [`Lê ${child}`, number]) {
    await searches(desk, typed)
    await expect(desk.getByRole('listitem').filter({ hasText: localCode })).toHaveCount(1)
  }
  await opens(desk, localCode)
  await expect(desk.getByRole('article')).toContainText(child.toUpperCase())
  await refuses(desk, message)

  await page.getByRole('link', { name: vi.tablet.cases.short, exact: true }).click()
  await page.getByRole('link', { name: new RegExp(child, 'i') }).first().click()
  await expect(page.getByText(message)).toBeVisible({ timeout: 45_000 })
  expect(await searchEverywhere(all)).toEqual([])
  await page.getByRole('button', { name: vi.common.lock }).click()
  await closesBrowsers()
  expect(await searchEverywhere(all)).toEqual([])

  const planted = aMarker('Gieo')
  for (const folder of [tablet, deskFolder]) await plantsInBrowser(await opensBrowser(folder), planted)
  await plantsAtOffice(planted)
  const found = (await searchEverywhere([planted])).join('\n')
  for (const whose of ['tablet', 'desk']) {
    for (const store of ['IndexedDB', 'File System', 'CacheStorage', 'Local Storage', 'Session']) expect(found).toMatch(new RegExp(`tiepsuc-${whose}-.*/${store}`))
  }
  for (const store of [/office\.log/, /data\/.*planted/, /keys\/.*planted/, /table scratch/, /postgres\//]) expect(found).toMatch(store)
})

test('the same search finds what was typed in the tablet’s IndexedDB when the vault is switched off', async () => {
  const context = await opensBrowser(aProfile('tablet'))
  await switchesVaultOff(context)
  const page = await appPage(context)
  await joins(page, office.links())
  const typed = aMarker('Nhap')

  await leavesADraft(page, typed)

  expect((await searchEverywhere([typed])).join('\n')).toMatch(/tiepsuc-tablet-.*\/IndexedDB/)
})

/** AES-GCM that leaves the plaintext as it is: what the app would store if nobody had written the vault. */
async function switchesVaultOff(browser: BrowserContext): Promise<void> {
  await browser.addInitScript(() => {
    const tagBytes = 16
    const { encrypt, decrypt } = SubtleCrypto.prototype
    const isGcm = (algorithm: AlgorithmIdentifier): boolean => typeof algorithm === 'object' && algorithm.name === 'AES-GCM'
    const plain = (bytes: BufferSource): Uint8Array => (ArrayBuffer.isView(bytes) ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : new Uint8Array(bytes))
    SubtleCrypto.prototype.encrypt = function (this: SubtleCrypto, algorithm, key, bytes) {
      if (!isGcm(algorithm)) return encrypt.call(this, algorithm, key, bytes)
      const out = new Uint8Array(plain(bytes).length + tagBytes)
      out.set(plain(bytes))
      return Promise.resolve(out.buffer)
    }
    SubtleCrypto.prototype.decrypt = function (this: SubtleCrypto, algorithm, key, bytes) {
      if (!isGcm(algorithm)) return decrypt.call(this, algorithm, key, bytes)
      return Promise.resolve(plain(bytes).slice(0, -tagBytes).buffer)
    }
  })
}

/** Types a child's name into a new draft and waits until it is saved. */
async function leavesADraft(page: Page, name: string): Promise<void> {
  const before = (await rowsOf(page, 'drafts')).length
  await startsBirthRegistration(page)
  await page.goto(page.url().replace(/sections\/.*/, 'sections/con'))
  const field = page.locator('#field-con-hoTen')
  await unlocks(page, field)
  await field.fill(name)
  await field.blur()
  await expect(page.locator('[data-testid=save-state][data-state=saved]')).toBeVisible()
  expect((await rowsOf(page, 'drafts')).length).toBe(before + 1)
  await page.getByRole('link', { name: vi.tablet.home.name }).click()
  await expect(page.getByText(name, { exact: false }).first()).toBeVisible()
}

/** All folders of tablet and office, and every row of every table as text. */
async function searchEverywhere(markers: readonly string[]): Promise<string[]> {
  await ask(office, 'checkpoint')
  const places = await whereIs(join(office.folder, 'data'))
  if (places === undefined) throw new Error('the office has no database of its own')
  const tables = await ask(office, `select table_name as name from information_schema.tables where table_schema = 'public'`)
  const dumps = await Promise.all(
    tables.map(async ({ name }) => {
      const rows = await ask(office, `select t::text as row from "${String(name)}" t`)
      return searchBytes(Buffer.from(rows.map(({ row }) => String(row)).join('\n')), markers).map((hit) => `table ${String(name)}: ${hit}`)
    }),
  )
  const inFiles = searchFolders([...folders, office.folder, places.cluster], markers).map((hit) => hit.replace(places.cluster, 'postgres'))
  return [...inFiles, ...dumps.flat()]
}

/** Writes the marker into every store that a page has, and closes the browser. */
async function plantsInBrowser(context: BrowserContext, marker: string): Promise<void> {
  const page = await appPage(context)
  await page.goto(`${office.origin}/settings`)
  await page.evaluate(async (text) => {
    localStorage.setItem('planted', text)
    sessionStorage.setItem('planted', text)
    await (await caches.open('planted')).put('/planted', new Response(text))
    const file = await (await navigator.storage.getDirectory()).getFileHandle('planted', { create: true })
    const writer = await file.createWritable()
    await writer.write(text)
    await writer.close()
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open('planted', 1)
      opening.onupgradeneeded = () => opening.result.createObjectStore('rows')
      opening.onerror = () => { reject(new Error('cannot open')) }
      opening.onsuccess = () => {
        const transaction = opening.result.transaction('rows', 'readwrite', { durability: 'strict' })
        transaction.objectStore('rows').put({ text }, 1)
        transaction.oncomplete = () => { resolve() }
      }
    })
  }, marker)
  await context.close()
}

async function plantsAtOffice(marker: string): Promise<void> {
  await ask(office, 'create table scratch (word text)')
  await ask(office, 'insert into scratch values ($1)', [marker])
  for (const file of [office.logFile, join(office.folder, 'data', 'planted'), join(office.folder, 'keys', 'planted')]) appendFileSync(file, `${marker}\n`)
}
