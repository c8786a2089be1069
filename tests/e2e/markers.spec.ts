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
import { familyAnswers } from './people/answers.ts'
import { findsInInbox, opens, refuses, signsInFirst } from './people/officer.ts'
import { appPage, fillsEverything, finalises, joins, startsBirthRegistration, unlocks } from './people/volunteer.ts'
import { rowsOf } from './tabletDatabase.ts'

let office: OfficeRun
let profile: string
let context: BrowserContext
let page: Page

test.beforeEach(async () => {
  office = await anOfficeRun([], { LOG_LEVEL: 'debug' })
  profile = mkdtempSync(join(tmpdir(), 'tiepsuc-tablet-'))
  context = await launchProfile(profile)
  page = await appPage(context)
  await joins(page, office.links())
})
test.afterEach(async () => {
  await closeQuietly(context)
  await office.remove()
  rmSync(profile, { recursive: true, force: true })
})

const sixDigits = (): string => String(100_000 + (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % 900_000)

test('after a whole journey no word of a citizen is found in any store of tablet and office', async ({ browser }) => {
  test.setTimeout(180_000)
  const [child, street, unfinished, message] = ['Ten', 'Duong', 'Nhap', 'Loi'].map(aMarker)
  if (child === undefined || street === undefined || unfinished === undefined || message === undefined) throw new Error('four markers')
  const number = `046190${sixDigits()}`
  const phone = `0905${sixDigits()}`
  const family = familyAnswers()
  const home = family['me.noiCuTru']
  if (typeof home !== 'object') throw new Error('an address')
  const answers = familyAnswers({ 'con.hoTen': child, 'me.pid': number, 'me.docNo': number, 'nyc.pid': number, 'nyc.docNo': number, 'nyc.dienThoai': phone, 'me.noiCuTru': { ...home, detail: street } })

  await startsBirthRegistration(page)
  await fillsEverything(page, answers)
  const localCode = await finalises(page)
  await page.getByRole('link', { name: vi.tablet.home.name }).click()
  await leavesADraft(unfinished)
  const desk = await signsInFirst(browser, office.links().officer)
  expect(await findsInInbox(desk, office.origin, localCode)).toBe(1)
  await opens(desk, localCode)
  await expect(desk.getByRole('article')).toContainText(child.toUpperCase())
  await refuses(desk, message)
  await page.getByRole('link', { name: vi.tablet.cases.short, exact: true }).click()
  await page.getByRole('link', { name: new RegExp(child, 'i') }).first().click()
  await expect(page.getByText(message)).toBeVisible({ timeout: 45_000 })
  await page.getByRole('button', { name: vi.common.lock }).click()

  expect(await searchEverywhere([child, street, unfinished, message, number, phone])).toEqual([])

  const planted = aMarker('Gieo')
  await plantsEverywhere(planted)
  const found = (await searchEverywhere([planted])).join('\n')
  for (const store of [/IndexedDB/, /File System/, /CacheStorage/, /Local Storage/, /office\.log/, /table scratch/, /postgres/]) expect(found).toMatch(store)
})

test('the same search finds what was typed when the vault is switched off', async () => {
  await context.close()
  rmSync(profile, { recursive: true, force: true })
  await office.remove()
  office = await anOfficeRun()
  context = await launchProfile(profile)
  await switchesVaultOff(context)
  page = await appPage(context)
  await joins(page, office.links())
  const typed = aMarker('Nhap')

  await leavesADraft(typed)

  expect(await searchEverywhere([typed])).not.toEqual([])
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
async function leavesADraft(name: string): Promise<void> {
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
  const folders = searchFolders([profile, office.folder, places.cluster], markers).map((hit) => hit.replace(places.cluster, 'postgres'))
  return [...folders, ...dumps.flat()]
}

async function plantsEverywhere(marker: string): Promise<void> {
  await page.evaluate(async (text) => {
    localStorage.setItem('planted', text)
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
  await ask(office, 'create table scratch (word text)')
  await ask(office, 'insert into scratch values ($1)', [marker])
  appendFileSync(office.logFile, `${marker}\n`)
  // Local storage reaches the disk when the browser closes.
  await context.close()
}
