import { describe, expect, it } from 'vitest'
import { anApplication, aRunner, aWorkingTablet, must, outboxNow, seen } from '../../../support/offline/aTablet.ts'

describe('runners of one tablet', () => {
  it('one sends while another holds the lock, and looks again half a minute later', async () => {
    const page = await aWorkingTablet()
    await anApplication(page.tablet)
    page.device.locks.held.add('tiepsuc-outbox')
    const runner = aRunner(page)

    await runner.run('started')
    const meanwhile = page.device.office.stored.size
    page.device.locks.held.clear()
    page.device.time.turn(30_000)
    await seen(page.tablet.outbox.watch, ({ items }) => items[0]?.state === 'complete')

    expect(meanwhile).toBe(0)
    expect(page.device.office.stored.size).toBe(1)
  })

  it('a clock that is set back by a year holds nothing back', async () => {
    const page = await aWorkingTablet()
    await anApplication(page.tablet)
    page.device.office.road = 'down'
    const runner = aRunner(page)
    await runner.run('started')

    page.device.office.road = 'up'
    page.device.time.nowMs -= 365 * 86_400_000
    page.device.time.turn(5 * 60_000)
    await seen(page.tablet.outbox.watch, ({ items }) => items[0]?.state === 'complete')

    expect(page.device.office.stored.size).toBe(1)
  })

  it('a holder that has been silent for a minute loses the lock', async () => {
    const page = await aWorkingTablet()
    await anApplication(page.tablet)
    page.device.locks.held.add('tiepsuc-outbox')
    const runner = aRunner(page)
    await runner.run('started')

    page.device.time.turn(30_000)
    await runner.run('timer')
    page.device.time.turn(31_000)
    await runner.run('timer')

    expect((await outboxNow(page.db)).items).toMatchObject([{ state: 'complete' }])
  })

  it('a holder that says it is sending keeps the lock', async () => {
    const page = await aWorkingTablet()
    await anApplication(page.tablet)
    page.device.locks.held.add('tiepsuc-outbox')
    const runner = aRunner(page)
    await runner.run('started')

    page.device.time.turn(61_000)
    page.ports.signals.send({ kind: 'sending', untilMs: page.device.time.nowMs + 20_000 })
    await runner.run('timer')

    expect(page.device.office.stored.size).toBe(0)
  })

  it('two that both send make one case, with one stored outcome', async () => {
    const page = await aWorkingTablet()
    const id = await anApplication(page.tablet)
    const free = { hold: async (_name: string, _how: string, work: () => Promise<void>) => (await work(), 'ran' as const) }
    const others = [page.device.page({ locks: free }), page.device.page({ locks: free })]

    await Promise.all(others.map(async (other) => aRunner(other).run('started')))

    expect([...page.device.office.stored.keys()]).toEqual([id])
    expect((await outboxNow(page.db)).items).toMatchObject([{ id, state: 'complete' }])
  })

  it('what is finalised while one sends is sent in the same turn', async () => {
    const page = await aWorkingTablet()
    const first = await anApplication(page.tablet)
    const runner = aRunner(page)
    let second: string | null = null
    const { fetch } = page.ports
    const slow = aRunner({
      ports: {
        ...page.ports,
        fetch: async (url, init) => {
          if (second === null && url.includes('/envelopes/')) {
            second = 'on its way'
            second = await anApplication(page.tablet)
            void slow.run('queued')
          }
          return fetch(url, init)
        },
      },
    })

    await slow.run('started')
    runner.stop()

    expect([...page.device.office.stored.keys()].sort()).toEqual([first, second].sort())
  })

  it('one whose run broke off looks again half a minute later', async () => {
    const page = await aWorkingTablet()
    await anApplication(page.tablet)
    const { locks } = page.ports
    let breaks = true
    const hold: typeof locks.hold = async (name, how, work) => {
      if (breaks) throw new DOMException('the connection is gone', 'InvalidStateError')
      return locks.hold(name, how, work)
    }
    const runner = aRunner({ ports: { ...page.ports, locks: { hold } } })

    await expect(runner.run('started')).rejects.toThrow('the connection is gone')
    breaks = false
    page.device.time.turn(30_000)
    await seen(page.tablet.outbox.watch, ({ items }) => items[0]?.state === 'complete')

    expect(page.device.office.stored.size).toBe(1)
  })

  it('tells every page that it is sending, and that it is done', async () => {
    const page = await aWorkingTablet()
    await anApplication(page.tablet)
    const heard: (number | null)[] = []
    page.device.page().ports.signals.on((signal) => {
      if (signal.kind === 'sending') heard.push(signal.untilMs)
    })

    await aRunner(page).run('started')

    expect(heard[0]).toBeGreaterThan(page.device.time.nowMs)
    expect(heard.at(-1)).toBeNull()
  })
})

describe('an alarm that nobody waits for', () => {
  it('says where trouble goes when the database is closed under it', async () => {
    const page = await aWorkingTablet()
    await anApplication(page.tablet)
    page.device.office.road = 'down'
    await aRunner(page).run('started')

    page.db.close()
    page.device.time.turn(20 * 60_000)

    await expect.poll(() => page.device.troubles).toMatchObject([{ name: 'DatabaseClosedError' }])
  })
})

describe('a sender that died', () => {
  it('is shown as sending no longer than its deadline', async () => {
    const page = await aWorkingTablet()
    page.ports.signals.send({ kind: 'sending', untilMs: page.device.time.nowMs + 20_000 })
    const shown: boolean[] = []
    const stop = page.tablet.outbox.watch(({ sending }) => shown.push(sending))
    await expect.poll(() => shown.length).toBeGreaterThan(0)

    page.ports.signals.send({ kind: 'sending', untilMs: page.device.time.nowMs + 20_000 })
    page.device.time.turn(20_000)
    stop()

    expect(shown.filter((sending, at) => sending !== shown[at - 1])).toEqual([false, true, false])
  })
})

describe('a tablet that was revoked and is enrolled anew', () => {
  /** One application that the ended key sealed, which the office answers with 410 for ever. */
  async function aTabletWithAnEndedKey() {
    const page = await aWorkingTablet()
    const { tablet, device } = page
    const old = await anApplication(tablet)
    device.office.roadOf = (path, ids) => (ids.includes(old) && (path === 'line' || path === `/envelopes/${old}`) ? { status: 'deviceRevoked' } : null)
    const runner = aRunner(page)
    await runner.run('started')
    const paused = await outboxNow(page.db)
    device.office.state = 'revoked'
    must(await tablet.device.refresh())
    device.office.state = 'active'
    must(await tablet.device.enrol({ ticket: 'ABCD-EFGH' }))
    return { ...page, old, runner, paused }
  }
  const stateOf = ({ items }: Awaited<ReturnType<typeof outboxNow>>, id: string) => items.find((item) => item.id === id)

  it('sends what its new key seals at once, and says what became of the old', async () => {
    const { tablet, db, old, runner, paused } = await aTabletWithAnEndedKey()
    const fresh = [await anApplication(tablet), await anApplication(tablet)]
    await runner.run('queued')
    const next = await anApplication(tablet)
    await runner.run('queued')
    const view = await outboxNow(db)

    expect(paused).toMatchObject({ road: 'paused', pausedBecause: 'deviceRevoked' })
    expect([...fresh, next].map((id) => stateOf(view, id)?.state)).toEqual(['complete', 'complete', 'complete'])
    expect(stateOf(view, old)).toMatchObject({ state: 'queued', keyEnded: true, note: null })
    expect(view).toMatchObject({ road: 'reachable', pausedBecause: null, onlyHere: 1 })
  })

  it('does not call itself paused, though the old application is all that waits and whoever looks', async () => {
    const page = await aTabletWithAnEndedKey()
    const enrolled = await outboxNow(page.db)
    await aRunner(page).run('started')
    const other = await outboxNow(page.db)
    await page.runner.run('queued')

    expect([enrolled, other, await outboxNow(page.db)].map(({ pausedBecause, road }) => [pausedBecause, road])).toEqual([
      [null, 'unknown'],
      [null, 'unknown'],
      [null, 'unknown'],
    ])
    expect(stateOf(other, page.old)).toMatchObject({ keyEnded: true })
  })

  it('pauses as before when the new key is ended, too', async () => {
    const { tablet, db, device, runner } = await aTabletWithAnEndedKey()
    await anApplication(tablet)
    device.office.roadOf = () => ({ status: 'deviceRevoked' })
    await runner.run('queued')

    expect(await outboxNow(db)).toMatchObject({ road: 'paused', pausedBecause: 'deviceRevoked' })
  })
})
