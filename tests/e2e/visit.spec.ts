/**
 * One citizen, one scan, three procedures of three sectors: what the card says is typed nowhere again, a paper is photographed
 * once, everything arrives at the office, and when the visit ends the tablet has forgotten her. Then the law changes under an
 * open draft.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { isRows, type Answers } from '../../core/procedure/answers.ts'
import { fieldOf } from '../../core/procedure/pack.ts'
import type { Pack } from '../../core/procedure/packShape.ts'
import { vi } from '../../src/i18n/vi.ts'
import { controlId } from '../../src/forms/fieldView.ts'
import { expectNoViolations } from '../support/axe.ts'
import { writeCardVideo } from '../support/cardVideo.ts'
import { closeQuietly, launchProfile } from '../support/chromium.ts'
import { anOfficeRun, type OfficeRun } from '../support/officeRun.ts'
import { packOfRepository } from '../support/packs.ts'
import { findsInInbox, opens, signsInFirst } from './people/officer.ts'
import { publishesLaterExtracts } from './people/laterVersion.ts'
import { aFile, aPicture } from './people/photographs.ts'
import { appPage, fillsEverything, finalises, findsAndStarts, joins } from './people/volunteer.ts'
import { rowsOf } from './tabletDatabase.ts'

const words = vi.tablet
const khuong = '046148000006||Công Tằng Tôn Nữ Hỷ Khương|14021948|Nữ|12 Kiệt 5 Tổ 3, Thuận Hòa, Thành phố Huế, Thừa Thiên Huế|20082021'
const typedKinds: readonly string[] = ['text', 'paragraph', 'name', 'number', 'money', 'personalNumber', 'phone', 'email', 'date', 'address', 'ethnicGroup', 'country']
const signature = { how: 'drawn', strokes: '', witness: '', at: '' } as const
const consent: Answers = { 'dongY.lyDo': 'khongQuenMay', 'dongY.luuChuyen': true, 'dongY.chupAnh': true, 'dongY.chuKy': signature }

/** What is still to be said in each procedure after the scan. */
const told: readonly { readonly code: string; readonly sought: string; readonly answers: Answers }[] = [
  {
    code: '2.000635',
    sought: 'trich luc',
    answers: {
      'nyc.quanHe': 'banThan', loaiYeuCau: 'khaiSinh', 'nyc.loaiCuTru': 'thuongTru', 'ndk.gioiTinh': 'nu',
      coQuanDangKy: 'UBND phường Thuận Lộc, TP Huế', nhoSo: false, 'kq.phuongThuc': 'trucTiep', 'camDoan.dongY': true, ...consent,
    },
  },
  {
    code: '2.000908',
    sought: 'so goc',
    answers: { loaiSo: 'Quyết định', soBan: 2, laChinhMinh: true, ...consent },
  },
  {
    code: '1.014027',
    sought: 'tien nguoi gia',
    answers: { 'nyc.quanHe': 'banThan', viec: 'huongMoi', 'dn.coLuongHuu': false, 'chiTra.hinhThuc': 'tienMat', 'camDoan.dongY': true, ...consent },
  },
]

/** How many boxes somebody has to type into. */
function typedIn(pack: Pack, answers: Answers): number {
  return Object.entries(answers).reduce((sum, [id, answer]) => {
    const field = fieldOf(pack, id)
    const columns = isRows(answer) ? answer.flatMap((row) => Object.keys(row)) : []
    const cells = columns.filter((column) => typedKinds.includes(field?.columns?.find((one) => one.id === column)?.kind ?? ''))
    return sum + (typedKinds.includes(field?.kind ?? '') ? 1 : cells.length)
  }, 0)
}

let office: OfficeRun
let folder: string
let procedures: string
let context: BrowserContext
let page: Page
let desk: Page

test.beforeAll(async ({ browser }) => {
  folder = mkdtempSync(join(tmpdir(), 'tiepsuc-visit-'))
  procedures = join(folder, 'procedures')
  cpSync('procedures', procedures, { recursive: true })
  office = await anOfficeRun([], { PROCEDURES_DIR: procedures })
  writeCardVideo(join(folder, 'camera.y4m'), khuong)
  const camera = ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${join(folder, 'camera.y4m')}`]
  context = await launchProfile(join(folder, 'profile'), { args: camera })
  await context.grantPermissions(['camera'], { origin: office.origin })
  // To look at a page takes longer than the tablet's idle lock waits.
  await context.addInitScript(() => { localStorage.setItem('tiepsuc.lockAfterMs', '600000') })
  page = await appPage(context)
  await joins(page, office.links())
  desk = await signsInFirst(browser, office.links().officer)
})
test.afterAll(async () => {
  await closeQuietly(context)
  await office.remove()
  rmSync(folder, { recursive: true, force: true })
})

async function scans(): Promise<void> {
  await page.getByRole('button', { name: words.visit.scanFirst }).click()
  await page.getByRole('button', { name: words.card.start, exact: true }).click()
  await expect(page.getByRole('heading', { name: words.card.preview })).toBeVisible({ timeout: 20_000 })
  await page.getByRole('button', { name: /^Điền/ }).click()
  await expect(page.getByRole('heading', { name: words.visit.with.replace('{name}', 'Công Tằng Tôn Nữ Hỷ Khương') })).toBeVisible()
}

/** The section that is signed, with its signature. */
async function looksAtConsent(section: string): Promise<void> {
  if (section !== 'dongY') return
  await expect(page.locator(`#${controlId('dongY.chuKy')}-pad`)).toBeVisible()
  await expectNoViolations(page, 'consent with signature')
}

/** At the review: a paper as it lies on the table. */
async function photographs(paper: string): Promise<void> {
  await page.locator(`#paper-${paper}-camera`).setInputFiles(aFile(await aPicture(page, 900, 600)))
  await expect(page.getByRole('dialog').getByRole('img')).toBeVisible({ timeout: 20_000 })
  await page.keyboard.press('Escape')
}

/** Whether the review shows a photo of this paper. */
const hasPhotoOf = (paper: string): Promise<void> =>
  expect(page.locator('.slot').filter({ has: page.locator(`#paper-${paper}`) }).locator('img')).toBeVisible()

test('one citizen, one scan, one photo, three procedures of three sectors, under twenty typed fields', async () => {
  test.setTimeout(170_000)
  await scans()
  await expectNoViolations(page, 'visit with a citizen')

  const codes: string[] = []
  let typed = 0
  for (const { code, sought, answers } of told) {
    const pack = packOfRepository(code)
    await page.getByRole('button', { name: codes.length === 0 ? words.visit.choose : words.visit.another }).click()
    await findsAndStarts(page, sought, code)
    await fillsEverything(page, answers, code === '2.000908' ? looksAtConsent : undefined, pack)
    if (code === '2.000635') await photographs('giayToTuyThan')
    if (code === '2.000908') await hasPhotoOf('giayToTuyThan')
    typed += typedIn(pack, answers)
    codes.push(await finalises(page))
  }
  expect(typed).toBeLessThan(20)

  await page.getByRole('button', { name: words.visit.end }).click()
  await expect(page.getByRole('heading', { name: words.home.title })).toBeVisible()
  expect(await rowsOf(page, 'visits')).toEqual([])

  for (const code of codes) expect(await findsInInbox(desk, office.origin, code)).toBe(1)
  await opens(desk, codes[0] ?? '')
  const form = desk.getByRole('article')
  await expect(form).toContainText('CÔNG TẰNG TÔN NỮ HỶ KHƯƠNG')
  await expect(form).toContainText('046148000006')
})

test('a draft begun before the law changed is shown what changes, is moved, and arrives under the new version', async () => {
  test.setTimeout(120_000)
  await page.getByRole('link', { name: words.home.name, exact: true }).first().click()
  await page.getByRole('button', { name: words.home.start }).click()
  await findsAndStarts(page, 'trich luc', '2.000635')
  const draft = /drafts\/([^/]+)/.exec(page.url())?.[1] ?? ''
  await page.getByRole('link', { name: words.home.name, exact: true }).first().click()

  publishesLaterExtracts(procedures)
  await office.stop()
  await office.start()
  await context.setOffline(true)
  await context.setOffline(false)
  await page.locator(`main a[href="/drafts/${draft}"]`).click()
  const offer = page.locator('.note').filter({ hasText: words.newer.title })
  await expect(offer.getByRole('listitem')).toHaveText(['Hỏi thêm: Bản sao dùng vào việc gì?', 'Cần thêm giấy tờ: Giấy giới thiệu', 'Lệ phí dự kiến: 8.000 đồng thành 9.000 đồng'])
  await offer.getByRole('button', { name: words.newer.move }).click()
  await expect(offer).toHaveCount(0)

  await page.getByRole('button', { name: words.form.begin }).click()
  const example = JSON.parse(readFileSync('procedures/2.000635/1.0.0/examples/ban-than.json', 'utf8')) as { answers: Answers }
  await fillsEverything(page, { ...example.answers, dungVaoViec: 'Nhập học cho cháu', ...consent }, undefined, packOfRepository('2.000635', { procedures, version: '1.1.0' }))
  const code = await finalises(page)

  await findsInInbox(desk, office.origin, code)
  await opens(desk, code)
  // Only the later version has this question; the desk reads a case by the version that it names.
  await expect(desk.getByRole('article')).toContainText('Bản sao dùng vào việc gì?')
  await expect(desk.getByRole('article')).toContainText('Nhập học cho cháu')
})
