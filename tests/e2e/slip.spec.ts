/**
 * Finding, the pre-check, the slip and the fee on real parts, with one office for all of it. The prints are made by Chromium
 * as a printer would get them.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { expectNoViolations } from '../support/axe.ts'
import { closeQuietly, launchProfile } from '../support/chromium.ts'
import { anOfficeRun } from '../support/officeRun.ts'
import { vi } from '../../src/i18n/vi.ts'
import { wholeFamilyAnswers } from './people/answers.ts'
import { opensWholeDraft } from './people/vaultOutside.ts'
import { appPage, finalises, isReadyForOffline, joins, unlocks } from './people/volunteer.ts'

const words = vi.tablet
const counter = {
  OFFICE_PHONE: '0234 382 0000', OFFICE_HOURS: '07:30–11:30, 13:30–17:00, thứ Hai đến thứ Sáu', FEE_ACCOUNT_BIN: '970415',
  FEE_ACCOUNT_NUMBER: '113366668888', FEE_ACCOUNT_HOLDER: 'TAI KHOAN THU NGHIEM', FEE_ACCOUNT_CONFIRMED_BY: 'Lê Văn Bình, Trần Thị Cúc',
}

test('a procedure is found by everyday words, and its slip is printed without a network', async () => {
  test.setTimeout(300_000)
  const office = await anOfficeRun([], counter)
  const profile = mkdtempSync(join(tmpdir(), 'tiepsuc-tablet-'))
  const context = await launchProfile(profile)
  context.setDefaultTimeout(30_000)
  // To look at a page takes longer than the tablet's idle lock waits.
  await context.addInitScript(() => { localStorage.setItem('tiepsuc.lockAfterMs', '600000') })
  try {
    const page = await appPage(context)
    await joins(page, office.links())
    await isReadyForOffline(page)
    await unlocks(page)
    await expect.poll(() => hasCatalogue(page)).toBe(true)
    await office.kill()

    await findsWithoutAForm(page)
    await looksBefore(page)
    await page.getByRole('link', { name: words.home.name, exact: true }).first().click()
    await opensWholeDraft(page, { ...wholeFamilyAnswers(), 'con.hoTen': 'Tôn Nữ Phiếu Thử', 'banSao.coCap': true, 'banSao.soLuong': 2 })
    const localCode = await finalises(page)
    await printsTheSlip(page, localCode)
  } finally {
    await closeQuietly(context)
    await office.remove()
    rmSync(profile, { recursive: true, force: true })
  }
})

/** Whether the signed catalogue has come: it is fetched beside the packs, and the tablet says nothing of it. */
const hasCatalogue = (page: Page): Promise<boolean> =>
  page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        const opening = indexedDB.open('tiepsuc')
        opening.onsuccess = () => {
          const asked = opening.result.transaction('marks').objectStore('marks').get('catalogue')
          asked.onsuccess = () => {
            opening.result.close()
            resolve(asked.result !== undefined)
          }
        }
      }),
  )

async function findsWithoutAForm(page: Page): Promise<void> {
  await page.getByRole('button', { name: words.home.start }).click()
  await expect(page.getByRole('heading', { name: 'Chứng thực', exact: true })).toBeVisible()
  await page.getByLabel(words.procedures.search, { exact: true }).fill('chia thua ke')
  await expect(page.getByRole('link', { name: /phân chia di sản/ })).toBeVisible()
  await expectNoViolations(page, 'procedures, found')
  await page.getByRole('link', { name: /phân chia di sản/ }).click()
  await expect(page.getByText(words.guide.unconfirmedLine)).toBeVisible()
  await expect(page.getByText(words.guide.bringUnknown)).toBeVisible()
  await expect(page.getByText(counter.OFFICE_PHONE)).toBeVisible()
  await page.getByRole('link', { name: vi.common.back }).click()
  await page.getByLabel(words.procedures.search, { exact: true }).fill('xyzxyz')
  await expect(page.getByText(words.find.nothingAsk)).toBeVisible()
  await page.getByRole('button', { name: words.find.showAll }).click()
}

async function looksBefore(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Thủ tục đăng ký khai sinh', exact: true }).click()
  await page.getByRole('link', { name: words.precheck.link }).click()
  await expect(page.getByTestId('precheck-papers').getByRole('listitem').first()).toContainText('Tờ khai')
  await expectNoViolations(page, 'pre-check, nothing answered')
  for (const group of await page.locator('section[aria-labelledby=precheck-questions] fieldset').all()) await group.locator('label').first().click()
  await page.getByText(words.precheck.share).click()
  await expect(page.getByRole('img', { name: words.precheck.qr })).toBeVisible()
  await expectNoViolations(page, 'pre-check, answered, with its code')
}

async function printsTheSlip(page: Page, localCode: string): Promise<void> {
  await page.getByRole('link', { name: words.slip.link }).click()
  const slip = page.getByTestId('slip')
  await expect(slip).toContainText(localCode)
  await expect(slip).toContainText(words.slip.notReceipt)
  await expect(slip).toContainText(/chứng sinh/i)
  await expect(slip).toContainText(counter.OFFICE_PHONE)
  await expect(slip).toContainText(counter.OFFICE_HOURS)
  await expect(slip).not.toContainText(/phiếu thử/i)
  await page.getByRole('button', { name: words.pay.show }).click()
  await expect(page.getByText(counter.FEE_ACCOUNT_HOLDER)).toBeVisible()
  await expect(page.getByRole('img', { name: words.pay.qr })).toBeVisible()
  await expectNoViolations(page, 'slip, with the code to pay by')
  expect(await sizeOfPrint(page, 'a5')).toBe('148 x 210')
  await page.getByText(words.slip.sizes.roll).click()
  expect(await sizeOfPrint(page, 'roll')).toBe('80 x 297')
}

/** Size of the first printed sheet in millimetres, as the PDF says; `SLIP_PRINTS` names a folder to look at the prints. */
async function sizeOfPrint(page: Page, name: string): Promise<string> {
  const folder = process.env['SLIP_PRINTS']
  const pdf = await page.pdf({ preferCSSPageSize: true, ...(folder === undefined ? {} : { path: join(folder, `${name}.pdf`) }) })
  const box = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/.exec(pdf.toString('latin1'))
  return [box?.[1], box?.[2]].map((points) => Math.round((Number(points) / 72) * 25.4)).join(' x ')
}
