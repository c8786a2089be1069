/** Repeating is harmless, and a friendly page is no answer. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { vi } from '../../src/i18n/vi.ts'
import { closeQuietly, launchProfile } from '../support/chromium.ts'
import { ask, count } from '../support/officeDatabase.ts'
import { anOfficeRun, type OfficeRun } from '../support/officeRun.ts'
import { appPage, finalises, joins, unlocks } from './people/volunteer.ts'
import { opensWholeDraft } from './people/vaultOutside.ts'
import { rowsOf } from './tabletDatabase.ts'

let office: OfficeRun
let profile: string
let context: BrowserContext
let page: Page

test.beforeAll(async () => {
  office = await anOfficeRun()
  profile = mkdtempSync(join(tmpdir(), 'tiepsuc-tablet-'))
  context = await launchProfile(profile)
  page = await appPage(context)
  await joins(page, office.links())
})
test.afterAll(async () => {
  await closeQuietly(context)
  await office.remove()
  rmSync(profile, { recursive: true, force: true })
})

async function stateOf(localCode: string): Promise<unknown> {
  return (await rowsOf(page, 'items')).find((item) => item['localCode'] === localCode)?.['state']
}

test('the same bytes sent 200 times from two tabs are one case with one stored outcome', async () => {
  await opensWholeDraft(page)
  const localCode = await finalises(page)
  await expect.poll(() => stateOf(localCode)).toBe('complete')
  const [envelope] = await rowsOf(page, 'envelopes')
  const other = await context.newPage()
  await other.goto(`${office.origin}/outbox`)

  const answers = (await Promise.all([page, other].map((tab) => sendsHundredTimes(tab, envelope)))).flat()

  await other.close()
  expect(answers).toHaveLength(200)
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  expect(new Set(answers.map(({ outcome }) => outcome)).size).toBe(1)
  expect(await count(office, 'envelopes')).toBe(1)
  expect(await count(office, 'cases')).toBe(1)
  expect(await ask(office, 'select kind from outcomes')).toEqual([{ kind: 'complete' }])
})

async function sendsHundredTimes(tab: Page, envelope: unknown): Promise<{ status: number; outcome: string }[]> {
  return tab.evaluate(async (row) => {
    const { id, envelope: sealed, header } = row as { id: string; envelope: string; header: string }
    const body = JSON.stringify({ envelope: sealed, header })
    const send = async () => {
      const answer = await fetch(`/api/v1/envelopes/${id}`, { method: 'PUT', body, headers: { 'content-type': 'application/vnd.tiepsuc.envelope+json' } })
      return { status: answer.status, outcome: ((await answer.json()) as { outcome: string }).outcome }
    }
    const answers: { status: number; outcome: string }[] = []
    for (let batch = 0; batch < 10; batch += 1) answers.push(...(await Promise.all(Array.from({ length: 10 }, send))))
    return answers
  }, envelope)
}

test('a Wi-Fi that answers with its login page changes nothing, is named, and everything goes out once it is gone', async () => {
  const before = await count(office, 'cases')
  await page.goto(office.origin)
  await unlocks(page)
  await context.route(`${office.origin}/api/**`, (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<html>Đăng nhập Wi-Fi</html>' }))
  await opensWholeDraft(page)
  const localCode = await finalises(page)
  await page.goto(`${office.origin}/outbox`)

  await expect(page.getByText(vi.tablet.road.portal)).toBeVisible({ timeout: 30_000 })
  expect(await stateOf(localCode)).toBe('queued')
  expect(await count(office, 'envelopes')).toBe(before)

  await context.unroute(`${office.origin}/api/**`)
  // A try of its own may be faster than the hand; then there is nothing left to press.
  const sendNow = page.getByRole('button', { name: vi.common.sendNow })
  await expect(async () => {
    if (await sendNow.isVisible()) await sendNow.click({ timeout: 2000 })
    expect(await stateOf(localCode)).toBe('complete')
  }).toPass({ timeout: 30_000 })
  expect(await count(office, 'cases')).toBe(before + 1)
})
