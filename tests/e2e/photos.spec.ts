/**
 * Photos end to end: a paper is photographed without a network, kept as ciphertext, sealed, delivered, and seen by the
 * officer, small, upright and without what the camera wrote beside the picture.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { readImageHeader } from '../../core/application/imageHeader.ts'
import { vi } from '../../src/i18n/vi.ts'
import { expectNoViolations } from '../support/axe.ts'
import { closeQuietly, launchProfile } from '../support/chromium.ts'
import { aMarker, searchFolders } from '../support/markers.ts'
import { anOfficeRun, type OfficeRun } from '../support/officeRun.ts'
import { exifBlock, notPhotos, withExif } from '../support/photos.ts'
import { findsInInbox, opens, signsInFirst } from './people/officer.ts'
import { aFile, aPicture } from './people/photographs.ts'
import { opensWholeDraft } from './people/vaultOutside.ts'
import { appPage, finalises, isReadyForOffline, joins, unlocks } from './people/volunteer.ts'
import { rowsOf } from './tabletDatabase.ts'

const words = vi.tablet.photos
const paper = '#paper-giayChungSinh'

let office: OfficeRun
let profile: string
let context: BrowserContext
let page: Page

test.beforeEach(async () => {
  office = await anOfficeRun()
  profile = mkdtempSync(join(tmpdir(), 'tiepsuc-photos-'))
  context = await launchProfile(profile)
  // To look at a page takes longer than the tablet's idle lock waits.
  await context.addInitScript(() => { localStorage.setItem('tiepsuc.lockAfterMs', '600000') })
  page = await appPage(context)
  await joins(page, office.links())
})
test.afterEach(async () => {
  await closeQuietly(context)
  await office.remove()
  rmSync(profile, { recursive: true, force: true })
})

test('photos taken without a network are seen by the officer, small, upright, without metadata, and never lie open on a disk', async ({ browser }) => {
  test.setTimeout(240_000)
  const note = aMarker('Exif')
  const photo = withExif(await aPicture(page, 4000, 3000), exifBlock({ orientation: 6, note }))
  await isReadyForOffline(page)
  await unlocks(page)
  await opensWholeDraft(page)
  await context.setOffline(true)

  await takes(photo)
  await page.keyboard.press('Escape')
  await takes(photo)
  await page.getByRole('dialog').getByRole('button', { name: words.remove }).click()
  await takes(await aPicture(page, 1200, 900))
  await page.getByRole('dialog').locator('input[type=file]').setInputFiles(aFile(await aPicture(page, 900, 1200)))
  await expect(page.getByRole('dialog').locator('img[width="900"]')).toBeVisible()
  await expectNoViolations(page, 'a photo, looked at')
  await page.keyboard.press('Escape')
  await expect(page.getByText(vi.tablet.photos.pages.plural.other.replace('{n}', '2'))).toBeVisible()
  await expectNoViolations(page, 'review with photos')
  expect(await partsOnTablet()).toHaveLength(await partsNamed())
  const localCode = await finalises(page)
  await context.setOffline(false)

  const desk = await signsInFirst(browser, office.links().officer)
  await findsInInbox(desk, office.origin, localCode)
  await opens(desk, localCode)
  const pictures = desk.locator('section[aria-labelledby=photos-title] img')
  await expect(async () => {
    await desk.reload()
    await expect(pictures).toHaveCount(2, { timeout: 2000 })
  }).toPass({ timeout: 30_000 })
  const seen = await Promise.all((await pictures.all()).map(async (picture) => (await desk.request.get(office.origin + String(await picture.getAttribute('src')))).body()))
  expect(seen.map((bytes) => readImageHeader(bytes))).toEqual([
    { ok: true, value: { mediaType: 'image/jpeg', widthPx: 1500, heightPx: 2000, orientation: 1 } },
    { ok: true, value: { mediaType: 'image/jpeg', widthPx: 900, heightPx: 1200, orientation: 1 } },
  ])
  for (const bytes of seen) {
    expect(bytes.includes('Exif') || bytes.includes('GPS')).toBe(false)
    expect(bytes.length).toBeLessThan(1_500_000)
  }
  await pictures.first().click()
  await expect(desk.getByRole('dialog').getByRole('img')).toBeVisible()
  await desk.getByRole('dialog').getByRole('button', { name: vi.desk.photos.next }).click()
  await expect(desk.getByRole('heading', { name: /2 trên 2/ })).toBeVisible()
  await expectNoViolations(desk, 'photo viewer')

  const sealed = await readPart()
  await closeQuietly(context)
  const places = [profile, office.folder]
  expect(searchFolders(places, [note])).toEqual([])
  for (const bytes of seen) expect(filesWith(places, bytes.subarray(bytes.length / 2, bytes.length / 2 + 24))).toEqual([])
  // The same search finds the ciphertext, on the tablet and at the office.
  const found = filesWith(places, sealed.subarray(1000, 1024)).join('\n')
  expect(found).toContain(profile)
  expect(found).toContain(office.folder)
})

test('a file that is no photo is refused with a plain sentence, and nothing of it is kept', async () => {
  await opensWholeDraft(page)
  const box = page.locator('.slot').filter({ has: page.locator(paper) })

  for (const [, trouble, bytes] of [...notPhotos, ['a picture that only looks like one', 'cannotDecode', brokenJpeg()] as const]) {
    await page.locator(`${paper}-file`).setInputFiles(aFile(bytes))
    const sentence = Object.entries(words.trouble).find(([name]) => name === trouble)?.[1]
    await expect(box.getByRole('alert')).toContainText(sentence ?? 'no sentence')
  }
  // By its path: forty megabytes through the browser's wire take longer than a press may.
  const large = join(office.folder, 'IMG_0002.jpg')
  writeFileSync(large, new Uint8Array(40 * 1024 * 1024 + 1))
  await page.locator(`${paper}-file`).setInputFiles(large)
  await expect(box.getByRole('alert')).toContainText(words.trouble.tooLargeFile)
  expect(await partsOnTablet()).toEqual([])

  await page.locator(`${paper}-file`).setInputFiles(aFile(await aPicture(page, 1000, 700)))
  await expect(page.getByRole('dialog').getByRole('img')).toBeVisible()
  await expect(box.getByRole('alert')).toHaveCount(0)
})

/** A right header with nothing behind it that decodes. */
function brokenJpeg(): Uint8Array {
  const whole = notPhotos.find(([name]) => name === 'a photo cut short')?.[2] ?? new Uint8Array()
  return new Uint8Array([...whole, 0xff, 0xd9])
}

/** Takes a page by the camera's button and waits until it is shown. */
async function takes(photo: Uint8Array): Promise<void> {
  await page.locator(`${paper}-camera`).setInputFiles(aFile(photo))
  await expect(page.getByRole('dialog').getByRole('img')).toBeVisible({ timeout: 20_000 })
}

/** Names of the parts in the tablet's private files. */
async function partsOnTablet(): Promise<string[]> {
  return page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('parts', { create: true })
    const names: string[] = []
    for await (const name of folder.keys()) names.push(name)
    return names
  })
}

/** How many parts the drafts name. */
async function partsNamed(): Promise<number> {
  const rows = await rowsOf(page, 'drafts')
  return rows.reduce<number>((sum, row) => sum + (Array.isArray(row['parts']) ? row['parts'].length : 0), 0)
}

/** The ciphertext of a part as it lies on the tablet. */
async function readPart(): Promise<Buffer> {
  const [name] = await partsOnTablet()
  const bytes = await page.evaluate(async (wanted) => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('parts')
    const file = await (await folder.getFileHandle(wanted)).getFile()
    return [...new Uint8Array(await file.slice(0, 2000).arrayBuffer())]
  }, name ?? '')
  return Buffer.from(bytes)
}

/** Files below the folders that hold these bytes as they are. */
function filesWith(folders: readonly string[], needle: Buffer): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => readFileSync(file).includes(needle)),
  )
}
