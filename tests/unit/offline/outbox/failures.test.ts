// The failure table of architecture 6, row by row: what the office or the road does, what the outbox then shows, and that
// nothing was lost by it.
import { describe, expect, it } from 'vitest'
import type { RoadState } from '../../../support/offline/fakeOffice.ts'
import { anApplication, aRunner, aWorkingTablet, exported, must, outboxNow, seen } from '../../../support/offline/aTablet.ts'

const minute = 60_000

/** Two applications wait, the road is as given for the first try. */
async function tryOnce(road: RoadState) {
  const page = await aWorkingTablet()
  const ids = [await anApplication(page.tablet, { label: 'một' }), await anApplication(page.tablet, { label: 'hai' })]
  page.device.office.road = road
  const runner = aRunner(page)
  await runner.run('started')
  return { ...page, ids, runner }
}

describe.each<[string, RoadState, string]>([
  ['no answer', 'down', 'unreachable'],
  ['an answer that is lost on the way', 'loseAnswer', 'unreachable'],
  ['a server error', { bare: 502 }, 'unreachable'],
  ['a login page with status 200', 'portal', 'portal'],
  ['a redirect', 'redirect', 'portal'],
  ['511, network authentication required', { bare: 511 }, 'portal'],
  ['429 with a time', { status: 'busy', retryAfter: '120' }, 'waiting'],
  ['503 with a time', { status: 'unavailable', retryAfter: '120' }, 'waiting'],
  ['507', { status: 'officeFull', retryAfter: '120' }, 'waiting'],
  ['an unsigned 410', { bare: 410 }, 'paused'],
])('%s', (_, road, shown) => {
  it('changes no state, is shown as it is, and is overcome when the office answers', async () => {
    const { db, device, runner } = await tryOnce(road)

    const meanwhile = await outboxNow(db)
    device.office.road = 'up'
    device.time.turn(16 * minute)
    await runner.run('timer')
    const afterwards = await outboxNow(db)

    expect(meanwhile).toMatchObject({ road: shown, onlyHere: 2 })
    expect(meanwhile.items.map(({ state }) => state)).toEqual(['queued', 'queued'])
    expect(afterwards).toMatchObject({ road: 'reachable', onlyHere: 0 })
    expect(afterwards.items.map(({ state }) => state)).toEqual(['complete', 'complete'])
    expect([...device.office.seen.values()].map(({ size }) => size)).toEqual([1, 1])
  })
})

describe('an answer that never comes', () => {
  it('is waited for until its deadline, and then the road counts as broken', async () => {
    const page = await aWorkingTablet()
    await anApplication(page.tablet)
    page.device.office.road = 'silent'
    const before = page.device.office.requests.length
    const running = aRunner(page).run('started')
    await expect.poll(() => page.device.office.requests.length).toBe(before + 1)

    page.device.time.turn(minute)
    await running

    expect(await outboxNow(page.db)).toMatchObject({ road: 'unreachable', onlyHere: 1 })
    expect(await page.db.marks.get('road')).toMatchObject({ because: 'timeout' })
  })
})

describe('an unsigned 410', () => {
  it('pauses the queue and says why, also when it is the answer to one line of a carrier', async () => {
    const bare = await tryOnce({ bare: 410 })
    const page = await aWorkingTablet()
    await anApplication(page.tablet)
    await anApplication(page.tablet)
    page.device.office.roadOf = (path) => (path === 'line' ? { status: 'deviceRevoked' } : null)
    await aRunner(page).run('started')

    for (const db of [bare.db, page.db]) expect(await outboxNow(db)).toMatchObject({ road: 'paused', pausedBecause: 'deviceRevoked', onlyHere: 2 })
  })

  it('sends nothing more for a quarter of an hour, and everything can still be exported', async () => {
    const { tablet, device, runner, ids } = await tryOnce({ bare: 410 })
    const before = device.office.requests.length

    device.time.turn(14 * minute)
    for (const why of ['online', 'visible', 'queued', 'timer', 'sync'] as const) await runner.run(why)
    const lines = await exported(tablet)

    expect(device.office.requests.length).toBe(before)
    expect(lines).toHaveLength(ids.length)
  })
})

describe('a signed-in request', () => {
  it.each([
    [{ status: 'notSignedIn' }, 'notSignedIn'],
    [{ bare: 401 }, 'notSignedIn'],
    [{ status: 'updateNeeded' }, 'updateNeeded'],
    [{ bare: 426 }, 'updateNeeded'],
  ] as const)('refused with %j asks the person for it, and applications are still delivered', async (road, refusal) => {
    const page = await aWorkingTablet()
    const id = await anApplication(page.tablet)
    page.device.office.roadOf = (path) => (path === '/devices/me' ? road : null)
    page.device.office.requests.length = 0

    await page.tablet.device.refresh()
    const asked = page.device.office.requests.filter((request) => request.endsWith('/devices/me')).length
    const shown = await seen(page.tablet.device.watch, (view) => view?.refusal !== null)
    await aRunner(page).run('started')
    page.device.office.roadOf = null
    must(await page.tablet.device.refresh())
    const afterwards = await seen(page.tablet.device.watch)

    expect(asked).toBe(1)
    expect(shown).toMatchObject({ refusal, state: 'active' })
    expect((await outboxNow(page.db)).items).toMatchObject([{ id, state: 'complete' }])
    expect(afterwards?.refusal).toBeNull()
  })

  it('of a tablet that the office forgot: it is enrolled again with the same key, and what it sealed arrives', async () => {
    const page = await aWorkingTablet()
    const id = await anApplication(page.tablet)
    const before = await page.db.device.get('identity')
    page.device.office.roadOf = (path) => (path === '/devices/me' ? { status: 'notSignedIn' } : path.startsWith('/envelopes/') ? { status: 'deviceUnknown' } : null)
    await page.tablet.device.refresh()
    await aRunner(page).run('started')
    const waiting = (await outboxNow(page.db)).items

    page.device.office.roadOf = null
    const again = must(await page.tablet.device.enrol({ ticket: 'ABCD-EFGH' }))
    await aRunner(page).run('started')

    expect(waiting).toMatchObject([{ id, state: 'queued' }])
    expect(again).toMatchObject({ device: (before as { device: string }).device, refusal: null })
    expect((await outboxNow(page.db)).items).toMatchObject([{ id, state: 'complete' }])
  })
})

describe("the office's own time", () => {
  it('is obeyed even when the person presses send now', async () => {
    const { device, runner } = await tryOnce({ status: 'busy', retryAfter: '120' })
    device.office.road = 'up'
    const before = device.office.requests.length

    device.time.turn(60_000)
    await runner.run('sendNow')
    const early = device.office.requests.length
    device.time.turn(61_000)
    await runner.run('timer')

    expect(early).toBe(before)
    expect(device.office.stored.size).toBe(2)
  })

  it('is cut to fifteen minutes', async () => {
    const { device, runner } = await tryOnce({ status: 'unavailable', retryAfter: '86400' })
    device.office.road = 'up'

    device.time.turn(15 * minute)
    await runner.run('timer')

    expect(device.office.stored.size).toBe(2)
  })
})

describe('an unsigned refusal of one application', () => {
  it.each(['malformed', 'notFound', 'conflict', 'tooLarge', 'unsupportedType', 'deviceUnknown', 'notSignedIn', 'updateNeeded', 'idTaken', 'headerMismatch'] as const)(
    '(%s) delays that one, and the others go on',
    async (kind) => {
      const page = await aWorkingTablet()
      const bad = await anApplication(page.tablet)
      const good = [await anApplication(page.tablet), await anApplication(page.tablet)]
      page.device.office.roadOf = (path, ids) => (path !== '/carriers' && ids.includes(bad) ? { status: kind } : null)

      await aRunner(page).run('started')
      const { items } = await outboxNow(page.db)

      expect(items.find(({ id }) => id === bad)).toMatchObject({ state: 'queued' })
      expect(items.filter(({ id }) => good.includes(id)).map(({ state }) => state)).toEqual(['complete', 'complete'])
    },
  )

  it.each([400, 404, 409, 413, 415, 422])('(a bare %i) delays that one, and the others go on', async (status) => {
    const page = await aWorkingTablet()
    const bad = await anApplication(page.tablet)
    const good = await anApplication(page.tablet)
    page.device.office.roadOf = (path, ids) => (path === '/carriers' || ids.includes(bad) ? { bare: status } : null)

    await aRunner(page).run('started')

    const { items, road } = await outboxNow(page.db)
    expect(items.map(({ id, state }) => [id, state]).sort()).toEqual([[bad, 'queued'], [good, 'complete']].sort())
    expect(road).toBe('reachable')
    expect(await page.db.items.get(bad)).toMatchObject({ note: { attempts: 1 }, outcome: null })
  })

  it('is shown with its reason after three in a row, and not before', async () => {
    const page = await aWorkingTablet()
    const bad = await anApplication(page.tablet)
    page.device.office.road = { status: 'deviceUnknown' }
    const runner = aRunner(page)
    const notes = []

    for (const why of ['started', 'sendNow', 'sendNow'] as const) {
      await runner.run(why)
      notes.push((await outboxNow(page.db)).items[0]?.note ?? null)
    }

    expect(notes.slice(0, 2)).toEqual([null, null])
    expect(notes[2]).toMatchObject({ kind: 'deviceUnknown', attempts: 3 })
    expect((await outboxNow(page.db)).items[0]).toMatchObject({ id: bad, state: 'queued' })
  })

  it('of a whole batch says nothing about its applications: each is sent alone', async () => {
    const page = await aWorkingTablet()
    await anApplication(page.tablet)
    await anApplication(page.tablet)
    page.device.office.roadOf = (path) => (path === '/carriers' ? { bare: 413 } : null)

    await aRunner(page).run('started')

    expect((await outboxNow(page.db)).items.map(({ state }) => state)).toEqual(['complete', 'complete'])
  })

  it('does not become an aside, whatever words it uses', async () => {
    const { db } = await tryOnce({ status: 'idTaken' })

    expect((await outboxNow(db)).items.map(({ state }) => state)).toEqual(['queued', 'queued'])
  })
})

describe('a signed refusal', () => {
  it.each([
    ['refused', 'headerMismatch'],
    ['disputed', 'idTaken'],
  ] as const)('(%s) sets the application aside with its reason and keeps its bytes', async (kind, reason) => {
    const page = await aWorkingTablet()
    const id = await anApplication(page.tablet)
    const bytes = await page.db.envelopes.get(id)
    page.device.office.verdicts.set(id, { kind, reason })

    await aRunner(page).run('started')

    expect((await outboxNow(page.db)).items).toMatchObject([{ state: kind, reason }])
    expect(await page.db.envelopes.get(id)).toEqual(bytes)
    expect(bytes).toBeDefined()
  })
})

describe('a full or broken disk while an outcome is stored', () => {
  it('leaves the application queued, and asking again brings it home', async () => {
    const page = await aWorkingTablet()
    const id = await anApplication(page.tablet)
    const whole = page.db.transaction.bind(page.db)
    let broken = true
    const db = Object.assign(Object.create(page.db) as typeof page.db, {
      transaction: (...args: Parameters<typeof whole>) => {
        if (broken) throw new DOMException('full', 'QuotaExceededError')
        return whole(...args)
      },
    })
    const runner = aRunner({ ports: { ...page.ports, db } })

    await runner.run('started')
    const meanwhile = (await outboxNow(page.db)).items
    broken = false
    page.device.time.turn(6 * minute)
    await runner.run('timer')

    expect(meanwhile).toMatchObject([{ id, state: 'queued' }])
    expect((await outboxNow(page.db)).items).toMatchObject([{ id, state: 'complete' }])
    expect(page.device.office.seen.get(id)?.size).toBe(1)
  })
})

describe('an outcome that no pinned key signed', () => {
  it('changes nothing until the key set that names the new key is here', async () => {
    const page = await aWorkingTablet()
    await anApplication(page.tablet)
    const other = await import('../../../support/offline/fakeOffice.ts').then(({ makeKeys }) => makeKeys())
    const { office } = page.device
    const old = office.keys
    office.keys = { ...old, signing: other.signing, kid: other.kid }
    const runner = aRunner(page)

    await runner.run('started')
    const forged = await outboxNow(page.db)
    office.keys = { ...office.keys, keySet: { ...old.keySet, number: 2, signing: [...other.keySet.signing, ...old.keySet.signing] } }
    page.device.time.turn(minute)
    await runner.run('timer')
    page.device.time.turn(minute)
    await runner.run('timer')

    expect(forged).toMatchObject({ road: 'portal', onlyHere: 1 })
    expect((await outboxNow(page.db)).items).toMatchObject([{ state: 'complete' }])
  })
})
