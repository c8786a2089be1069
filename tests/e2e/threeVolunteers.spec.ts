/**
 * Three volunteers share one tablet: each sees only her own drafts, cases and visit; the outbox names nobody and shows all;
 * and whoever is there, or nobody at all, the applications of all three are delivered.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { vi } from '../../src/i18n/vi.ts'
import { closeQuietly, launchProfile } from '../support/chromium.ts'
import { aMarker } from '../support/markers.ts'
import { count } from '../support/officeDatabase.ts'
import { anOfficeRun, type OfficeRun } from '../support/officeRun.ts'
import { wholeFamilyAnswers } from './people/answers.ts'
import { signsInFirst } from './people/officer.ts'
import { opensWholeDraft } from './people/vaultOutside.ts'
import { appPage, finalises, isReadyForOffline, joins, passphrase, takesBadge } from './people/volunteer.ts'
import { rowsOf } from './tabletDatabase.ts'

const words = vi.tablet
let office: OfficeRun
let profile: string
let context: BrowserContext
let page: Page

test.beforeEach(async () => {
  office = await anOfficeRun()
  profile = mkdtempSync(join(tmpdir(), 'tiepsuc-three-'))
  context = await launchProfile(profile)
  page = await appPage(context)
})
test.afterEach(async () => {
  await closeQuietly(context)
  await office.remove()
  rmSync(profile, { recursive: true, force: true })
})

interface Volunteer {
  readonly name: string
  /** Of whom the finished and the unfinished application speak. */
  readonly finished: string
  readonly unfinished: string
  localCode: string
}
const aVolunteer = (name: string): Volunteer => ({ name, finished: aMarker('Xong'), unfinished: aMarker('Nhap'), localCode: '' })

test('each of three volunteers sees her own work and nobody else’s, and all is delivered whoever is there', { tag: '@long' }, async ({ browser }) => {
  test.setTimeout(240_000)
  const [a, b, c] = [aVolunteer('Tình nguyện viên 1'), aVolunteer('Trần Thị Bê'), aVolunteer('Lê Văn Xê')]
  await joins(page, office.links())
  const badges = await givesBadges(browser, [b.name, c.name])
  await isReadyForOffline(page)
  await context.setOffline(true)
  await unlocksAs(a)
  await works(a)
  expect(await rowsOf(page, 'visits')).toHaveLength(1)
  await blocksDelivery()
  await context.setOffline(false)
  for (const [place, one] of [b, c].entries()) {
    await takesBadge(page, badges[place] ?? '')
    await expect(page.getByRole('button', { name: words.visit.scanFirst })).toBeVisible()
    await works(one)
  }

  for (const one of [a, b, c]) {
    await unlocksAs(one)
    await seesOnly(one, [a, b, c].filter((other) => other !== one))
  }
  expect(await count(office, 'envelopes')).toBe(0)
  await locks()
  await context.unroute('**/api/v1/envelopes/**')
  await context.unroute('**/api/v1/carriers')
  await page.getByRole('link', { name: words.outbox.title }).click()
  await page.getByRole('button', { name: vi.common.sendNow }).click()
  await expect(page.locator('[data-state=complete]')).toHaveCount(3)
  await namesNobody(await page.content(), [a, b, c])
  expect(await count(office, 'envelopes')).toBe(3)
})

/** An officer adds volunteers; the links to their badges. */
async function givesBadges(browser: Browser, names: readonly string[]): Promise<string[]> {
  const desk = await signsInFirst(browser, office.links().officer)
  const post = async (path: string, body: object): Promise<unknown> => {
    const answer = await desk.request.post(`${office.origin}/desk/api${path}`, { data: body, headers: { origin: office.origin } })
    expect(answer.ok()).toBe(true)
    return answer.json()
  }
  const links: string[] = []
  for (const name of names) {
    await post('/volunteers', { name })
    const { volunteers } = (await (await desk.request.get(`${office.origin}/desk/api/volunteers`)).json()) as { volunteers: { id: string; name: string }[] }
    const made = (await post(`/volunteers/${volunteers.find((one) => one.name === name)?.id ?? ''}/code`, {})) as { link: string }
    links.push(made.link)
  }
  await desk.context().close()
  return links
}

/** The office takes no application for now; everything else goes on. */
async function blocksDelivery(): Promise<void> {
  await context.route('**/api/v1/envelopes/**', (route) => route.abort())
  await context.route('**/api/v1/carriers', (route) => route.abort())
}

async function locks(): Promise<void> {
  await page.getByRole('button', { name: vi.common.lock }).click()
  await expect(page.getByLabel(words.unlock.passphrase, { exact: true })).toBeVisible()
}

/** From a locked tablet, or a page that was loaded anew, to the home page of this volunteer. */
async function unlocksAs({ name }: Volunteer): Promise<void> {
  await page.goto(office.origin)
  const choice = page.getByRole('radio', { name })
  await expect(page.getByLabel(words.unlock.passphrase, { exact: true })).toBeVisible()
  if ((await choice.count()) > 0) await choice.check({ force: true })
  await page.getByLabel(words.unlock.passphrase, { exact: true }).fill(passphrase)
  await page.getByRole('button', { name: vi.common.unlock }).click()
  await expect(page.getByRole('heading', { name: words.home.title })).toBeVisible()
}

/** Finalises one application and leaves another unfinished. */
async function works(one: Volunteer): Promise<void> {
  await opensWholeDraft(page, { ...wholeFamilyAnswers(), 'con.hoTen': `Lê ${one.finished}` })
  one.localCode = await finalises(page)
  await page.getByRole('link', { name: words.home.name }).click()
  await opensWholeDraft(page, { ...wholeFamilyAnswers(), 'con.hoTen': `Lê ${one.unfinished}` })
  await page.getByRole('link', { name: words.home.name }).click()
}

/** Walks every screen of an unlocked volunteer; then what the page and its storage hold. */
async function seesOnly(one: Volunteer, others: readonly Volunteer[]): Promise<void> {
  const theirs = others.flatMap(({ finished, unfinished }) => [finished, unfinished])
  const looks = async (own: string | null): Promise<void> => {
    if (own !== null) await expect(page.locator('main')).toContainText(own)
    const seen = `${await page.title()} ${page.url()} ${await page.content()}`
    for (const name of theirs) expect(seen).not.toContain(name)
  }
  await looks(one.unfinished)
  await page.getByRole('link', { name: words.cases.short, exact: false }).first().click()
  await looks(one.finished)
  await page.getByRole('link', { name: words.outbox.short, exact: false }).first().click()
  await expect(page.getByRole('list', { name: words.outbox.title }).getByRole('listitem')).toHaveCount(3)
  await namesNobody(await page.content(), [one, ...others])
  await page.getByRole('link', { name: words.settings.short, exact: false }).first().click()
  await looks(null)
  for (const { localCode } of others) {
    const id = (await rowsOf(page, 'items')).find((item) => item['localCode'] === localCode)?.['id']
    await page.getByRole('link', { name: words.outbox.short, exact: false }).first().click()
    await page.getByRole('link', { name: localCode }).click()
    await page.waitForURL(`**/cases/${String(id)}`)
    await looks(null)
  }
  await namesNobody(await readableStorage(), [one, ...others])
}

function namesNobody(text: string, volunteers: readonly Volunteer[]): Promise<void> {
  for (const { finished, unfinished } of volunteers) {
    expect(text).not.toContain(finished)
    expect(text).not.toContain(unfinished)
  }
  return Promise.resolve()
}

/** Everything that a script of this page can read as text. */
async function readableStorage(): Promise<string> {
  const tables = await Promise.all(['device', 'vaults', 'drafts', 'items', 'envelopes', 'cases', 'marks', 'visits'].map((table) => rowsOf(page, table)))
  const rest = await page.evaluate(() => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, history.state, window.name]))
  return `${JSON.stringify(tables)} ${rest}`
}
