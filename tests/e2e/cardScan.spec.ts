/**
 * Scanning a card with a real camera as far as a test can have one: Chromium's fake camera shows a rendered code, the page
 * reads it with the real wasm under the office's real content security policy, and without a network once it was opened.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type BrowserContext, type CDPSession, type Page } from '@playwright/test'
import { vi } from '../../src/i18n/vi.ts'
import { expectNoViolations } from '../support/axe.ts'
import { cardFrame, writeCardVideo } from '../support/cardVideo.ts'
import { closeQuietly, launchProfile } from '../support/chromium.ts'
import { anOfficeRun, type OfficeRun } from '../support/officeRun.ts'
import { appPage } from './people/volunteer.ts'

const { card } = vi.tablet
const be = '046190000001||Trần Thị Bé|05031990|Nữ|12 Kiệt 5 Tổ 3, Thuận Hòa, Thành phố Huế, Thừa Thiên Huế|20082021||Trần Văn Cha|Lê Thị Mẹ|'
const wifi = 'WIFI:S:Quan Ca Phe;T:WPA;P:12345678;;'
let office: OfficeRun
let folder: string

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tiepsuc-card-'))
  office = await anOfficeRun()
})
test.afterAll(async () => {
  await office.remove()
  rmSync(folder, { recursive: true, force: true })
})

/** A tablet whose camera sees the code of a text, or that has no camera when there is none. */
async function withCamera(text: string | null, act: (page: Page, context: BrowserContext) => Promise<void>, allowed = true): Promise<void> {
  const video = join(folder, 'camera.y4m')
  if (text !== null) writeCardVideo(video, text)
  const camera = text === null ? [] : ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${video}`]
  const context = await launchProfile(mkdtempSync(join(folder, 'profile-')), { viewport: { width: 820, height: 1180 }, args: camera })
  try {
    if (allowed) await context.grantPermissions(['camera'], { origin: office.origin })
    const page = await appPage(context)
    await page.goto(`${office.origin}/styleguide`)
    await act(page, context)
  } finally {
    await closeQuietly(context)
  }
}

const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click()
const isCameraOn = (page: Page): Promise<boolean> =>
  page.locator('video').evaluate((video) => video instanceof HTMLVideoElement && video.srcObject instanceof MediaStream && video.srcObject.active)

test('a card before the camera is read, previewed, and filled only after a press', async () => {
  await withCamera(be, async (page) => {
    const outside: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(office.origin) && /^https?:/.test(request.url())) outside.push(request.url())
    })
    await press(page, card.start)
    await expect(page.getByRole('heading', { name: card.preview })).toBeFocused()
    await expect(page.getByText('Trần Thị Bé')).toBeVisible()
    await expect(page.getByText('Nay là: 12 Kiệt 5 Tổ 3, Phường Phú Xuân, Thành phố Huế')).toBeVisible()
    await expect(page.getByText(/Trần Văn Cha|Lê Thị Mẹ/)).toHaveCount(0)
    await expect(page.locator('[data-card="facts"]')).toHaveCount(0)
    await expectNoViolations(page, 'card preview')

    await page.locator('#card-docDate').uncheck()
    await press(page, 'Điền 6 mục đã chọn')

    const facts = page.locator('[data-card="facts"]')
    await expect(facts.locator('dd')).toHaveText([
      '046190000001', '046190000001', 'Trần Thị Bé', '1990-03-05', 'nu', '12 Kiệt 5 Tổ 3, Phường Phú Xuân, Thành phố Huế',
      'cccd', 'Cục Cảnh sát quản lý hành chính về trật tự xã hội',
    ])
    await expect.poll(() => isCameraOn(page)).toBe(false)
    expect(outside).toEqual([])
  })
})

test('a card is read without a network once the app is on the tablet', async () => {
  await withCamera(be, async (page, context) => {
    await page.evaluate(() => navigator.serviceWorker.ready)
    await page.reload()
    await context.setOffline(true)
    await office.kill()
    try {
      await press(page, card.start)
      await expect(page.getByRole('heading', { name: card.preview })).toBeVisible()
    } finally {
      await office.start()
    }
  })
})

test('another code is named, the search goes on, and the camera goes off with the page hidden', async () => {
  await withCamera(wifi, async (page) => {
    await press(page, card.start)
    await expect(page.getByText(card.refused.wifi)).toBeVisible()
    await expect(page.getByText(card.looking)).toBeVisible()
    expect(await isCameraOn(page)).toBe(true)

    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden' })
      document.dispatchEvent(new Event('visibilitychange'))
    })
    await expect(page.getByText(card.paused)).toBeVisible()
    expect(await isCameraOn(page)).toBe(false)
  })
})

test('without a camera, or without leave to use it, a plain sentence says what to do', async () => {
  await withCamera(null, async (page) => {
    await press(page, card.start)
    await expect(page.getByText(card.trouble.none, { exact: true })).toBeVisible()
    await expect(page.getByText(card.trouble.noneAct)).toBeVisible()
    await expectNoViolations(page, 'card scan without a camera')
  })
  await withCamera(be, async (page) => {
    await press(page, card.start)
    await expect(page.getByText(card.trouble.denied, { exact: true })).toBeVisible()
  }, false)
})

test('a photo of the card is read, and a file that is no photo gets a sentence', async () => {
  await withCamera(null, async (page) => {
    const png = await page.evaluate(({ width, height, grey }) => {
      const canvas = document.createElement('canvas')
      canvas.width = width
      canvas.height = height
      const pen = canvas.getContext('2d')
      const pixels = new ImageData(width, height)
      grey.forEach((light, at) => pixels.data.set([light, light, light, 255], at * 4))
      pen?.putImageData(pixels, 0, 0)
      return canvas.toDataURL('image/png').split(',')[1] ?? ''
    }, cardFrame(be))
    const file = page.locator('input[type="file"]').last()

    await file.setInputFiles({ name: 'x.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') })
    await expect(page.getByText(card.photoTrouble.notPhoto)).toBeVisible()
    await file.setInputFiles({ name: 'card.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') })
    await expect(page.getByRole('heading', { name: card.preview })).toBeVisible()
  })
})

/** Trusted key events, eight milliseconds apart by their own time, however busy the machine is meanwhile. */
async function scans(keyboard: CDPSession, text: string): Promise<void> {
  const startedAt = Date.now() / 1000
  const keys = Array.from(text, (key) => ({ key, text: key, unmodifiedText: key }))
  const all = [...keys, { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' }]
  await Promise.all(all.map((key, at) => keyboard.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key, timestamp: startedAt + at * 0.008 })))
}

test('a handheld scanner types the card into whatever has the focus, and no field keeps it', async () => {
  await withCamera(null, async (page, context) => {
    await press(page, card.byHand)
    await page.locator('#card-typed-name').click()
    await scans(await context.newCDPSession(page), be)

    await expect(page.getByRole('heading', { name: card.preview })).toBeVisible()
    await expect(page.getByText('Trần Thị Bé')).toBeVisible()
    await press(page, card.discard)
    await press(page, card.byHand)
    await expect(page.locator('#card-typed-name')).toHaveValue('')
  })
})
