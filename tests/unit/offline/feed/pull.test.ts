import { describe, expect, it } from 'vitest'
import type { EpochId } from '../../../../core/ids.ts'
import { makeSignedIn } from '../../../../src/offline/dpop.ts'
import { pullFeed } from '../../../../src/offline/feed/pull.ts'
import { makeHttp } from '../../../../src/offline/http.ts'
import { noteRefusal, readIdentity, readRefusal } from '../../../../src/offline/keys.ts'
import { anApplication, aRunner, aWorkingTablet, must, seen } from '../../../support/offline/aTablet.ts'

/** A tablet with one delivered application, and a way to pull. */
async function delivered() {
  const working = await aWorkingTablet()
  const id = await anApplication(working.tablet)
  await aRunner(working).run('started')
  const http = makeHttp(working.ports)
  const signedIn = makeSignedIn({ ...working.ports, http, identity: () => readIdentity(working.db), refused: (refusal) => noteRefusal(working.db, refusal) })
  const pull = () => pullFeed({ db: working.db, signedIn, clock: working.ports.clock })
  const refuse = (message: string) => working.device.office.reply(id, { kind: 'refused', at: '2026-11-24T03:00:00.000Z', message })
  return { ...working, id, pull, refuse }
}

const newEpoch = { id: '01920000-0000-7000-8000-0000000000e2' as EpochId, number: 2 }

describe('the feed', () => {
  it('stores events and cursor together, and asks only for what is new', async () => {
    const { db, device, pull, refuse } = await delivered()
    await refuse('một')

    const first = must(await pull())
    const second = must(await pull())

    expect([first, second]).toEqual([1, 0])
    expect(await db.marks.get('feed')).toMatchObject({ cursor: device.office.mark.head, generation: 0 })
  })

  it('moves the time of the last contact, though nothing was sent', async () => {
    const { db, device, pull } = await delivered()
    device.time.turn(180_000)

    must(await pull())

    const at = new Date(device.time.nowMs).toISOString()
    expect(await db.marks.get('road')).toMatchObject({ state: 'reachable', lastReachedAt: at })
  })

  it('says of a road that nobody had tried that the office was reached, and of a paused one nothing new but the time', async () => {
    const { db, device, pull } = await delivered()
    await db.marks.delete('road')
    must(await pull())
    const first = await db.marks.get('road')
    await db.marks.put({ name: 'road', state: 'paused', because: 'deviceRevoked', lastReachedAt: null })

    must(await pull())

    expect(first).toMatchObject({ state: 'reachable' })
    expect(await db.marks.get('road')).toMatchObject({ state: 'paused', because: 'deviceRevoked', lastReachedAt: new Date(device.time.nowMs).toISOString() })
  })

  it('applied twice by two pages changes nothing the second time', async () => {
    const { db, pull, refuse } = await delivered()
    await refuse('một')

    await Promise.all([pull(), pull()])

    expect(await db.feedEvents.count()).toBe(1)
  })

  it('begins anew after a restore told by a new epoch, and what the office lost goes when all is read', async () => {
    const { db, device, pull, refuse } = await delivered()
    await refuse('một')
    await refuse('hai')
    must(await pull())
    const lost = device.office.feed.pop()
    device.office.mark = { epoch: newEpoch, head: device.office.mark.head - 1 }

    must(await pull())

    expect(lost).toBeDefined()
    expect(await db.feedEvents.toArray()).toMatchObject([{ generation: 1, seq: device.office.feed[0]?.seq }])
    expect(await db.marks.get('feed')).toMatchObject({ generation: 1, ledger: { epoch: newEpoch } })
  })

  it('begins anew after a disk snapshot, told by a head below one already seen', async () => {
    const { db, device, pull, refuse } = await delivered()
    await refuse('một')
    await refuse('hai')
    must(await pull())
    device.office.feed.pop()
    device.office.mark = { ...device.office.mark, head: device.office.mark.head - 1 }

    must(await pull())

    expect(await db.feedEvents.count()).toBe(1)
  })

  it('of a lower epoch number is ignored', async () => {
    const { db, device, pull, refuse } = await delivered()
    device.office.mark = { epoch: newEpoch, head: 200 }
    must(await pull())
    const before = await db.marks.get('feed')
    await refuse('một')
    device.office.mark = { epoch: { id: '01920000-0000-7000-8000-0000000000e1' as EpochId, number: 1 }, head: 300 }

    must(await pull())

    expect(await db.marks.get('feed')).toEqual(before)
    expect(await db.feedEvents.count()).toBe(0)
  })

  it('behind a login page changes nothing', async () => {
    const { db, device, pull, refuse } = await delivered()
    await refuse('một')
    device.office.road = 'portal'

    expect(await pull()).toMatchObject({ ok: false, failure: { kind: 'captivePortal' } })
    expect(await db.feedEvents.count()).toBe(0)
  })

  it('signed by somebody else changes nothing', async () => {
    const { db, device, pull, refuse } = await delivered()
    await refuse('một')
    const other = await import('../../../support/offline/fakeOffice.ts').then(({ makeKeys }) => makeKeys())
    device.office.keys = { ...device.office.keys, signing: other.signing }

    expect(await pull()).toMatchObject({ ok: false, failure: { kind: 'outcomeInvalid' } })
    expect(await db.feedEvents.count()).toBe(0)
  })
})

describe('a signed-in request', () => {
  it('with a stale nonce is made once more with the one that the refusal brought', async () => {
    const { device, pull } = await delivered()
    must(await pull())
    device.office.nonce = 'nonce-2'
    device.office.requests.length = 0

    must(await pull())

    expect(device.office.requests).toEqual(['GET /feed', 'GET /feed'])
  })

  it('that stays refused ends with notSignedIn, and applications are still delivered', async () => {
    const working = await delivered()
    const { office } = working.device
    await anApplication(working.tablet)
    office.roadOf = (path) => (path === '/feed' ? { status: 'notSignedIn' } : null)

    expect(await working.pull()).toMatchObject({ failure: { kind: 'notSignedIn' } })
    await aRunner(working).run('sendNow')

    expect(office.stored.size).toBe(2)
  })

  it('refused once stays refused until a feed that the office signed: a refusal whose status a box turned into 200 is none', async () => {
    const { db, device, pull } = await delivered()
    const { office } = device
    office.roadOf = (path) => (path === '/feed' ? { status: 'notSignedIn' } : null)
    await pull()

    office.nonce = 'nonce-2'
    office.roadOf = (path) => (path === '/feed' ? { turnedInto: 200 } : null)
    const turned = await pull()
    const afterTurned = await readRefusal(db)
    office.roadOf = null
    must(await pull())

    expect(turned).toMatchObject({ failure: { kind: 'captivePortal' } })
    expect(afterTurned).toBe('notSignedIn')
    expect(await readRefusal(db)).toBeNull()
  })
})

describe('a page of before a restore, out of a cache', () => {
  it('takes no refusal back, and is no contact with the office', async () => {
    const { db, device, pull } = await delivered()
    const { office } = device
    must(await pull())
    await noteRefusal(db, 'notSignedIn')
    await db.marks.put({ name: 'feed', ledger: { epoch: newEpoch, head: 1 }, generation: 1, cursor: 0 })
    const before = await db.marks.get('road')
    device.time.turn(60_000)

    must(await pull())

    expect(office.mark.epoch.number).toBe(1)
    expect([await readRefusal(db), await db.marks.get('road')]).toEqual(['notSignedIn', before])
  })
})

describe('the casebook', () => {
  it('shows the last word of the office about each application, and nothing while locked', async () => {
    const { tablet, device, id, pull } = await delivered()
    await device.office.reply(id, { kind: 'opened', at: '2026-11-24T03:00:00.000Z' })
    await device.office.reply(id, { kind: 'supplementAsked', at: '2026-11-24T04:00:00.000Z', message: 'Bổ sung giấy chứng sinh', papers: ['birthCertificate'] })
    must(await pull())

    const [view] = await seen(tablet.cases.watch, ([first]) => first?.status === 'supplementAsked')
    tablet.vault.lock()

    expect(view).toMatchObject({ message: 'Bổ sung giấy chứng sinh', papers: ['birthCertificate'], changedAt: '2026-11-24T04:00:00.000Z', officialCode: null })
    expect(await seen(tablet.cases.watch)).toEqual([])
  })

  it('is not fooled by a reply sealed under another key', async () => {
    const { tablet, device, db, id, pull } = await delivered()
    await device.office.reply(id, { kind: 'refused', at: '2026-11-24T03:00:00.000Z', message: 'một' })
    const other = await anApplication(tablet)
    const [entry] = device.office.feed
    if (entry !== undefined) device.office.feed[0] = { ...entry, id: other }
    must(await pull())

    const views = await seen(tablet.cases.watch, (list) => list.length === 2)

    expect(await db.feedEvents.count()).toBe(1)
    expect(views.map(({ status }) => status)).toEqual(['received', 'received'])
  })
})
