import { beforeEach, describe, expect, it } from 'vitest'
import { withPage, type Attachment } from '../../../../core/application/attachment.ts'
import { sameBytes, type Bytes } from '../../../../core/bytes.ts'
import { sweepParts } from '../../../../src/offline/outbox/sweepParts.ts'
import { makeRoom } from '../../../../src/offline/outbox/purge.ts'
import type { NewPhoto } from '../../../../src/offline/tablet.ts'
import { aDraft, aRunner, aWorkingTablet, content, must, unlocked } from '../../../support/offline/aTablet.ts'
import { startMs } from '../../../support/offline/fakePorts.ts'

const picture: Bytes = Uint8Array.from({ length: 300_000 }, (_, at) => (at * 13) % 253)
const aPhoto = (change: Partial<NewPhoto> = {}): NewPhoto => ({ document: 'giayChungSinh', mediaType: 'image/jpeg', widthPx: 1500, heightPx: 2000, bytes: picture, ...change })
const halfAnHourMs = 30 * 60_000

let one: Awaited<ReturnType<typeof aWorkingTablet>>
beforeEach(async () => {
  one = await aWorkingTablet()
  one.device.parts.atMs = startMs
})

/** A saved draft with one photo in it. */
async function aDraftWithPhoto() {
  const { tablet } = one
  const draft = await aDraft(tablet)
  const page = must(await tablet.photos.keep(aPhoto()))
  const attachments = withPage([], page)
  const version = must(await tablet.drafts.save(draft.id, draft.version, content({ attachments })))
  return { id: draft.id, version, page, attachments }
}

const partsHere = (): number => one.device.parts.files.size
const later = (): void => void (one.device.time.nowMs += halfAnHourMs)
const sweep = () => sweepParts(one.ports)
/** The second copies that a photo has at first are gone (freshParts.test.ts). */
const hasSettled = () => one.db.freshParts.clear()

describe('a photo in a draft', () => {
  it('lies on disk in parts that show nothing of it, and is read back whole after a restart', async () => {
    const { id } = await aDraftWithPhoto()
    const after = one.device.page()
    await unlocked(after.tablet)
    const [page] = must(await after.tablet.drafts.open(id)).content.attachments
    if (page === undefined) throw new Error('the photo is gone')

    expect(page).toMatchObject({ document: 'giayChungSinh', order: 1, widthPx: 1500, heightPx: 2000, sizeBytes: 300_000 })
    expect(sameBytes(must(await after.tablet.photos.read(page)), picture)).toBe(true)
    for (const { bytes } of one.device.parts.files.values()) expect(Buffer.from(bytes).includes(Buffer.from(picture.subarray(1000, 1032)))).toBe(false)
  })

  it('has its key in no row and no file', async () => {
    const { page } = await aDraftWithPhoto()
    const rows = JSON.stringify(await one.db.drafts.toArray())

    expect(rows).not.toContain(page.key)
    expect(rows).toContain(page.parts[0])
  })

  it('is nobody’s until a save names it, and is gone when the save lost against another tab', async () => {
    const draft = await aDraft(one.tablet)
    const page = must(await one.tablet.photos.keep(aPhoto()))
    must(await one.tablet.drafts.save(draft.id, draft.version, content()))
    const lost = await one.tablet.drafts.save(draft.id, draft.version, content({ attachments: [page] }))
    await one.tablet.photos.forget([page])

    expect(lost).toMatchObject({ ok: false, failure: { kind: 'draftChanged' } })
    expect(partsHere()).toBe(0)
  })

  it('is not removed while a saved draft names it, whoever asks', async () => {
    const { page } = await aDraftWithPhoto()
    await one.tablet.photos.forget([page])

    expect(partsHere()).toBe(2)
  })

  it('goes with its draft, and the draft goes first', async () => {
    const { id } = await aDraftWithPhoto()
    const stillThere: boolean[] = []
    const { remove } = one.device.parts
    one.device.parts.remove = async (name) => {
      stillThere.push((await one.db.drafts.get(id)) !== undefined)
      await remove(name)
    }
    must(await one.tablet.drafts.discard(id))

    expect(stillThere).toEqual([false, false])
    expect(partsHere()).toBe(0)
  })

  it('cannot be read by a locked tablet, nor when a part of it is gone or altered', async () => {
    const { page } = await aDraftWithPhoto()
    await hasSettled()
    const [first = ''] = page.parts
    const kept = one.device.parts.files.get(first)
    one.device.parts.files.delete(first)
    expect(await one.tablet.photos.read(page)).toMatchObject({ failure: { kind: 'storageBroken', why: '1 parts gone' } })
    one.device.parts.files.set(first, { bytes: new Uint8Array(kept?.bytes.length ?? 0), writtenAtMs: 0 })
    expect(await one.tablet.photos.read(page)).toMatchObject({ failure: { kind: 'storageBroken' } })
    one.tablet.vault.lock()
    expect(await one.tablet.photos.read(page)).toMatchObject({ failure: { kind: 'locked' } })
    expect(await one.tablet.photos.keep(aPhoto())).toMatchObject({ failure: { kind: 'locked' } })
  })
})

describe('room', () => {
  it('is refused to photos while drafts still have it', async () => {
    one.device.storage.usedBytes = one.device.storage.quotaBytes === null ? null : one.device.storage.quotaBytes - 30 * 1024 * 1024

    expect(await one.tablet.photos.keep(aPhoto())).toMatchObject({ failure: { kind: 'storageFull' } })
    expect((await aDraft(one.tablet)).version).toBe(2)
    expect(partsHere()).toBe(0)
  })

  it('that ends in the middle of a photo leaves nothing of it behind', async () => {
    const { parts } = one.device
    const { write } = parts
    let writes = 0
    parts.write = (name, bytes) => {
      writes += 1
      parts.trouble = writes > 1 ? 'storageFull' : null
      return write(name, bytes)
    }

    expect(await one.tablet.photos.keep(aPhoto())).toMatchObject({ failure: { kind: 'storageFull' } })
    expect(partsHere()).toBe(0)
  })
})

describe('what a kill leaves behind', () => {
  it('is swept at a start when it is old and no draft names it', async () => {
    await aDraftWithPhoto()
    must(await one.tablet.photos.keep(aPhoto()))
    expect(await sweep()).toBe(0)
    later()

    expect(await sweep()).toBe(2)
    expect(partsHere()).toBe(2)
  })

  it('stays when one row cannot be read, since it may be the one that needs it', async () => {
    const { id } = await aDraftWithPhoto()
    must(await one.tablet.photos.keep(aPhoto()))
    await one.db.drafts.put({ id, damaged: true })
    later()

    expect(await sweep()).toBe(0)
    expect(partsHere()).toBe(4)
  })

  it('stays when a mirror without a row names it: it may be the only copy of an application', async () => {
    const { id, version } = await aDraftWithPhoto()
    must(await one.tablet.drafts.finalise(id, version))
    await one.db.items.clear()
    later()

    expect(await sweep()).toBe(0)
    expect(partsHere()).toBe(2)
  })
})

describe('a finalised application with photos', () => {
  it('announces their parts in order, carries their keys, and encrypts nothing again', async () => {
    const { id, version, page } = await aDraftWithPhoto()
    const before = [...one.device.parts.files.keys()]
    must(await one.tablet.drafts.finalise(id, version))
    await aRunner(one).run('started')
    const [application] = await one.device.office.applications()

    expect(application?.attachments).toEqual([page] satisfies Attachment[])
    expect([...one.device.office.parts]).toEqual(page.parts)
    expect([...one.device.parts.files.keys()]).toEqual(before)
    expect(await one.db.items.get(id)).toMatchObject({ state: 'complete', parts: page.parts })
  })

  it('is not sealed when a part of a photo is gone: the office would wait for it for ever', async () => {
    const { id, version, page } = await aDraftWithPhoto()
    await hasSettled()
    one.device.parts.files.delete(page.parts[1] ?? '')

    expect(await one.tablet.drafts.finalise(id, version)).toMatchObject({ failure: { kind: 'storageBroken', why: 'parts' } })
    expect(await one.db.drafts.get(id)).toBeDefined()
  })

  it('keeps its parts until it is complete and room is needed', async () => {
    const { id, version } = await aDraftWithPhoto()
    must(await one.tablet.drafts.finalise(id, version))
    const { db, mirror, parts } = one.ports
    await makeRoom(db, mirror, parts)
    later()
    expect([await sweep(), partsHere()]).toEqual([0, 2])
    await aRunner(one).run('started')
    expect(partsHere()).toBe(2)
    await makeRoom(db, mirror, parts)

    expect(partsHere()).toBe(0)
  })

  it('leaves a photo that another draft of the visit has taken over, until that is complete as well', async () => {
    const { id, version, page, attachments } = await aDraftWithPhoto()
    const other = await aDraft(one.tablet, { attachments })
    const { db, mirror, parts } = one.ports
    must(await one.tablet.drafts.finalise(id, version))
    await aRunner(one).run('started')
    expect(await makeRoom(db, mirror, parts)).toBe(1)

    expect(sameBytes(must(await one.tablet.photos.read(page)), picture)).toBe(true)
    must(await one.tablet.drafts.finalise(other.id, other.version))
    expect([await makeRoom(db, mirror, parts), partsHere()]).toEqual([0, 2])
    await aRunner(one).run('started')
    expect([await makeRoom(db, mirror, parts), partsHere()]).toEqual([1, 0])
  })

  it('asks what is missing before it sends parts again after a restart', async () => {
    const { id, version, page } = await aDraftWithPhoto()
    must(await one.tablet.drafts.finalise(id, version))
    const { office } = one.device
    const [first = '', second = ''] = page.parts
    office.roadOf = (path) => (path.endsWith(second) ? 'down' : null)
    await aRunner(one).run('started')
    expect([...office.parts]).toEqual([first])
    office.roadOf = null
    office.requests.length = 0
    await aRunner(one.device.page()).run('started')

    expect(office.requests.filter((request) => request.includes(first))).toEqual([])
    expect([...office.parts]).toEqual([first, second])
  })
})
