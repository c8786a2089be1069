/** The real offline half, on real tables, beside the real office: a tablet that is enrolled, unlocked and sends by hand. */
import { expect } from 'vitest'
import { utf8 } from '../../../core/bytes.ts'
import { sha256 } from '../../../core/sealing/digest.ts'
import { fitsCarrier } from '../../../core/wire/carrier.ts'
import { writeEnvelope } from '../../../core/wire/envelope.ts'
import { makeTicket } from '../../../server/people/tickets.ts'
import { makeVolunteer } from '../../../server/people/volunteers.ts'
import type { Database } from '../../../src/offline/db.ts'
import { makeSignedIn } from '../../../src/offline/dpop.ts'
import { askHoldingsNow, fetchNews } from '../../../src/offline/feed/news.ts'
import { makeHttp } from '../../../src/offline/http.ts'
import { noteRefusal, readIdentity } from '../../../src/offline/keys.ts'
import { recover } from '../../../src/offline/outbox/recover.ts'
import { itemRowShape, readRows, vaultRowShape, type ItemRow } from '../../../src/offline/rows.ts'
import { keepLedger } from '../../../src/offline/tablet/keepLedger.ts'
import { birth } from '../office.ts'
import { anAttachment } from '../photos.ts'
import type { WholeOffice } from '../wholeOffice.ts'
import { sealedBy } from '../wholeTablet.ts'
import { aDevice, aRunner, must, passphrase, type Device } from './aTablet.ts'
import type { FakeParts } from './fakePorts.ts'

/** A real tablet, enrolled at a real office that can be exchanged behind its back. */
export async function aTabletOf(first: WholeOffice) {
  let whole = first
  const device = await aDevice()
  const page = device.page({ fetch: async (url, init) => whole.app.request(url, init) })
  const { tablet, db, ports } = page
  must(await tablet.device.enrol({ ticket: (await makeTicket(whole.office, { kind: 'enrol', confirmed: true, volunteer: null })).secret }))
  const volunteer = await makeVolunteer(whole.office, 'Lê Thị Hoa')
  const code = await makeTicket(whole.office, { kind: 'badge', confirmed: false, volunteer })
  must(await tablet.vault.create(must(await tablet.vault.claimBadge(code.code)), passphrase))
  const http = makeHttp(ports)
  const signedIn = makeSignedIn({ ...ports, http, identity: () => readIdentity(db), refused: (refusal) => noteRefusal(db, refusal) })
  const runner = aRunner(page)
  const asking = { ...ports, http, signedIn, queued: () => undefined }
  return {
    ...{ db, tablet },
    items: async () => readRows(itemRowShape, await db.items.toArray()),
    /** Lays so many applications into the outbox, each with so many photos of a part. */
    lays: (howMany: number, photos = 0) => laysItems(whole, { db, parts: device.parts }, howMany, photos),
    losesKey: () => losesKey({ db, ...device }),
    send: () => runner.run('started'),
    news: () => fetchNews(asking),
    ask: () => askHoldingsNow(asking),
    meets: (other: WholeOffice) => void (whole = other),
  }
}

export type OfficeTablet = Awaited<ReturnType<typeof aTabletOf>>

interface Laid {
  readonly db: Database
  readonly parts: FakeParts
}

/** Sealed by the tablet's own key, laid into its outbox as finalising leaves them. */
async function laysItems(whole: WholeOffice, { db, parts }: Laid, howMany: number, photos: number): Promise<string[]> {
  const identity = await readIdentity(db)
  const [vault] = readRows(vaultRowShape, await db.vaults.toArray())
  if (identity === null || vault === undefined) throw new Error('not enrolled')
  const before = await db.items.count()
  const laid = await Promise.all(
    Array.from({ length: howMany }, async (_, at) => {
      const sequence = before + at + 1
      const names = await laysPhotos(parts, photos)
      const application = { attachments: names.map((name, page) => anAttachment({ id: crypto.randomUUID(), order: page + 1, parts: [name] })) }
      const { envelope, header, id, digest } = await sealedBy(whole, { device: identity, badge: vault.badge }, { seq: sequence, parts: names, application })
      const sizeBytes = utf8(writeEnvelope({ envelope, header })).length
      const item: ItemRow = {
        ...{ id, digest, device: identity.device, pack: birth, localCode: `TN-03-261124-${sequence}`, sequence, state: 'queued', sizeBytes },
        ...{ queuedAt: new Date(Date.parse('2026-11-24T01:00:00.000Z') + sequence).toISOString(), fitsCarrier: fitsCarrier({ envelope, header }) },
        ...{ parts: names, missing: null, outcome: null, reason: null, note: null, settledAt: null, exportedAt: null, held: true },
      }
      return { item, row: { id, envelope, header } }
    }),
  )
  await db.items.bulkAdd(laid.map(({ item }) => item))
  await db.envelopes.bulkAdd(laid.map(({ row }) => row))
  return laid.map(({ item }) => item.id)
}

/** Names of new photos, as they lie on the tablet. */
async function laysPhotos(parts: FakeParts, howMany: number): Promise<string[]> {
  const names: string[] = []
  for (let photo = 0; photo < howMany; photo += 1) {
    const bytes = crypto.getRandomValues(new Uint8Array(2_000))
    names.push(await sha256(bytes))
    must(await parts.write(names.at(-1) ?? '', bytes))
  }
  return names
}

/** The key goes, as with a lost database; the ledger had it, and what is sealed is back from its second copies. */
async function losesKey({ db, ledger, mirror, clock, troubles }: Pick<Device, 'ledger' | 'mirror' | 'clock' | 'troubles'> & { db: Database }): Promise<void> {
  const stop = keepLedger({ db, ledger, trouble: (cause) => troubles.push(cause) })
  await expect.poll(() => ledger.keys?.own.length).toBe(1)
  stop()
  await db.device.clear()
  await recover({ db, ledger, mirror, clock })
}
