// A connection that is lost at any call, over a whole application: nothing shown as saved is missing, nothing is there twice.
import { afterEach, describe, expect, it } from 'vitest'
import { canOpen, openSafely } from '../../../src/offline/openSafely.ts'
import { sparing } from '../../../src/offline/sparing.ts'
import { aDraft, aRunner, aWorkingTablet, must, outboxNow } from '../../support/offline/aTablet.ts'
import { fakeTime } from '../../support/offline/fakePorts.ts'
import { idbFaults, type IdbFaults } from '../../support/offline/idbFaults.ts'

let faults: IdbFaults | null = null
afterEach(() => {
  faults?.restore()
  faults = null
})

describe('a connection that is lost', () => {
  it.each(['UnknownError', 'InvalidStateError', 'AbortError'])('with %s at any call of an application is opened again, and the application is whole and once', async (error) => {
    const working = await aWorkingTablet()
    const runner = aRunner(working)
    faults = idbFaults()
    for (let n = 1; n < 60; n += error === 'UnknownError' ? 3 : 11) {
      faults.failAt(n, error)
      const draft = await aDraft(working.tablet)
      must(await working.tablet.drafts.finalise(draft.id, draft.version))
      await runner.run('sendNow')
      faults.failAt(Infinity, error)
      expect(await working.db.items.get(draft.id)).toMatchObject({ state: 'complete' })
    }
    const items = (await outboxNow(working.db)).items
    const sequences = ((await working.db.items.toArray()) as { sequence: number }[]).map(({ sequence }) => sequence).sort((one, other) => one - other)

    expect(new Set(sequences).size).toBe(items.length)
    expect(working.device.office.stored.size).toBe(items.length)
    expect([...working.device.office.seen.values()].every((bytes) => bytes.size === 1)).toBe(true)
    expect(await working.db.drafts.count()).toBe(0)
    expect(working.device.mirror.files.size).toBe(items.length)
  }, 60_000)

  it('for good ends after one more try, as a failure and not as an exception', async () => {
    const working = await aWorkingTablet()
    const draft = await aDraft(working.tablet)
    faults = idbFaults()
    faults.failAll('UnknownError')

    expect(await working.tablet.drafts.open(draft.id)).toMatchObject({ ok: false, failure: { kind: 'storageBroken' } })
  })

  it('on purpose stays closed', async () => {
    const { db } = await aWorkingTablet()
    db.close()

    await expect(db.items.count()).rejects.toMatchObject({ name: 'DatabaseClosedError' })
  })
})

describe('opening', () => {
  it('that hangs is given up after five seconds, three times, with a pause between', async () => {
    const [time, { device }] = [fakeTime(), await aWorkingTablet()]
    let opened = 0
    const opening = openSafely(() => {
      opened += 1
      const { db } = device.page()
      return Object.assign(db, { open: () => new Promise<never>(() => undefined) })
    }, (db) => db.open(), time.timers)
    const failed = expect(opening).rejects.toThrow('no answer within 5000 ms')
    for (let turn = 0; turn < 12; turn += 1) {
      time.turn(2_500)
      await new Promise((resolve) => setTimeout(resolve, 0))
    }

    await failed
    expect(opened).toBe(3)
    expect(time.nextAtMs()).toBeNull()
  })

  it('that fails once succeeds at the next try', async () => {
    const [time, { device }] = [fakeTime(), await aWorkingTablet()]
    let tries = 0
    const opening = openSafely(() => {
      const { db } = device.page()
      tries += 1
      return tries === 1 ? Object.assign(db, { open: () => Promise.reject(new DOMException('backing store', 'UnknownError')) as never }) : db
    }, (db) => db.open(), time.timers)
    await expect.poll(() => time.nextAtMs()).not.toBeNull()
    time.turn(300)

    expect((await opening).isOpen()).toBe(true)
  })

  it('counts as failed when the tables cannot be read', async () => {
    const [time, { device }] = [fakeTime(), await aWorkingTablet()]
    faults = idbFaults()
    faults.failAll('UnknownError')
    const opening = openSafely(() => device.page().db, (db) => db.open(), time.timers)
    const failed = expect(opening).rejects.toMatchObject({ name: 'UnknownError' })
    for (let turn = 0; turn < 20; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5))
      time.turn(400)
    }

    await failed
  })

  it('is tried from outside once, without leaving a connection behind', async () => {
    const [time, { device }] = [fakeTime(), await aWorkingTablet()]
    const made: { isOpen(): boolean }[] = []
    const tries = (): Promise<boolean> =>
      canOpen(() => {
        const { db } = device.page()
        made.push(db)
        return db
      }, (db) => db.open(), time.timers)

    expect(await tries()).toBe(true)
    faults = idbFaults()
    faults.failAll('UnknownError')
    expect(await tries()).toBe(false)
    expect(made.map((db) => db.isOpen())).toEqual([false, false])
    expect(time.nextAtMs()).toBeNull()
  })
})

it('trouble that comes again and again is told once a minute', () => {
  const [time, told] = [fakeTime(), [] as unknown[]]
  const tell = sparing((cause) => told.push(cause), time.clock)

  for (let second = 0; second < 121; second += 1) {
    tell(second)
    time.turn(1_000)
  }

  expect(told).toEqual([0, 60, 120])
})
