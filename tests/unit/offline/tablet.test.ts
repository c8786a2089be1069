import { describe, expect, it } from 'vitest'
import { aDevice, aDraft, anApplication, aWorkingTablet, content, must, seen, unlocked } from '../../support/offline/aTablet.ts'

describe('one application, from draft to answer', () => {
  it('is delivered once and read by the office as it was filled', async () => {
    const { tablet, device } = await aWorkingTablet()
    const stop = tablet.start()
    const id = await anApplication(tablet)

    await seen(tablet.outbox.watch, ({ items }) => items[0]?.state === 'complete')
    stop()

    const [application, ...others] = await device.office.applications()
    expect(others).toEqual([])
    expect(application).toMatchObject({
      id,
      localCode: 'TN-03-261124-001' + (application?.localCode.at(-1) ?? ''),
      answers: { childName: 'Nguyễn Văn An' },
      papers: { birthCertificate: 'seen' },
      pack: '1.001193@1.0.0',
    })
    expect(device.troubles).toEqual([])
  })

  it('shows the official code and the date when the officer has accepted it', async () => {
    const { tablet, device } = await aWorkingTablet()
    const stop = tablet.start()
    const id = await anApplication(tablet)
    await seen(tablet.outbox.watch, ({ items }) => items[0]?.state === 'complete')

    await device.office.reply(id, { kind: 'accepted', at: '2026-11-24T03:00:00.000Z', code: 'H57.15-261124-0001', resultOn: '2026-11-25' })
    device.surroundings.comeToFront()
    const [view] = await seen(tablet.cases.watch, ([first]) => first?.status === 'accepted')
    stop()

    expect(view).toMatchObject({ id, label: 'Nguyễn Văn An', officialCode: 'H57.15-261124-0001', resultOn: '2026-11-25', atOffice: 'complete' })
  })

  it('asks for procedures again with the news as long as it has none', async () => {
    const device = await aDevice()
    const { tablet } = device.page()
    device.office.roadOf = (path) => (path.includes('/packs') ? 'down' : null)
    const stop = tablet.start()
    must(await tablet.device.enrol({ ticket: 'ABCD-EFGH' }))
    await seen(tablet.device.watch, (view) => view?.state === 'active')
    await tablet.packs.refresh()

    device.office.roadOf = null
    device.time.turn(20_000)
    const packs = await seen(tablet.packs.watch, (list) => list.length > 0)
    stop()

    expect(packs).toHaveLength(1)
  })

  it('is sent by a revoked tablet that was taken back, as soon as an officer has confirmed it, without a tap', async () => {
    const { tablet, device } = await aWorkingTablet()
    device.office.state = 'revoked'
    must(await tablet.device.refresh())
    const stop = tablet.start()
    await anApplication(tablet)

    device.office.state = 'waiting'
    device.time.turn(20_000)
    await seen(tablet.device.watch, (view) => view?.state === 'waiting')
    device.office.state = 'active'
    device.time.turn(5_000)
    await seen(tablet.outbox.watch, ({ items }) => items[0]?.state === 'complete')
    stop()

    expect(device.office.stored.size).toBe(1)
  })

  it('waits for its network and is sent after a new start, without a tap', async () => {
    const { tablet, device, db } = await aWorkingTablet()
    device.office.road = 'down'
    await anApplication(tablet)
    db.close()

    device.office.road = 'up'
    const later = device.page()
    const stop = later.tablet.start()
    const view = await seen(later.tablet.outbox.watch, ({ items }) => items[0]?.state === 'complete')
    stop()

    expect(view).toMatchObject({ onlyHere: 0, road: 'reachable' })
    expect(device.office.stored.size).toBe(1)
  })
})

describe('a start whose folder of photo parts cannot be read', () => {
  it('sends what waits, and keeps the ledger, all the same', async () => {
    const { tablet, device, db } = await aWorkingTablet()
    await anApplication(tablet)
    db.close()
    device.ledger.mark = null
    const list = async (): Promise<never> => Promise.reject(new DOMException('a broken folder', 'NotReadableError'))

    const later = device.page({ parts: { ...device.parts, list } })
    const stop = later.tablet.start()
    await seen(later.tablet.outbox.watch, ({ items }) => items[0]?.state === 'complete')
    await expect.poll(() => device.ledger.mark).toMatchObject({ count: 1 })
    stop()

    expect(device.troubles).toMatchObject([{ name: 'NotReadableError' }])
  })
})

describe('drafts', () => {
  it('come back after a lock and an unlock, as they were saved', async () => {
    const { tablet } = await aWorkingTablet()
    const { id } = await aDraft(tablet)

    tablet.vault.lock()
    const locked = await tablet.drafts.open(id)
    await unlocked(tablet)

    expect(locked).toMatchObject({ ok: false, failure: { kind: 'locked' } })
    expect(must(await tablet.drafts.open(id)).content).toEqual(content())
  })

  it('saved in two tabs keep the first and tell the second', async () => {
    const { tablet, device } = await aWorkingTablet()
    const other = device.page().tablet
    await unlocked(other)
    const { id, version } = await aDraft(tablet)

    const results = await Promise.all([
      tablet.drafts.save(id, version, content({ label: 'một' })),
      other.drafts.save(id, version, content({ label: 'hai' })),
    ])

    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect(results.find(({ ok }) => !ok)).toMatchObject({ failure: { kind: 'draftChanged' } })
  })

  it('list their labels while unlocked and nothing while locked', async () => {
    const { tablet } = await aWorkingTablet()
    const { id } = await aDraft(tablet)

    const open = await seen(tablet.drafts.watch, (rows) => rows.length > 0)
    tablet.vault.lock()
    const shut = await seen(tablet.drafts.watch)

    expect(open).toMatchObject([{ id, label: 'Nguyễn Văn An', readable: true }])
    expect(shut).toEqual([])
  })

  it('are not begun on a full tablet', async () => {
    const { tablet, device } = await aWorkingTablet()
    device.storage.usedBytes = 995_000_000

    expect(await tablet.drafts.start('1.001193@1.0.0' as never)).toMatchObject({ failure: { kind: 'storageFull' } })
  })

  it('are not begun when the room for sealing is gone, whatever the browser says of its room', async () => {
    const { tablet, device } = await aWorkingTablet()
    await device.reserve.release()
    device.reserve.hasRoom = false

    expect(await tablet.drafts.start('1.001193@1.0.0' as never)).toMatchObject({ failure: { kind: 'storageFull' } })
  })
})

describe('keeping what is stored', () => {
  it('is asked of the browser once a page, when a vault was opened and not before', async () => {
    const { device } = await aWorkingTablet()
    let asked = 0
    const { tablet } = device.page({ storage: { ...device.storage, persist: async () => (asked += 1) > 0 } })
    const before = asked

    await unlocked(tablet)
    await unlocked(tablet)

    await expect.poll(() => asked).toBe(1)
    expect(before).toBe(0)
  })
})
