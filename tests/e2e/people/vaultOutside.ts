/**
 * A volunteer's vault opened outside of the page, by the passphrase and with the app's own cipher, so that a test can lay
 * in what would take a volunteer hours: a whole form, or thousands of cases. To the app these rows are its own.
 */
import { expect, type Page } from '@playwright/test'
import { argon2id } from 'hash-wasm'
import { base64url, utf8 } from '../../../core/bytes.ts'
import { canonical } from '../../../core/canonical.ts'
import { branded, isDigest, newApplicationId, secretText, type ApplicationId } from '../../../core/ids.ts'
import { makeLocalCode } from '../../../core/identity/localCode.ts'
import type { Answers } from '../../../core/procedure/answers.ts'
import { sealReply } from '../../../core/sealing/reply.ts'
import { vi } from '../../../src/i18n/vi.ts'
import { draftRowShape, officeRowShape, readRow, vaultRowShape, type VaultRow } from '../../../src/offline/rows.ts'
import { decrypt, encrypt, importCipherKey, type Place } from '../../../src/offline/vault/cipher.ts'
import { putRows, rowsOf } from '../tabletDatabase.ts'
import { wholeFamilyAnswers } from './answers.ts'
import { passphrase, startsBirthRegistration } from './volunteer.ts'

const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)), fraction: () => 0.5 }
const pack = '1.001193@1.0.0'

interface OpenVault {
  readonly key: CryptoKey
  readonly row: VaultRow
}

/** The vault of this volunteer, or of the only one. */
async function opensVault(page: Page, owner?: string): Promise<OpenVault> {
  const row = readRow(vaultRowShape, (await rowsOf(page, 'vaults')).find(({ id }) => owner === undefined || id === owner))
  if (row === null) throw new Error('no volunteer on this tablet')
  const { kdf, id, wrappedKey } = row
  const password = utf8(passphrase.normalize('NFC'))
  const hash = await argon2id({ password, salt: kdf.salt, memorySize: kdf.memoryKiB, iterations: kdf.passes, parallelism: 1, hashLength: 32, outputType: 'binary' })
  return { row, key: await opensKey(await importCipherKey(new Uint8Array(hash)), { table: 'vaults', id, version: 1 }, wrappedKey) }
}

async function opensKey(key: CryptoKey, place: Place, wrapped: Parameters<typeof decrypt>[2]): Promise<CryptoKey> {
  const opened = await decrypt(key, place, wrapped)
  if (!opened.ok) throw new Error(`${place.table} does not open`)
  return importCipherKey(opened.value)
}

/** Writes answers into a draft that is stored and not open in any page. */
export async function writesInto(page: Page, draftId: string, answers: Answers): Promise<void> {
  const row = readRow(draftRowShape, (await rowsOf(page, 'drafts')).find(({ id }) => id === draftId))
  if (row === null) throw new Error('no such draft')
  const vault = await opensVault(page, row.owner)
  const { id, version: before } = row
  const version = before + 1
  const key = await opensKey(vault.key, { table: 'drafts.key', id, version: 1 }, row.wrappedKey)
  const label = typeof answers['con.hoTen'] === 'string' ? answers['con.hoTen'] : ''
  const content = { answers, papers: {}, touched: Object.keys(answers), place: null, label }
  await putRows(page, 'drafts', [{
    ...row,
    version,
    content: await encrypt(key, { table: 'drafts.content', id, version }, utf8(JSON.stringify(content)), random),
    label: await encrypt(vault.key, { table: 'drafts.label', id, version }, utf8(label), random),
  }])
}

/** A draft begun by hand and answered as a whole, open at its review. From the home page. */
export async function opensWholeDraft(page: Page, answers: Answers = wholeFamilyAnswers()): Promise<void> {
  await startsBirthRegistration(page)
  const id = /drafts\/([^/]+)/.exec(page.url())?.[1] ?? ''
  await page.getByRole('link', { name: vi.tablet.home.name }).click()
  // Until then the page may still be saving this draft, and both would write its next version.
  await expect(page.getByRole('heading', { name: vi.tablet.home.title })).toBeVisible()
  await writesInto(page, id, answers)
  await page.locator(`main a[href="/drafts/${id}"]`).click()
  await page.getByRole('button', { name: vi.tablet.form.review }).click()
  await expect(page.getByRole('heading', { name: vi.tablet.review.title })).toBeVisible()
}

/** Lays in finalised and accepted applications of this volunteer, the newest last. */
export async function laysCases(page: Page, howMany: number): Promise<void> {
  const vault = await opensVault(page)
  const office = readRow(officeRowShape, (await rowsOf(page, 'device')).find(({ name }) => name === 'office'))
  if (office === null) throw new Error('not enrolled')
  const startMs = Date.now() - howMany * 60_000
  const made = await Promise.all(
    Array.from({ length: howMany }, async (_, at) => {
      const atMs = startMs + at * 60_000
      const id = newApplicationId(atMs, random.bytes(10))
      const finalisedAt = new Date(atMs).toISOString()
      const localCode = makeLocalCode({ device: office.number, date: finalisedAt.slice(0, 10), sequence: 10_000 + at })
      const replyKey = secretText(random.bytes(32))
      const stub = { pack, localCode, label: `Nguyễn Thị Thử ${String(at + 1)}`, finalisedAt, replyKey }
      const sealed = await sealReply({ kind: 'accepted', at: finalisedAt, code: `H57.99-${String(at).padStart(6, '0')}`, resultOn: finalisedAt.slice(0, 10) }, replyKey)
      return {
        case: { id, owner: vault.row.id, stub: await encrypt(vault.key, { table: 'cases.stub', id, version: 1 }, utf8(canonical(stub)), random) },
        item: anItem(id, localCode, finalisedAt, at),
        event: { generation: 0, seq: 100_000 + at, id, at: finalisedAt, sealed },
      }
      function anItem(of: ApplicationId, code: string, queuedAt: string, place: number): object {
        return {
          ...{ id: of, device: office?.device, digest: branded(base64url(random.bytes(32)), isDigest), pack, localCode: code, sequence: 10_000 + place },
          ...{ state: 'complete', queuedAt, sizeBytes: 4000, fitsCarrier: true, parts: [], missing: [], outcome: null, reason: null, note: null, settledAt: queuedAt, held: false },
        }
      }
    }),
  )
  await putRows(page, 'cases', made.map((one) => one.case))
  await putRows(page, 'items', made.map((one) => one.item))
  await putRows(page, 'feedEvents', made.map((one) => one.event))
}
