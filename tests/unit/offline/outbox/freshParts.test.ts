import { beforeEach, describe, expect, it } from 'vitest'
import { withPage } from '../../../../core/application/attachment.ts'
import { sameBytes, type Bytes } from '../../../../core/bytes.ts'
import { orFresh, settledAfterMs, settleFresh } from '../../../../src/offline/outbox/freshParts.ts'
import { aDraft, aWorkingTablet, content, must, unlocked } from '../../../support/offline/aTablet.ts'

const picture: Bytes = Uint8Array.from({ length: 300_000 }, (_, at) => (at * 17) % 251)

let one: Awaited<ReturnType<typeof aWorkingTablet>>
beforeEach(async () => {
  one = await aWorkingTablet()
})

const files = () => one.device.parts.files
const settle = () => settleFresh(one.ports)
const wait = (ms: number): void => void (one.device.time.nowMs += ms)
const copies = () => one.db.freshParts.count()
/** What Chromium's list of files loses, the bytes being on the disk. */
const losesPower = (): void => files().clear()

async function aDraftWithPhoto() {
  const draft = await aDraft(one.tablet)
  const page = must(await one.tablet.photos.keep({ document: 'giayChungSinh', mediaType: 'image/jpeg', widthPx: 1500, heightPx: 2000, bytes: picture }))
  const version = must(await one.tablet.drafts.save(draft.id, draft.version, content({ attachments: withPage([], page) })))
  return { id: draft.id, version, page }
}

describe('a photo whose files a power cut took', () => {
  it('is read and finalised at once, and its files are there again after the start', async () => {
    const { id, version, page } = await aDraftWithPhoto()
    losesPower()
    const after = one.device.page()
    await unlocked(after.tablet)
    expect(sameBytes(must(await after.tablet.photos.read(page)), picture)).toBe(true)
    await settle()

    expect(new Set(files().keys())).toEqual(new Set(page.parts))
    must(await after.tablet.drafts.finalise(id, version))
  })

  it('is finalised and sent by the worker before any page has started', async () => {
    const { page } = await aDraftWithPhoto()
    losesPower()
    const worker = orFresh(one.ports.parts, one.db)

    for (const name of page.parts) expect(await worker.read(name)).not.toBeNull()
  })

  it('is made anew where a file is there and not what it was', async () => {
    const { page } = await aDraftWithPhoto()
    const [first = ''] = page.parts
    files().set(first, { bytes: new Uint8Array(7), writtenAtMs: 0 })
    await settle()

    expect(sameBytes(must(await one.tablet.photos.read(page)), picture)).toBe(true)
  })

  it('has its second copy again from then on: the next cut may come at once', async () => {
    const { page } = await aDraftWithPhoto()
    wait(settledAfterMs)
    losesPower()
    await settle()
    wait(settledAfterMs - 1)
    await settle()
    losesPower()
    await settle()

    expect(new Set(files().keys())).toEqual(new Set(page.parts))
  })

  it('keeps its second copy while the files cannot be made anew', async () => {
    const { page } = await aDraftWithPhoto()
    losesPower()
    one.device.parts.trouble = 'storageFull'
    wait(settledAfterMs)
    await settle()
    expect(await copies()).toBe(2)
    one.device.parts.trouble = null
    await settle()

    expect(new Set(files().keys())).toEqual(new Set(page.parts))
  })
})

describe('the second copy of a part', () => {
  it('goes when the file has had time to settle, and not before', async () => {
    await aDraftWithPhoto()
    wait(settledAfterMs - 1)
    await settle()
    expect(await copies()).toBe(2)
    wait(1)
    await settle()

    expect([await copies(), files().size]).toEqual([0, 2])
  })

  it('does not stay for years when the clock was ahead', async () => {
    wait(400 * 86_400_000)
    await aDraftWithPhoto()
    wait(-400 * 86_400_000)
    await settle()
    wait(settledAfterMs)
    await settle()

    expect(await copies()).toBe(0)
  })

  it('goes with the draft, and nothing comes back', async () => {
    const { id } = await aDraftWithPhoto()
    must(await one.tablet.drafts.discard(id))
    await settle()

    expect([await copies(), files().size]).toEqual([0, 0])
  })

  it('that found no room is a photo that was not kept, and leaves nothing', async () => {
    const { freshParts } = one.db
    freshParts.hook('creating', () => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    const kept = await one.tablet.photos.keep({ document: 'giayChungSinh', mediaType: 'image/jpeg', widthPx: 1500, heightPx: 2000, bytes: picture })

    expect(kept).toMatchObject({ ok: false, failure: { kind: 'storageFull' } })
    expect([await copies(), files().size]).toEqual([0, 0])
  })

  it('goes by itself while a page is open, and a page that starts makes files anew', async () => {
    const { page } = await aDraftWithPhoto()
    losesPower()
    const stop = one.device.page().tablet.start()
    await expect.poll(() => new Set(files().keys())).toEqual(new Set(page.parts))
    expect(await copies()).toBe(2)
    one.device.time.turn(settledAfterMs)
    await expect.poll(copies).toBe(0)
    stop()

    expect(new Set(files().keys())).toEqual(new Set(page.parts))
  })
})
