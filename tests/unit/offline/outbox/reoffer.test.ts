// An office that was put back, and a tablet that notices and offers again what was lost. Real tables, a fake office.
import { describe, expect, it } from 'vitest'
import type { ApplicationId } from '../../../../core/ids.ts'
import { fetchNews } from '../../../../src/offline/feed/news.ts'
import { makeSignedIn } from '../../../../src/offline/dpop.ts'
import { makeHttp } from '../../../../src/offline/http.ts'
import { noteRefusal, readIdentity } from '../../../../src/offline/keys.ts'
import { makeRoom } from '../../../../src/offline/outbox/purge.ts'
import { reoffer } from '../../../../src/offline/outbox/reoffer.ts'
import { settle } from '../../../../src/offline/outbox/queue.ts'
import { readFeedMark, readRestored } from '../../../../src/offline/restored.ts'
import { anApplication, aRunner, aWorkingTablet, must, outboxNow } from '../../../support/offline/aTablet.ts'

const dayMs = 24 * 3_600_000

/** A tablet that has read the feed once, with ways to send, pull and ask by hand. */
async function aTabletThatKnows() {
  const working = await aWorkingTablet()
  const { db, ports, device, tablet } = working
  const { office } = device
  const http = makeHttp(ports)
  const signedIn = makeSignedIn({ ...ports, http, identity: () => readIdentity(db), refused: (refusal) => noteRefusal(db, refusal) })
  let queued = 0
  const asking = { ...ports, http, signedIn, queued: () => void (queued += 1) }
  const runner = aRunner(working)
  const send = () => runner.run('queued')
  const news = () => fetchNews(asking)
  must(await news())
  const delivered = async (howMany = 1): Promise<ApplicationId[]> => {
    const ids: ApplicationId[] = []
    for (let made = 0; made < howMany; made += 1) ids.push(await anApplication(tablet))
    await send()
    return ids
  }
  return {
    ...{ ...working, office, send, news, delivered, queued: () => queued },
    ask: () => reoffer(asking),
    states: async () => Object.fromEntries((await outboxNow(db)).items.map(({ id, state }) => [id, state])),
    asked: () => office.requests.filter((request) => request === 'POST /holdings').length,
  }
}

describe('an office that was put back', () => {
  it.each(['anew', 'disk'] as const)('(%s) gets back what it lost with the bytes it had, and nothing twice', async (how) => {
    const { office, delivered, news, send, states, queued } = await aTabletThatKnows()
    const [early] = await delivered()
    const putBack = office.snapshot()
    const late = await delivered(3)
    must(await news())
    putBack(how)

    must(await news())

    expect(queued()).toBe(1)
    expect(await states()).toMatchObject({ [early ?? '']: 'complete', ...Object.fromEntries(late.map((id) => [id, 'queued'])) })
    await send()
    expect([...office.stored.keys()].sort()).toEqual([early, ...late].sort())
    expect([...office.seen.values()].map(({ size }) => size)).toEqual([1, 1, 1, 1])
    expect(Object.values(await states())).toEqual(['complete', 'complete', 'complete', 'complete'])
  })

  it('is noticed by an outcome of its new epoch alone, in the transaction that stores it', async () => {
    const { db, office, tablet, delivered, send } = await aTabletThatKnows()
    await delivered()
    office.snapshot()('anew')
    await anApplication(tablet)

    await send()

    expect(await readRestored(db)).toMatchObject({ asking: true, round: 1 })
    expect(await readFeedMark(db)).toMatchObject({ generation: 1, cursor: 0, ledger: { epoch: { number: 2 } } })
  })

  it('is noticed by the list of packs', async () => {
    const { db, office, tablet } = await aTabletThatKnows()
    office.snapshot()('anew')

    must(await tablet.packs.refresh())

    expect(await readRestored(db)).toMatchObject({ asking: true })
  })

  it('that had overtaken the head again is noticed by what it lacks, at the next hourly question', async () => {
    const { office, delivered, ask, send, states } = await aTabletThatKnows()
    const putBack = office.snapshot()
    const [lost] = await delivered()
    putBack('disk')
    const { mark } = office
    office.mark = { ...mark, head: mark.head + 50 }
    await delivered()

    must(await ask())
    await send()

    expect(office.stored.has(lost ?? '')).toBe(true)
    expect(Object.values(await states())).toEqual(['complete', 'complete'])
  })

  it('of a lower epoch is ignored, whatever it says it lacks', async () => {
    const { db, office, delivered, ask, states, news } = await aTabletThatKnows()
    const old = office.mark
    office.snapshot()('anew')
    must(await news())
    await delivered()
    office.stored.clear()
    office.mark = old

    const answer = await ask()

    expect(answer).toMatchObject({ ok: false, failure: { kind: 'outcomeInvalid' } })
    expect(Object.values(await states())).toEqual(['complete'])
    expect(await readRestored(db)).toMatchObject({ asking: false })
  })

  it('has forgotten its verdicts, so what it refused is offered again too', async () => {
    const { office, tablet, delivered, news, send, states } = await aTabletThatKnows()
    const putBack = office.snapshot()
    const refused = await anApplication(tablet)
    office.verdicts.set(refused, { kind: 'refused', reason: 'headerMismatch' })
    await send()
    await delivered()
    must(await news())
    putBack('anew')

    must(await news())

    expect((await states())[refused]).toBe('queued')
    await send()
    expect((await states())[refused]).toBe('complete')
  })

  it('that has forgotten the tablet itself is noticed by the one question that needs no sign-in', async () => {
    const { office, delivered, news, states, db } = await aTabletThatKnows()
    const putBack = office.snapshot()
    await delivered(2)
    putBack('anew')
    office.roadOf = (path) => (path === '/feed' || path === '/devices/me' ? { status: 'notSignedIn' } : null)

    must(await news())

    expect(Object.values(await states())).toEqual(['queued', 'queued'])
    expect((await outboxNow(db)).restored).toMatchObject({ waiting: 2 })
  })

  it('behind a login page or signed by somebody else changes nothing', async () => {
    const { office, delivered, ask, states } = await aTabletThatKnows()
    await delivered()
    office.stored.clear()
    office.road = 'portal'
    const portal = await ask()
    office.road = 'up'
    const other = await import('../../../support/offline/fakeOffice.ts').then(({ makeKeys }) => makeKeys())
    office.keys = { ...office.keys, signing: other.signing }

    expect([portal, await ask()]).toMatchObject([{ failure: { kind: 'captivePortal' } }, { failure: { kind: 'outcomeInvalid' } }])
    expect(Object.values(await states())).toEqual(['complete'])
  })
})

describe('offering again', () => {
  it('asks five hundred at a time, and begins again after a kill in between', async () => {
    const { db, office, delivered, ask, asked, news, states } = await aTabletThatKnows()
    const putBack = office.snapshot()
    const [one] = await delivered()
    const row = (await db.items.get(one ?? '')) as Record<string, unknown>
    const copies = Array.from({ length: 520 }, (_, at) => ({ ...row, id: `01930000-0000-7000-8000-${String(at).padStart(12, '0')}` }))
    await db.items.bulkAdd(copies)
    must(await news())
    putBack('anew')
    let answered = 0
    office.roadOf = (path) => (path === '/holdings' && (answered += 1) > 1 ? 'down' : null)

    expect(await news()).toMatchObject({ ok: false, failure: { kind: 'offline' } })
    const half = Object.values(await states()).filter((state) => state === 'queued').length
    office.roadOf = null
    const before = asked()
    must(await ask())

    expect(half).toBe(500)
    expect(asked() - before).toBe(1)
    expect(Object.values(await states()).every((state) => state === 'queued')).toBe(true)
    expect(await readRestored(db)).toMatchObject({ asking: false })
  })

  it('begins again when the office is put back once more in the middle of it', async () => {
    const { db, office, delivered, news, send, states } = await aTabletThatKnows()
    const putBack = office.snapshot()
    const ids = await delivered(2)
    must(await news())
    putBack('anew')
    let times = 0
    office.roadOf = (path) => {
      if (path === '/holdings' && (times += 1) === 1) putBack('anew')
      return null
    }

    must(await news())
    await send()

    expect([...office.stored.keys()].sort()).toEqual([...ids].sort())
    expect(Object.values(await states())).toEqual(['complete', 'complete'])
    expect(await readRestored(db)).toMatchObject({ round: 2, asking: false })
  })

  it('takes no answer for an application that moved on while it was asked about', async () => {
    const { db, office, delivered, news, states } = await aTabletThatKnows()
    const putBack = office.snapshot()
    const [id = '' as ApplicationId] = await delivered()
    must(await news())
    putBack('anew')
    must(await news())
    const ledger = { epoch: office.mark.epoch, head: office.mark.head + 1 }
    await db.transaction('rw', db.marks, async () => db.marks.put({ ...(await readRestored(db)), round: 9, asking: true }))
    await db.items.update(id, { state: 'received', outcome: 'first' })
    office.roadOf = (path) => {
      if (path === '/holdings') void settle(db, [{ id, state: 'complete', outcome: 'second', reason: null, missing: [], ledger }], '2026-11-24T05:00:00.000Z')
      return null
    }

    must(await news())

    expect((await states())[id]).toBe('complete')
  })

  it('asks once more when a complete of the epoch that is over is stored late', async () => {
    const { db, office, delivered, news, states } = await aTabletThatKnows()
    const putBack = office.snapshot()
    const [id = '' as ApplicationId] = await delivered()
    const late = (await db.items.get(id)) as { outcome: string }
    const { mark: before } = office
    putBack('anew')
    must(await news())
    await settle(db, [{ id, state: 'complete', outcome: late.outcome, reason: null, missing: [], ledger: before }], '2026-11-24T05:00:00.000Z')

    expect((await states())[id]).toBe('complete')
    must(await news())

    expect((await states())[id]).toBe('queued')
  })

  it('says how many are on their way, how many are back, and which nobody has any more', async () => {
    const { db, device, office, delivered, news, send } = await aTabletThatKnows()
    const putBack = office.snapshot()
    const [given] = await delivered()
    await makeRoom(db, device.mirror)
    await delivered(2)
    must(await news())
    putBack('anew')
    must(await news())
    const during = (await outboxNow(db)).restored
    await send()

    const code = ((await db.items.get(given ?? '')) as { localCode: string }).localCode
    expect(during).toMatchObject({ waiting: 2, back: 0, gone: [code] })
    const after = await outboxNow(db)
    expect(after.restored).toMatchObject({ waiting: 0, back: 2, gone: [code] })
    expect(after.items.filter(({ gone }) => gone).map(({ id }) => id)).toEqual([given])
  })

  it('makes no room with complete applications as long as it does not know what the office lacks', async () => {
    const { db, device, office, delivered, send, tablet } = await aTabletThatKnows()
    await delivered()
    office.snapshot()('anew')
    await anApplication(tablet)
    await send()

    expect(await makeRoom(db, device.mirror)).toBe(0)
  })
})

describe('what a backup of the office holds', () => {
  it('gives up its bytes, mirror and parts a day after that was first known, and keeps its line', async () => {
    const { db, device, office, delivered, ask } = await aTabletThatKnows()
    const [id = ''] = await delivered()
    office.covered.add(id)
    must(await ask())
    device.time.turn(dayMs - 1)
    must(await ask())
    const kept = await db.envelopes.get(id)
    device.time.turn(1)

    expect(must(await ask())).toMatchObject({ givenUp: 1 })

    expect(kept).toBeDefined()
    expect(await db.envelopes.get(id)).toBeUndefined()
    expect([...device.mirror.files.keys()]).toEqual([])
    expect(await db.items.get(id)).toMatchObject({ state: 'complete', held: false })
    expect(await db.cases.get(id)).toBeDefined()
  })

  it('stays when no backup holds it, whatever the clock says', async () => {
    const { db, device, delivered, ask } = await aTabletThatKnows()
    const [id = ''] = await delivered()
    must(await ask())
    device.time.nowMs += 400 * dayMs

    expect(must(await ask())).toMatchObject({ givenUp: 0 })
    expect(await db.envelopes.get(id)).toBeDefined()
  })

  it('begins its day anew after a restore, and when the clock was set back', async () => {
    const { db, device, office, delivered, ask, news } = await aTabletThatKnows()
    const [id = ''] = await delivered()
    office.covered.add(id)
    must(await ask())
    device.time.nowMs -= 400 * dayMs
    must(await ask())
    device.time.turn(dayMs - 1)
    expect(must(await ask())).toMatchObject({ givenUp: 0 })
    office.snapshot()('anew')
    must(await news())
    device.time.turn(dayMs - 1)

    expect(must(await ask())).toMatchObject({ givenUp: 0 })
    expect(await db.envelopes.get(id)).toBeDefined()
  })

  it('goes first when room is needed', async () => {
    const { db, device, office, delivered, ask } = await aTabletThatKnows()
    const [older = '', last = ''] = await delivered(2)
    office.covered.add(last)
    must(await ask())
    await db.items.update(last, { queuedAt: '2026-11-25T02:00:00.000Z' })
    const [row, envelope] = [(await db.items.get(older)) as object, (await db.envelopes.get(older)) as object]
    const others = Array.from({ length: 60 }, (_, at) => `01930000-0000-7000-8000-${String(at).padStart(12, '0')}`)
    await db.items.bulkAdd(others.map((id) => ({ ...row, id })))
    await db.envelopes.bulkAdd(others.map((id) => ({ ...envelope, id })))

    await makeRoom(db, device.mirror)

    expect(await db.envelopes.get(last)).toBeUndefined()
    expect(await db.envelopes.count()).toBe(12)
  })
})
