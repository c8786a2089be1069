/** What an officer meets on a bad day, pictured: sticks, two versions of one code, doubtful badges, packs that have not come. */
import { expect, type Page } from '@playwright/test'
import { packRef } from '../../core/ids.ts'
import { writeCarrierLine } from '../../core/wire/carrier.ts'
import type { Envelope } from '../../core/wire/envelope.ts'
import { vi } from '../../src/i18n/vi.ts'
import type { OfficeRun } from '../support/officeRun.ts'
import { pictures } from './camera.ts'
import { aWireTablet, birthDigest, delivers, fetchesBadge, seals, type WireTablet } from './wireTablet.ts'

const { desk: words, common } = vi
const take = (page: Page, name: string): Promise<void> => pictures(page, 'desk', name)
const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).first().click()
const secretOf = (link: string, name: string): string => new URLSearchParams(new URL(link).hash.slice(1)).get(name) ?? ''

/** What the desk's own pages may ask, asked with the officer's cookie. */
async function asks(page: Page, path: string): Promise<{ link: string }> {
  const { origin } = new URL(page.url())
  const answer = await page.request.post(`${origin}/desk/api${path}`, { headers: { origin }, data: {} })
  return answer.ok() ? ((await answer.json().catch(() => ({ link: '' }))) as { link: string }) : { link: '' }
}

export interface StrangeCases {
  readonly tablet: WireTablet
  readonly packDigest: string
  readonly badge: string
  readonly disputed: string
  readonly doubtful: string
  readonly plain: string
}

/** A tablet with a badge and a second tablet that uses the first one's badge; a code that came twice. */
export async function makesStrangeCases(page: Page, office: OfficeRun): Promise<StrangeCases> {
  const tablet = await aWireTablet(office.origin, secretOf(office.links().tablet, 't'))
  const badge = await fetchesBadge(tablet, secretOf(office.links().badge, 'c'))
  const packDigest = await birthDigest(tablet)
  const second = await aWireTablet(office.origin, secretOf((await asks(page, '/enrolments')).link, 't'))
  await asks(page, `/devices/${second.device.device}/confirm`)
  const first = await seals(tablet, packDigest, { seq: 1, badge, answers: { 'con.hoTen': 'Tôn Nữ Thử Diệu Huyền' } })
  await delivers(tablet, first)
  await delivers(tablet, await seals(tablet, packDigest, { id: first.id, seq: 2, badge, answers: { 'con.hoTen': 'Tôn Nữ Thử Diệu Hiền', 'con.ngaySinh': '2026-11-06' } }))
  const stolen = await seals(second, packDigest, { seq: 1, badge, answers: { 'con.hoTen': 'Bùi Thử Nhật Minh' } })
  await delivers(second, stolen)
  const plain = await seals(tablet, packDigest, { seq: 3, badge, answers: { 'con.hoTen': 'Lê Thử Thanh Trà' } })
  await delivers(tablet, plain)
  return { tablet, packDigest, badge, disputed: first.id, doubtful: stolen.id, plain: plain.id }
}

async function opens(page: Page, office: OfficeRun, id: string): Promise<void> {
  await expect(async () => {
    await page.goto(`${office.origin}/desk/cases/${id}`)
    await expect(page.getByRole('article').first()).toBeVisible({ timeout: 3000 })
  }).toPass()
}

export async function looksAtStrangeCases(page: Page, office: OfficeRun, { disputed, doubtful, plain }: StrangeCases): Promise<void> {
  await opens(page, office, disputed)
  await expect(page.getByText(words.dispute.line)).toBeVisible()
  await take(page, '20-case-two-versions')
  await opens(page, office, doubtful)
  await expect(page.getByText(words.doubt.otherDevice)).toBeVisible()
  await take(page, '21-case-badge-doubtful')
  await page.goto(`${office.origin}/desk/decided`)
  const code = await page.locator('main').getByText(/^H57\.45-\d{6}-\d{4}$/).first().innerText()
  await opens(page, office, plain)
  await press(page, words.act.accept)
  await page.getByLabel(words.accept.code).fill(code)
  await page.getByLabel(words.accept.code).blur()
  await expect(page.locator('#accept-same')).toBeVisible()
  await press(page, common.next)
  await expect(page.getByRole('alert').first()).toBeVisible()
  await take(page, '22-case-code-used')
  await page.goto(`${office.origin}/desk/quarantine`)
  await page.getByRole('list', { name: words.list.quarantineTitle }).getByRole('link').first().click()
  await press(page, words.again.act)
  await expect(page.getByText(words.again.still)).toBeVisible()
  await take(page, '23-case-pack-unknown')
}

async function imports(page: Page, office: OfficeRun, name: string, content: string, seen: string, shot: string): Promise<void> {
  await page.goto(`${office.origin}/desk/carrier`)
  await page.locator('#carrier-file').setInputFiles({ name, mimeType: 'application/x-ndjson', buffer: Buffer.from(content) })
  await press(page, words.carrier.send)
  await expect(page.getByText(seen)).toBeVisible()
  await take(page, shot)
}

export async function looksAtImports(page: Page, office: OfficeRun, { tablet, packDigest, badge }: StrangeCases): Promise<void> {
  const line = (envelope: Envelope): string => writeCarrierLine({ kind: 'envelope', envelope })
  const good = await Promise.all([4, 5, 6].map((seq) => seals(tablet, packDigest, { seq, badge, answers: { 'con.hoTen': 'Phan Thử Minh Khôi' } })))
  const altered = await seals(tablet, packDigest, { seq: 7, badge })
  const unknown = await seals(tablet, packDigest, { seq: 8, badge, pack: packRef('9.000000', '1.0.0') })
  const lines = good.map(line).join('')
  await imports(page, office, 'tiepsuc-2026-11-24.ndjson', lines, words.carrier.goodText, '24-import-good')
  const mixed = `${lines}${line({ ...altered, envelope: altered.envelope.replace('"ciphertext":"', '"ciphertext":"A') })}${line(unknown)}{"cut`
  await imports(page, office, 'tiepsuc-2026-11-24.ndjson', mixed, words.carrier.someText, '25-import-some-refused')
  await imports(page, office, 'thu-moi-hop.txt', 'Kính gửi các đồng chí,\nMời họp lúc 14 giờ.\n', words.carrier.foreignText, '26-import-wrong-file')
}

/** Before any case has come. */
export async function looksAtEmptyInbox(page: Page): Promise<void> {
  await expect(page.getByText(words.list.openEmpty)).toBeVisible()
  await take(page, '03-inbox-empty')
}
