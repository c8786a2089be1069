/** One citizen's visit, pictured: her card, what is known, a pre-check, a list, the consent, the slip; and a procedure without a form. */
import { expect, type Page } from '@playwright/test'
import type { Answers } from '../../core/procedure/answers.ts'
import { vi } from '../../src/i18n/vi.ts'
import { fillsEverything, finalises } from '../e2e/people/volunteer.ts'
import { packOfRepository } from '../support/packs.ts'
import { pictures, type Shot } from './camera.ts'

const { tablet: words, common } = vi
const take = (page: Page, name: string, shot?: Shot): Promise<void> => pictures(page, 'tablet', name, shot)
const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('button', { name, exact: true }).first().click()

export const cardOfTheVisit = '046148000006||Công Tằng Tôn Nữ Thử Khương|14021948|Nữ|12 Kiệt 5 Tổ 3, Thuận Hòa, Thành phố Huế, Thừa Thiên Huế|20082021'
const copies: Answers = {
  giayTo: [
    { loai: 'cccd', coQuanCap: 'vietNam', soTrang: 1, soBan: 2, coBanChup: false },
    { loai: 'giayDat', coQuanCap: 'vietNam', soTrang: 4, soBan: 1, coBanChup: true },
  ],
  ...{ nguyenVen: true, matHayCam: false, 'dongY.lyDo': 'khongQuenMay', 'dongY.luuChuyen': true },
  'dongY.chuKy': { how: 'drawn', strokes: '', witness: '', at: '' },
}

export async function isScanned(page: Page): Promise<void> {
  await press(page, words.visit.scanFirst)
  await expect(page.getByRole('heading', { name: words.visit.title })).toBeVisible()
  await take(page, '51-visit')
  await press(page, words.card.start)
  await expect(page.getByRole('heading', { name: words.card.preview })).toBeVisible({ timeout: 30_000 })
  await take(page, '52-card-preview')
  await press(page, /^Điền/)
  await expect(page.locator('#visit-facts')).toBeVisible()
  await take(page, '53-visit-known')
}

export async function findsWhatToDo(page: Page): Promise<void> {
  await press(page, words.visit.choose)
  const search = page.getByLabel(words.procedures.search, { exact: true })
  await search.fill('giấy tờ cho em bé')
  await expect(page.locator('main a[href*="/procedures/1.001193"]').first()).toBeVisible()
  await take(page, '54-found-by-everyday-words')
  await search.fill('thai sản an trua mam non')
  await search.fill('an trua')
  await page.locator('main a[href="/procedures/1.001622"]').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/ăn trưa/i)
  await take(page, '55-procedure-without-a-form')
  await page.goBack()
  await search.fill('khai sinh')
  await page.locator('main a[href*="/procedures/1.001193"]').first().click()
  await page.getByRole('link', { name: words.precheck.link }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await take(page, '56-pre-check')
  await page.goBack()
  await expect(page.getByRole('button', { name: /^Bắt đầu cho/ }).first()).toBeVisible()
  await page.goBack()
}

export async function certifiesCopies(page: Page): Promise<void> {
  await page.getByLabel(words.procedures.search, { exact: true }).fill('sao y')
  await page.locator('main a[href*="/procedures/2.000815"]').first().click()
  await page.getByRole('button', { name: /^Bắt đầu cho/ }).first().click()
  await page.waitForURL('**/drafts/*')
  await press(page, words.form.begin)
  await page.waitForURL('**/sections/*')
  await take(page, '57-filled-from-the-card')
  await fillsEverything(
    page,
    copies,
    async (section) => {
      if (section === 'giayTo') await take(page, '58-list')
      if (section === 'dongY') await take(page, '59-consent-and-signature')
    },
    packOfRepository('2.000815'),
  )
  await take(page, '60-review-list-and-fee')
  await finalises(page)
  await take(page, '61-done-in-a-visit')
  await page.getByRole('link', { name: words.slip.link }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await take(page, '62-slip')
  await page.getByRole('link', { name: common.back }).first().click()
}
