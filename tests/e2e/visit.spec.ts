/**
 * One citizen, one scan, three procedures of three sectors: what the card says is typed nowhere again, everything arrives at
 * the office, and when the visit ends the tablet has forgotten her.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { isRows, type Answers } from '../../core/procedure/answers.ts'
import { fieldOf } from '../../core/procedure/pack.ts'
import type { Pack } from '../../core/procedure/packShape.ts'
import { vi } from '../../src/i18n/vi.ts'
import { writeCardVideo } from '../support/cardVideo.ts'
import { closeQuietly, launchProfile } from '../support/chromium.ts'
import { anOfficeRun, type OfficeRun } from '../support/officeRun.ts'
import { packOfRepository } from '../support/packs.ts'
import { findsInInbox, opens, signsInFirst } from './people/officer.ts'
import { appPage, fillsEverything, finalises, findsAndStarts, joins } from './people/volunteer.ts'
import { rowsOf } from './tabletDatabase.ts'

const words = vi.tablet
const khuong = '046148000006||Công Tằng Tôn Nữ Hỷ Khương|14021948|Nữ|12 Kiệt 5 Tổ 3, Thuận Hòa, Thành phố Huế, Thừa Thiên Huế|20082021'
const typedKinds: readonly string[] = ['text', 'paragraph', 'name', 'number', 'money', 'personalNumber', 'phone', 'email', 'date', 'address', 'ethnicGroup', 'country']
const signature = { how: 'drawn', strokes: '', witness: '', at: '' } as const
const consent: Answers = { 'dongY.lyDo': 'khongQuenMay', 'dongY.luuChuyen': true, 'dongY.chuKy': signature }

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
    code: '2.000815',
    sought: 'sao y',
    answers: { giayTo: [{ loai: 'cccd', coQuanCap: 'vietNam', soTrang: 1, soBan: 2, coBanChup: false }], nguyenVen: true, matHayCam: false, ...consent },
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
let context: BrowserContext | undefined

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tiepsuc-visit-'))
  office = await anOfficeRun()
  writeCardVideo(join(folder, 'camera.y4m'), khuong)
})
test.afterAll(async () => {
  await closeQuietly(context)
  await office.remove()
  rmSync(folder, { recursive: true, force: true })
})

async function scans(page: Page): Promise<void> {
  await page.getByRole('button', { name: words.visit.scanFirst }).click()
  await page.getByRole('button', { name: words.card.start, exact: true }).click()
  await expect(page.getByRole('heading', { name: words.card.preview })).toBeVisible({ timeout: 20_000 })
  await page.getByRole('button', { name: /^Điền/ }).click()
  await expect(page.getByRole('heading', { name: words.visit.with.replace('{name}', 'Công Tằng Tôn Nữ Hỷ Khương') })).toBeVisible()
}

test('one citizen, one scan, three procedures of three sectors, under twenty typed fields', async ({ browser }) => {
  test.setTimeout(170_000)
  const camera = ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${join(folder, 'camera.y4m')}`]
  context = await launchProfile(join(folder, 'profile'), { args: camera })
  await context.grantPermissions(['camera'], { origin: office.origin })
  const page = await appPage(context)
  await joins(page, office.links())
  await scans(page)

  const codes: string[] = []
  let typed = 0
  for (const { code, sought, answers } of told) {
    const pack = packOfRepository(code)
    await page.getByRole('button', { name: codes.length === 0 ? words.visit.choose : words.visit.another }).click()
    await findsAndStarts(page, sought, code)
    await fillsEverything(page, answers, undefined, pack)
    typed += typedIn(pack, answers)
    codes.push(await finalises(page))
  }
  expect(typed).toBeLessThan(20)

  await page.getByRole('button', { name: words.visit.end }).click()
  await expect(page.getByRole('heading', { name: words.home.title })).toBeVisible()
  expect(await rowsOf(page, 'visits')).toEqual([])

  const desk = await signsInFirst(browser, office.links().officer)
  for (const code of codes) expect(await findsInInbox(desk, office.origin, code)).toBe(1)
  await opens(desk, codes[0] ?? '')
  const form = desk.getByRole('article')
  await expect(form).toContainText('CÔNG TẰNG TÔN NỮ HỶ KHƯƠNG')
  await expect(form).toContainText('046148000006')
})
