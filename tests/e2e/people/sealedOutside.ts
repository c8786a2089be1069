/**
 * Sealed applications laid into a tablet as finalising leaves them: row, envelope, case and second copy in OPFS, each signed with
 * the tablet's own key, which never leaves its page. So a test has fifty of them without fifty forms.
 */
import type { Page } from '@playwright/test'
import { base64url, utf8 } from '../../../core/bytes.ts'
import { applicationBytes } from '../../../core/application/application.ts'
import { canonical } from '../../../core/canonical.ts'
import { newApplicationId, type ApplicationId, type DeviceId } from '../../../core/ids.ts'
import { makeLocalCode } from '../../../core/identity/localCode.ts'
import { digestOf, partsDigest } from '../../../core/sealing/digest.ts'
import { headerVersion } from '../../../core/sealing/header.ts'
import { verifyKeySet } from '../../../core/sealing/keySet.ts'
import { seal } from '../../../core/sealing/seal.ts'
import { mirrorName, writeMirrored, type Finalised } from '../../../src/offline/outbox/mirrored.ts'
import { officeRowShape, readRow, vaultRowShape } from '../../../src/offline/rows.ts'
import { anApplication } from '../../support/office.ts'
import { putRows, rowsOf } from '../tabletDatabase.ts'

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const anyCiphertext = () => ({ iv: random(12), bytes: random(64) })

/** Lays them in, numbered on from `after`; the app must be started again to see them. */
export async function laysSealed(page: Page, howMany: number, after = 0): Promise<void> {
  const office = readRow(officeRowShape, (await rowsOf(page, 'device')).find(({ name }) => name === 'office'))
  const vault = readRow(vaultRowShape, (await rowsOf(page, 'vaults'))[0])
  if (office === null || vault === null) throw new Error('not enrolled')
  const keySet = await verifyKeySet(office.keySet, office.root)
  if (!keySet.ok) throw new Error(keySet.failure.kind)
  const startMs = Date.now() - howMany * 60_000
  const sealed = await Promise.all(
    Array.from({ length: howMany }, async (_, at) => {
      const application = anApplication({ id: newApplicationId(startMs + at * 60_000, random(10)) })
      const { id, pack } = application
      const made = await seal(applicationBytes(application), { id, device: office.device, pack, parts: await partsDigest([]) }, keySet.value)
      if (!made.ok) throw new Error(made.failure.kind)
      const digest = await digestOf(made.value)
      const seq = after + at + 1
      return { id, pack, digest, text: made.value, seq, input: signingInput({ v: headerVersion, id, digest, device: office.device, pack, parts: [], seq }, office.device) }
    }),
  )
  const signatures = await signsInPage(page, sealed.map(({ input }) => input))
  const finalised = sealed.map(({ id, pack, digest, text, seq, input }, at): Finalised => {
    const queuedAt = new Date(startMs + at * 60_000).toISOString()
    const localCode = makeLocalCode({ device: office.number, date: queuedAt.slice(0, 10), sequence: seq })
    return {
      draftVersion: 2,
      item: {
        ...{ id, device: office.device, digest, pack, localCode, sequence: seq, state: 'queued', queuedAt, sizeBytes: text.length, fitsCarrier: true },
        ...{ parts: [], missing: null, outcome: null, reason: null, note: null, settledAt: null, held: true, exportedAt: null },
      },
      envelope: { id, envelope: text, header: `${input}.${signatures[at] ?? ''}` },
      case: { id, owner: vault.id, stub: anyCiphertext() },
    }
  })
  await laysMirrors(page, finalised)
  await putRows(page, 'envelopes', finalised.map(({ envelope }) => envelope))
  await putRows(page, 'cases', finalised.map((one) => one.case))
  await putRows(page, 'items', finalised.map(({ item }) => item))
  await putRows(page, 'device', [{ name: 'sequence', device: office.device, last: after + howMany }])
}

/** Rows of drafts that nobody can open: enough to be counted. */
export async function laysDrafts(page: Page, howMany: number): Promise<void> {
  const vault = readRow(vaultRowShape, (await rowsOf(page, 'vaults'))[0])
  const at = new Date().toISOString()
  const aRow = (id: ApplicationId) => ({
    ...{ id, owner: vault?.id, pack: '1.001193@1.0.0', packDigest: 'd'.repeat(43), version: 1, startedAt: at, updatedAt: at, inReplyTo: null },
    ...{ wrappedKey: anyCiphertext(), escrowKey: 'x', content: anyCiphertext(), label: anyCiphertext(), parts: [] },
  })
  await putRows(page, 'drafts', Array.from({ length: howMany }, () => aRow(newApplicationId(Date.now(), random(10)))))
}

function signingInput(claims: Parameters<typeof canonical>[0], kid: DeviceId): string {
  const encode = (text: string): string => base64url(utf8(text))
  return `${encode(JSON.stringify({ alg: 'ES256', typ: 'tiepsuc-header+jws', kid }))}.${encode(canonical(claims))}`
}

/** The key cannot be read out; the page signs with it. */
async function signsInPage(page: Page, inputs: readonly string[]): Promise<string[]> {
  const signed = await page.evaluate(async (texts) => {
    const key = await new Promise<CryptoKey>((resolve, reject) => {
      const opening = indexedDB.open('tiepsuc')
      opening.onerror = () => reject(new Error('cannot open'))
      opening.onsuccess = () => {
        const row = opening.result.transaction('device').objectStore('device').get('identity')
        row.onsuccess = () => {
          opening.result.close()
          resolve((row.result as { privateKey: CryptoKey }).privateKey)
        }
      }
    })
    const made: number[][] = []
    for (const text of texts) made.push([...new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, new TextEncoder().encode(text)))])
    return made
  }, inputs)
  return signed.map((bytes) => base64url(Uint8Array.from(bytes)))
}

async function laysMirrors(page: Page, finalised: readonly Finalised[]): Promise<void> {
  const files = finalised.map((one) => ({ name: mirrorName(one.item), text: writeMirrored(one) }))
  await page.evaluate(async (written) => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('mirror', { create: true })
    for (const { name, text } of written) {
      const file = await (await folder.getFileHandle(name, { create: true })).createWritable()
      await file.write(text)
      await file.close()
    }
  }, files)
}
