/** An officer's morning, pictured, with the marked demo cases of people who do not exist. */
import { expect, type Browser, type Page } from '@playwright/test'
import { vi } from '../../src/i18n/vi.ts'
import type { OfficeRun } from '../support/officeRun.ts'
import { makesFirstAccount, officer, searches } from '../e2e/people/officer.ts'
import { pictures, type Shot } from './camera.ts'

const { desk: words, tablet, common } = vi
const take = (page: Page, name: string, shot?: Shot): Promise<void> => pictures(page, 'desk', name, shot)
const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).first().click()

export async function signsIn(page: Page, office: OfficeRun): Promise<void> {
  await page.goto(office.links().officer)
  await expect(page.getByLabel(words.first.again)).toBeVisible()
  await take(page, '01-first-officer')
  await page.goto(`${office.origin}/desk/sign-in`)
  await page.getByLabel(words.signIn.username).fill(officer.username)
  await page.getByLabel(words.signIn.passphrase, { exact: true }).fill('không phải câu này')
  await press(page, common.signIn)
  await expect(page.getByText(words.signIn.wrong)).toBeVisible()
  await take(page, '02-sign-in-wrong')
  await makesFirstAccount(page, office.links().officer)
}

export async function looksAtLists(page: Page, office: OfficeRun): Promise<void> {
  for (const [path, heading, name] of [
    ['inbox', words.list.openTitle, '03-inbox'],
    ['quarantine', words.list.quarantineTitle, '04-quarantine'],
    ['decided', words.list.decidedTitle, '05-decided'],
  ] as const) {
    await page.goto(`${office.origin}/desk/${path}`)
    await expect(page.getByRole('list', { name: heading }).getByRole('listitem').first()).toBeVisible()
    await take(page, name)
  }
  await searches(page, 'Không Có Ai')
  await expect(page.getByText(words.search.nothing)).toBeVisible()
  await take(page, '06-search-nothing')
}

export async function looksAtPeople(page: Page, browser: Browser, office: OfficeRun): Promise<void> {
  await page.goto(`${office.origin}/desk/devices`)
  await press(page, words.devices.add)
  await expect(page.getByText(words.devices.ticketLine)).toBeVisible()
  await take(page, '07-devices-ticket')
  const code = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec(await page.locator('main').innerText())?.[0] ?? ''
  const stranger = await (await browser.newContext({ locale: 'vi-VN', serviceWorkers: 'block' })).newPage()
  await stranger.goto(`${office.origin}/enrol`)
  await stranger.locator('#enrol-code').fill(code)
  await press(stranger, tablet.enrol.act)
  await expect(stranger.getByRole('heading', { name: tablet.enrol.waitingTitle })).toBeVisible()
  await pictures(stranger, 'tablet', '03-enrol-waiting-six-words')
  await stranger.context().close()
  await page.goto(`${office.origin}/desk/devices`)
  await expect(page.getByRole('button', { name: words.devices.confirm })).toBeVisible()
  await take(page, '08-devices-one-waiting')
  await page.goto(`${office.origin}/desk/volunteers`)
  await page.getByRole('button', { name: new RegExp(`^${words.volunteers.code}`) }).first().click()
  await expect(page.getByText(words.volunteers.codeLine)).toBeVisible()
  await take(page, '09-volunteers-code')
  await page.goto(`${office.origin}/desk/officers`)
  await press(page, words.officers.invite)
  await expect(page.getByText(words.officers.inviteLine)).toBeVisible()
  await take(page, '10-officers-invitation')
  await page.goto(`${office.origin}/desk/carrier`)
  await take(page, '11-carrier')
  await page.goto(`${office.origin}/desk/office`)
  await expect(page.locator('main dl')).toBeVisible()
  // Where this run's office lies is nobody's business.
  await page.locator('code').evaluateAll((codes) => { for (const code of codes) code.textContent = 'data/take-offline' })
  await take(page, '12-office')
}

export async function looksAtCase(page: Page, office: OfficeRun): Promise<void> {
  await page.goto(`${office.origin}/desk/inbox`)
  await page.getByRole('listitem').filter({ hasText: 'TN-' }).first().getByRole('link').first().click()
  await expect(page.getByRole('heading', { name: words.case.glance })).toBeVisible()
  await take(page, '13-case')
  await take(page, '14-case-window', { window: true })
  await page.emulateMedia({ colorScheme: 'dark' })
  await take(page, '15-case-dark', { window: true })
  await page.emulateMedia({ colorScheme: 'light' })
  for (const [act, name] of [['accept', '16-case-accept'], ['supplement', '17-case-supplement'], ['refuse', '18-case-refuse']] as const) {
    await press(page, words.act[act])
    await press(page, common.next)
    await expect(page.getByRole('alert').first()).toBeVisible()
    await take(page, name)
    await press(page, words.act.cancel)
  }
  await office.kill()
  await page.getByRole('link', { name: new RegExp(`^${words.nav.decided}`) }).first().click()
  await expect(page.getByRole('button', { name: common.retry }).first()).toBeVisible({ timeout: 30_000 })
  await take(page, '19-office-unreachable')
}
