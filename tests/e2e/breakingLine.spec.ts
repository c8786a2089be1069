/**
 * Five photos over a line that is slow and breaks every 20 seconds: they arrive, and no part that was finished is sent
 * again. The line is a real one, between Chromium's sockets and the office's.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { closeQuietly, launchProfile } from '../support/chromium.ts'
import { aLine, type Line } from '../support/line.ts'
import { ask } from '../support/officeDatabase.ts'
import { anOfficeRun, type OfficeRun } from '../support/officeRun.ts'
import { watchParts } from '../support/partsSeen.ts'
import { opensWholeDraft } from './people/vaultOutside.ts'
import { appPage, finalises, joins } from './people/volunteer.ts'
import { rowsOf } from './tabletDatabase.ts'

const breaksEveryMs = 20_000
/** So slow that the line breaks twice or three times before all of it is through. */
const throughInSeconds = 52
const photos = 5

let office: OfficeRun
let line: Line
let profile: string
let context: BrowserContext
let page: Page

test.beforeEach(async () => {
  let officePort = 0
  line = await aLine(() => officePort)
  const origin = `http://localhost:${String(line.port)}`
  office = await anOfficeRun([], { PUBLIC_ORIGINS: origin })
  officePort = Number(new URL(office.origin).port)
  profile = mkdtempSync(join(tmpdir(), 'tiepsuc-line-'))
  context = await launchProfile(profile)
  page = await appPage(context)
  await joins(page, office.links())
})
test.afterEach(async () => {
  await closeQuietly(context)
  await line.close()
  await office.remove()
  rmSync(profile, { recursive: true, force: true })
})

test('five photos over a line that breaks every 20 seconds arrive, and no finished part is sent again', { tag: '@long' }, async () => {
  test.setTimeout(300_000)
  await opensWholeDraft(page)
  const photo = await aGrainyPicture()
  for (let taken = 1; taken <= photos; taken += 1) await takes(photo, taken)
  const parts = (await rowsOf(page, 'drafts')).flatMap(({ parts: names }) => (Array.isArray(names) ? names.map(String) : []))

  const bytesPerSecond = (await bytesOnTablet()) / throughInSeconds
  const seen = watchParts()
  line.set({ breaksEveryMs, bytesPerSecond, onUp: seen.onUp, onDown: seen.onDown })
  const localCode = await finalises(page)
  await expect
    .poll(async () => (await rowsOf(page, 'items')).find((item) => item['localCode'] === localCode)?.['state'], { timeout: 240_000 })
    .toBe('complete')

  expect(line.breaks()).toBeGreaterThanOrEqual(2)
  expect(seen.sentAgain).toEqual([])
  expect([...seen.finished].sort()).toEqual([...parts].sort())
  const [stored] = await ask(office, 'select count(*)::int as n, sum(size_bytes)::int as bytes from parts_stored')
  expect(stored?.['n']).toBe(parts.length)
  expect(Number(stored?.['bytes'])).toBeGreaterThan(4_500_000)
})

async function takes(photo: Uint8Array, which: number): Promise<void> {
  const paper = '#paper-giayChungSinh'
  await page.locator(`${paper}-camera`).setInputFiles({ name: `IMG_${String(which)}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.from(photo) })
  await expect(page.getByRole('dialog').getByRole('img')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

/** How much lies ready in OPFS. */
async function bytesOnTablet(): Promise<number> {
  return page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('parts')
    let sum = 0
    for await (const name of folder.keys()) sum += (await (await folder.getFileHandle(name)).getFile()).size
    return sum
  })
}

/** A real JPEG of a paper as a camera sees it in bad light: the grain makes it about as large as photos are. */
async function aGrainyPicture(): Promise<Uint8Array> {
  const text = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(1500, 2000)
    const pen = canvas.getContext('2d')
    if (pen === null) throw new Error('no canvas')
    const grain = pen.createImageData(1500, 2000)
    let chance = 7
    for (let at = 0; at < grain.data.length; at += 4) {
      chance = (chance * 1_103_515_245 + 12_345) % 2_147_483_648
      const grey = 80 + ((chance >> 16) % 172)
      grain.data.set([grey, grey, grey - 12, 255], at)
    }
    pen.putImageData(grain, 0, 0)
    pen.fillStyle = '#222'
    pen.font = '44px serif'
    for (let row = 1; row < 32; row += 1) pen.fillText(`Giấy chứng sinh, dòng ${String(row)}`, 40, row * 60)
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 })).arrayBuffer())
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  })
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}
