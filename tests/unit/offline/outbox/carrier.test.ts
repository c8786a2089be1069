// The carrier as files, and the outcomes that come back: written by a locked tablet, settled by nothing but a signature.
import { describe, expect, it } from 'vitest'
import type { ApplicationId } from '../../../../core/ids.ts'
import { signOutcome, type Outcome } from '../../../../core/sealing/outcome.ts'
import { parseCarrierLine } from '../../../../core/wire/carrier.ts'
import { itemRowShape, readRow, type ItemRow } from '../../../../src/offline/rows.ts'
import type { NewPhoto, Tablet } from '../../../../src/offline/tablet.ts'
import { makeKeys } from '../../../support/offline/fakeOffice.ts'
import { anApplication, aRunner, aWorkingTablet, exported, must, outboxNow } from '../../../support/offline/aTablet.ts'

type Page = Awaited<ReturnType<typeof aWorkingTablet>>

const aPhoto = (): NewPhoto => ({ document: 'giayChungSinh', mediaType: 'image/jpeg', widthPx: 100, heightPx: 100, bytes: new Uint8Array(300_000).fill(9) })
const withPhoto = async (tablet: Tablet): Promise<ApplicationId> => anApplication(tablet, { attachments: [must(await tablet.photos.keep(aPhoto()))] })
const kinds = (lines: readonly string[]): string => lines.map((line) => must(parseCarrierLine(line)).kind).join(' ')
async function itemOf({ db }: Page, id: ApplicationId): Promise<ItemRow> {
  const item = readRow(itemRowShape, await db.items.get(id))
  if (item === null) throw new Error('no item')
  return item
}

/** A line of an outcomes file about this item, as the office would sign it but for the changes. */
async function aLine(page: Page, id: ApplicationId, kind: Outcome['kind'], { keys = page.device.office.keys, missing, ...changes }: Partial<Outcome> & { keys?: Page['device']['office']['keys']; missing?: string[] } = {}): Promise<string> {
  const { digest, device, parts } = await itemOf(page, id)
  const about: Outcome = { kind, id, digest, device, epoch: page.device.office.mark.epoch, head: 7, at: '2026-11-24T03:00:00.000Z', ...changes }
  const outcome = await signOutcome(about, keys.signing, keys.kid)
  return JSON.stringify({ line: 0, outcome, missing: missing ?? (kind === 'received' ? parts : []) })
}

const bring = async (page: Page, ...files: string[]) => must(await page.tablet.outbox.bringBack(files.map((text) => new Blob([text]))))
const nothing = { complete: 0, received: 0, refused: 0, disputed: 0, known: 0, strange: 0 }

describe('an export', () => {
  it('holds an application before its photos, and the text alone when that is wished', async () => {
    const page = await aWorkingTablet()
    await withPhoto(page.tablet)
    await anApplication(page.tablet)
    page.tablet.vault.lock()

    expect(kinds(await exported(page.tablet))).toBe('envelope part part envelope')
    expect(kinds(await exported(page.tablet, false))).toBe('envelope envelope')
  })

  it('is as large as was said before, with photos and without', async () => {
    const page = await aWorkingTablet()
    await withPhoto(page.tablet)
    const plan = await page.tablet.outbox.planExport(true)
    const bytesOf = async (withPhotos: boolean): Promise<number> => (await exported(page.tablet, withPhotos)).join('\n').length + 1

    expect(plan.textBytes + plan.photoBytes).toBe(await bytesOf(true))
    expect(plan.textBytes).toBe(await bytesOf(false))
    expect(plan.files[0]?.sizeBytes).toBe(plan.textBytes + plan.photoBytes)
  })

  it('counts what is too large for a line and goes by network only', async () => {
    const page = await aWorkingTablet()
    const large = await anApplication(page.tablet)
    await anApplication(page.tablet)
    await page.db.items.put({ ...(await itemOf(page, large)), fitsCarrier: false })

    expect(await page.tablet.outbox.planExport(true)).toMatchObject({ applications: 1, tooLarge: 1 })
    expect(kinds(await exported(page.tablet))).toBe('envelope')
  })

  it('takes the sealed bytes from the mirror when their row is gone', async () => {
    const page = await aWorkingTablet()
    const id = await anApplication(page.tablet)
    const before = await exported(page.tablet)
    await page.db.envelopes.delete(id)

    expect(await exported(page.tablet)).toEqual(before)
  })

  it('is noted on its applications for people to see, and changes no state', async () => {
    const page = await aWorkingTablet()
    const id = await anApplication(page.tablet)
    must(await page.tablet.outbox.noteExported([id]))

    expect((await outboxNow(page.db)).items).toMatchObject([{ state: 'queued', exportedAt: '2026-11-24T02:00:00.000Z' }])
    await aRunner(page).run('started')
    expect((await outboxNow(page.db)).items).toMatchObject([{ state: 'complete' }])
  })
})

describe('outcomes brought back', () => {
  it('settle what the office has signed, on a locked tablet, and say nothing about the road', async () => {
    const page = await aWorkingTablet()
    const [one, two] = [await anApplication(page.tablet), await withPhoto(page.tablet)]
    page.tablet.vault.lock()

    const brought = await bring(page, `${await aLine(page, one, 'complete')}\n${await aLine(page, two, 'received')}\n{"line":3,"stored":"x"}\n`)

    expect(brought).toEqual({ ...nothing, complete: 1, received: 1 })
    expect(await itemOf(page, one)).toMatchObject({ state: 'complete', settledAt: '2026-11-24T02:00:00.000Z' })
    expect(await itemOf(page, two)).toMatchObject({ state: 'received' })
    expect(await outboxNow(page.db)).toMatchObject({ road: 'unknown', lastReachedAt: null })
  })

  it('count the furthest of several about one application, whatever their order', async () => {
    const page = await aWorkingTablet()
    const id = await withPhoto(page.tablet)
    const [received, complete] = [await aLine(page, id, 'received'), await aLine(page, id, 'complete')]

    expect(await bring(page, complete, received)).toEqual({ ...nothing, complete: 1 })
    expect(await bring(page, `${received}\n${complete}`)).toEqual({ ...nothing, known: 1 })
    expect(await itemOf(page, id)).toMatchObject({ state: 'complete' })
  })

  it('survive a byte order mark and carriage returns', async () => {
    const page = await aWorkingTablet()
    const id = await anApplication(page.tablet)

    expect(await bring(page, `\uFEFF${await aLine(page, id, 'complete')}\r\n`)).toEqual({ ...nothing, complete: 1 })
  })

  it('with a signed no put the application aside, its bytes kept', async () => {
    const page = await aWorkingTablet()
    const id = await anApplication(page.tablet)

    expect(await bring(page, await aLine(page, id, 'refused', { reason: 'headerMismatch' }))).toEqual({ ...nothing, refused: 1 })
    expect(await itemOf(page, id)).toMatchObject({ state: 'refused', reason: 'headerMismatch', held: true })
  })

  it('are counted and change nothing when they are forged, cut, foreign or none at all', async () => {
    const page = await aWorkingTablet()
    const id = await anApplication(page.tablet)
    const good = await aLine(page, id, 'complete')
    const before = await page.db.items.toArray()
    const strange = [
      await aLine(page, id, 'complete', { keys: await makeKeys() }),
      await aLine(page, id, 'complete', { digest: 'd'.repeat(43) as ItemRow['digest'] }),
      good.replace('01890000', '01890001'),
      good.slice(0, -40),
      JSON.stringify({ line: 0, outcome: 'xin chào', missing: [] }),
      '\u0000\u0001ÿØÿà JFIF',
      '',
    ]

    for (const file of strange.filter((text) => text !== good)) {
      const brought = await bring(page, file)
      expect({ ...brought, strange: 0 }, file.slice(0, 40)).toEqual(nothing)
      expect(brought.strange).toBeGreaterThan(0)
    }
    expect(await page.db.items.toArray()).toEqual(before)
  })

  it('from before the office was restored settle nothing, since that office may have lost them', async () => {
    const page = await aWorkingTablet()
    const id = await anApplication(page.tablet)
    const old = await aLine(page, id, 'complete')
    const { epoch } = page.device.office.mark
    await page.db.marks.put({ name: 'feed', ledger: { epoch: { ...epoch, number: epoch.number + 1 }, head: 1 }, generation: 1, cursor: 0 })

    expect(await bring(page, old)).toEqual({ ...nothing, known: 1 })
    expect(await itemOf(page, id)).toMatchObject({ state: 'queued' })
  })
})
