import { expect, it } from 'vitest'
import { base64url, utf8 } from '../../../../core/bytes.ts'
import { branded, isApplicationId, isDeviceId, isDigest, isPackRef, isVolunteerId, uuidv7 } from '../../../../core/ids.ts'
import { makeCasebook, type CaseRows } from '../../../../src/offline/vault/casebook.ts'
import { encrypt, importCipherKey } from '../../../../src/offline/vault/cipher.ts'
import { realRandom } from '../../../support/offline/fakePorts.ts'

const owner = branded('01920000-0000-7000-8000-0000000000a1', isVolunteerId)
const pack = branded('1.001193@1.0.0', isPackRef)
const sum = base64url(new Uint8Array(32))

/** Applications begun a minute after each other, the oldest first. */
async function aBookOf(count: number) {
  const key = await importCipherKey(realRandom.bytes(32))
  const rows = await Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const startMs = Date.UTC(2026, 10, 1) + at * 60_000
      const id = branded(uuidv7(startMs, realRandom.bytes(10)), isApplicationId)
      const finalisedAt = new Date(startMs).toISOString()
      const stub = { pack, localCode: `TN-03-261101-${String(at)}`, label: `Người thứ ${String(at + 1)}`, finalisedAt, replyKey: sum }
      const item = {
        ...{ id, device: branded(sum, isDeviceId), digest: branded(sum, isDigest), pack, localCode: stub.localCode, sequence: at + 1, state: 'complete' as const },
        ...{ queuedAt: finalisedAt, sizeBytes: 1, fitsCarrier: true, parts: [], missing: [], outcome: null, reason: null, note: null, settledAt: null, exportedAt: null, held: true },
      }
      return { item, case: { id, owner, stub: await encrypt(key, { table: 'cases.stub', id, version: 1 }, utf8(JSON.stringify(stub)), realRandom) } }
    }),
  )
  const all: CaseRows = { cases: rows.map((row) => row.case), items: rows.map(({ item }) => item), events: [] }
  const volunteer = { id: owner, name: 'Lê Thị Hoa', number: 'TNV-001', badgeExpiresAt: '2027-05-01T00:00:00.000Z' }
  return { all, open: makeCasebook({ volunteer, badge: '', key, draftKeys: new Map() }) }
}

it('a thick casebook tells its newest sixty before the rest is opened, once for each unlocking', async () => {
  const { all, open } = await aBookOf(100)
  const told: string[][] = []
  const labels = (views: readonly { label: string }[]): string[] => views.map(({ label }) => label)

  const whole = labels(await open(all, (views) => told.push(labels(views))))
  await open(all, (views) => told.push(labels(views)))

  expect(whole).toHaveLength(100)
  expect([whole[0], whole[99]]).toEqual(['Người thứ 100', 'Người thứ 1'])
  expect(told).toEqual([whole.slice(0, 60)])
})

it('a thin casebook is told once, whole', async () => {
  const { all, open } = await aBookOf(60)
  const told: unknown[] = []

  expect(await open(all, (views) => told.push(views))).toHaveLength(60)
  expect(told).toEqual([])
})

it('a case that the office has lost, and this tablet had given up, says so', async () => {
  const { all, open } = await aBookOf(2)
  const items = all.items.map((item, at) => (at === 0 ? { ...item, held: false, gone: true } : item))

  const views = await open({ ...all, items }, () => undefined)

  expect(views.map(({ label, gone }) => [label, gone])).toEqual([['Người thứ 2', false], ['Người thứ 1', true]])
})
