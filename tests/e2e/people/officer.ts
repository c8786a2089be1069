/** An officer at the desk. */
import { expect, type Browser, type Page } from '@playwright/test'
import { vi } from '../../../src/i18n/vi.ts'

const words = vi.desk
export const officer = { name: 'Phạm Cán Bộ Thử', username: 'can.bo', password: 'cầu Trường Tiền sáu vài mười hai nhịp' }

/** Makes the first officer's account through the one-time link, in a browser of its own; the desk is then open. */
export async function signsInFirst(browser: Browser, link: string): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' })).newPage()
  await makesFirstAccount(page, link)
  return page
}

export async function makesFirstAccount(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByLabel(words.first.name, { exact: true }).fill(officer.name)
  await page.getByLabel(words.first.username).fill(officer.username)
  await page.getByLabel(words.first.passphrase, { exact: true }).fill(officer.password)
  await page.getByLabel(words.first.again).fill(officer.password)
  await page.getByRole('button', { name: words.first.submit }).click()
  await expect(page.getByRole('heading', { name: words.list.openTitle })).toBeVisible()
}

export async function signsIn(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/desk/sign-in`)
  await page.getByLabel(words.signIn.username).fill(officer.username)
  await page.getByLabel(words.signIn.passphrase, { exact: true }).fill(officer.password)
  await page.getByRole('button', { name: vi.common.signIn }).click()
  await expect(page.getByRole('heading', { name: words.list.openTitle })).toBeVisible()
}

/** Opens the inbox until the case of this local code is there; how many times it stands in the list. */
export async function findsInInbox(page: Page, origin: string, localCode: string): Promise<number> {
  const rows = page.getByRole('listitem').filter({ hasText: localCode })
  await expect(async () => {
    await page.goto(`${origin}/desk/inbox`)
    await expect(rows.first()).toBeVisible({ timeout: 2000 })
  }).toPass({ timeout: 30_000 })
  return rows.count()
}

/** Opens a case from the list it stands in. */
export async function opens(page: Page, localCode: string): Promise<void> {
  await page.getByRole('listitem').filter({ hasText: localCode }).first().getByRole('link').first().click()
  await expect(page.getByRole('article')).toBeVisible()
}

/** Looks for a case by words typed into the search box; the page of what was found. */
export async function searches(page: Page, typed: string): Promise<void> {
  await page.getByRole('search').getByRole('textbox').fill(typed)
  await page.getByRole('search').getByRole('textbox').press('Enter')
  await page.waitForURL('**/desk/search')
}

/** Accepts the open case with a code and the date that the desk has worked out; that date. */
export async function accepts(page: Page, code: string): Promise<string> {
  await page.getByRole('button', { name: words.act.accept, exact: true }).click()
  await page.getByLabel(words.accept.code).fill(code)
  const date = await resultDate(page)
  await page.getByRole('button', { name: vi.common.next, exact: true }).click()
  await page.getByRole('button', { name: words.accept.confirm }).click()
  await expect(page.getByText(words.accept.done.replace('{code}', code))).toBeVisible()
  return date
}

/** Refuses the open case with a reason in plain words. */
export async function refuses(page: Page, message: string): Promise<void> {
  await page.getByRole('button', { name: words.act.refuse, exact: true }).click()
  await page.locator('#refuse-message').fill(message)
  await page.getByRole('button', { name: vi.common.next, exact: true }).click()
  await page.getByRole('button', { name: words.refuse.confirm }).click()
  await expect(page.getByText(words.refuse.done)).toBeVisible()
}

async function resultDate(page: Page): Promise<string> {
  const group = page.getByRole('group', { name: words.accept.resultOn })
  const parts = await Promise.all(['Ngày', 'Tháng', 'Năm'].map((label) => group.getByLabel(label, { exact: true }).inputValue()))
  return parts.join('/')
}
