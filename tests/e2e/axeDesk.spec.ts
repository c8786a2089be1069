/** axe finds no violation on any page of the desk, in the states an officer meets, in light and dark. */
import { expect, test, type Browser, type Page } from '@playwright/test'
import { writeEnvelope } from '../../core/wire/envelope.ts'
import { vi } from '../../src/i18n/vi.ts'
import { expectNoViolations } from '../support/axe.ts'
import { ask } from '../support/officeDatabase.ts'
import { anOfficeRun, type OfficeRun } from '../support/officeRun.ts'
import { today } from './people/answers.ts'
import { makesFirstAccount, officer, searches, signsIn } from './people/officer.ts'

const { tablet, desk, common } = vi
let office: OfficeRun
let hasOfficer = false

test.beforeAll(async () => {
  office = await anOfficeRun(['--demo'])
})
test.afterAll(async () => {
  await office.remove()
})

async function aBrowser(browser: Browser): Promise<Page> {
  return (await browser.newContext({ locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', serviceWorkers: 'block' })).newPage()
}

/** A signed-in officer in a browser of its own. */
async function atTheDesk(browser: Browser): Promise<Page> {
  const page = await aBrowser(browser)
  if (hasOfficer) await signsIn(page, office.origin)
  else await makesFirstAccount(page, office.links().officer)
  hasOfficer = true
  return page
}

const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).first().click()

test('signing in at the desk', async ({ browser }) => {
  const page = await aBrowser(browser)
  await page.goto(`${office.origin}/desk/first`)
  await expectNoViolations(page, 'first officer without a ticket')
  // The link is opened in the page that asked for it: only the fragment changes.
  await page.goto(office.links().officer)
  await expect(page).toHaveURL(`${office.origin}/desk/first`)
  await page.getByLabel(desk.first.again).fill('khác')
  await press(page, desk.first.submit)
  await expectNoViolations(page, 'first officer with problems')
  await page.goto(`${office.origin}/desk/sign-in`)
  await expectNoViolations(page, 'sign in')
  await page.getByLabel(desk.signIn.username).fill(officer.username)
  await page.getByLabel(desk.signIn.passphrase, { exact: true }).fill('không phải câu này')
  await press(page, common.signIn)
  await expect(page.getByText(desk.signIn.wrong)).toBeVisible()
  await expectNoViolations(page, 'sign in, wrong')
})

test('lists of the desk', async ({ browser }) => {
  test.setTimeout(180_000)
  const page = await atTheDesk(browser)
  for (const [path, heading] of [['inbox', desk.list.openTitle], ['quarantine', desk.list.quarantineTitle], ['decided', desk.list.decidedTitle]] as const) {
    await page.goto(`${office.origin}/desk/${path}`)
    await expect(page.getByRole('list', { name: heading }).getByRole('listitem').first()).toBeVisible()
    await expectNoViolations(page, path)
  }
  await searches(page, 'Không Có Ai')
  await expect(page.getByText(desk.search.nothing)).toBeVisible()
  await expectNoViolations(page, 'search, nothing found')
  await page.goto(`${office.origin}/desk/decided`)
  const code = /TN-[0-9A-Z]+-\d{6}-[0-9A-Z]+/.exec(await page.getByRole('listitem').filter({ hasText: 'TN-' }).first().innerText())?.[0] ?? ''
  await searches(page, code)
  await expect(page.getByRole('listitem').filter({ hasText: code })).toHaveCount(1)
  await expectNoViolations(page, 'search, found')
  for (const path of ['office', 'no-such-page', 'cases/00000000-0000-7000-8000-000000000000']) {
    await page.goto(`${office.origin}/desk/${path}`)
    await expectNoViolations(page, path)
  }
  await page.goto(`${office.origin}/desk/inbox`)
  await speaksEnglish(page)
  await expectNoViolations(page, 'inbox, English')
})

test('cases at the desk and every answer in both steps', async ({ browser }) => {
  test.setTimeout(180_000)
  const page = await atTheDesk(browser)
  for (const list of ['decided', 'quarantine', 'inbox']) {
    await page.goto(`${office.origin}/desk/${list}`)
    await page.getByRole('listitem').filter({ hasText: 'TN-' }).first().getByRole('link').first().click()
    await page.waitForURL('**/desk/cases/*')
    await expect(page.getByRole('heading', { name: desk.case.glance })).toBeVisible()
    await expectNoViolations(page, `case of ${list}`)
    if (list === 'quarantine') await looksAtAct(page, 'release', null)
  }
  await looksAtAct(page, 'accept', async () => {
    await page.getByLabel(desk.accept.code).fill(`H57.45-${today().slice(2).replaceAll('-', '')}-0777`)
  })
  await looksAtAct(page, 'supplement', async () => {
    await page.locator('label[for^="paper-"]').first().click()
    await page.locator('#supplement-message').fill('Xin bổ sung bản gốc.')
  })
  await looksAtAct(page, 'refuse', () => page.locator('#refuse-message').fill('Không thuộc thẩm quyền.'))
})

/** Opens an act of the open case, looks at it with problems, filled, and before it is sent; sends nothing. */
async function looksAtAct(page: Page, act: 'accept' | 'supplement' | 'refuse' | 'release', fills: (() => Promise<void>) | null): Promise<void> {
  await press(page, desk.act[act])
  await expectNoViolations(page, act)
  if (fills !== null) {
    await press(page, common.next)
    await expect(page.getByRole('alert').first()).toBeVisible()
    await expectNoViolations(page, `${act}, with problems`)
    await fills()
  }
  await press(page, common.next)
  await expect(page.getByRole('button', { name: desk.act.backToEdit })).toBeVisible()
  await expectNoViolations(page, `${act}, looked at again`)
  await press(page, desk.act.backToEdit)
  await press(page, desk.act.cancel)
}

test('people, tablets and the stick at the desk', async ({ browser }) => {
  test.setTimeout(180_000)
  const page = await atTheDesk(browser)
  await page.goto(`${office.origin}/desk/devices`)
  await press(page, desk.devices.add)
  await expect(page.getByText(desk.devices.ticketLine)).toBeVisible()
  await expectNoViolations(page, 'devices with a ticket')
  const code = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec(await page.locator('main').innerText())?.[0] ?? ''

  const stranger = await aBrowser(browser)
  await stranger.goto(`${office.origin}/enrol`)
  await stranger.locator('#enrol-code').fill(code)
  await press(stranger, tablet.enrol.act)
  await expect(stranger.getByRole('heading', { name: tablet.enrol.waitingTitle })).toBeVisible()
  await expectNoViolations(stranger, 'tablet waiting with six words')
  await page.goto(`${office.origin}/desk/devices`)
  await expect(page.getByRole('button', { name: desk.devices.confirm })).toBeVisible()
  await expectNoViolations(page, 'devices, one waiting')
  await press(page, desk.devices.turnAway)
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectNoViolations(page, 'devices, turning away')
  await stranger.context().close()
  await ask(office, 'update envelopes set seq = case when seq = 1 then 2 else seq + 4 end')
  await page.goto(`${office.origin}/desk/devices`)
  await expect(page.getByRole('heading', { name: desk.numbers.title })).toBeVisible()
  await expect(page.getByText(desk.numbers.forksAct).or(page.getByText(desk.numbers.missingAct)).first()).toBeVisible()
  await expectNoViolations(page, 'devices, numbers to look into')

  await page.goto(`${office.origin}/desk/volunteers`)
  await press(page, desk.volunteers.add)
  await expectNoViolations(page, 'volunteers with a problem')
  await page.getByRole('button', { name: new RegExp(`^${desk.volunteers.code}`) }).first().click()
  await expect(page.getByText(desk.volunteers.codeLine)).toBeVisible()
  await expectNoViolations(page, 'volunteers with a code')
  await page.goto(`${office.origin}/desk/officers`)
  await press(page, desk.officers.invite)
  await expect(page.getByText(desk.officers.inviteLine)).toBeVisible()
  await expectNoViolations(page, 'officers with an invitation')
  await looksAtCarrier(page)
})

async function looksAtCarrier(page: Page): Promise<void> {
  await page.goto(`${office.origin}/desk/carrier`)
  await press(page, desk.carrier.send)
  await expect(page.getByText(desk.carrier.noFile).first()).toBeVisible()
  await expectNoViolations(page, 'carrier without a file')
  const rows = await ask(office, 'select sealed, header from envelopes limit 2')
  const lines = [...rows.map(({ sealed, header }) => writeEnvelope({ envelope: String(sealed), header: String(header) })), 'not an envelope']
  await page.locator('#carrier-file').setInputFiles({ name: 'tiepsuc.ndjson', mimeType: 'application/x-ndjson', buffer: Buffer.from(lines.join('\n')) })
  await press(page, desk.carrier.send)
  await expect(page.getByText(desk.carrier.complete).first()).toBeVisible()
  await expectNoViolations(page, 'carrier with results')
}

async function speaksEnglish(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'English' }).first().click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
}
