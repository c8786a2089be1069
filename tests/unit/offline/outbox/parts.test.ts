// Photos on their way: the rows of the crash table after the text is at the office, and what a part that is too large does.
import { describe, expect, it } from 'vitest'
import { anApplication, aRunner, aWorkingTablet, outboxNow } from '../../../support/offline/aTablet.ts'
import { withPhotos } from '../../../support/offline/withPhotos.ts'

type Working = Awaited<ReturnType<typeof aWorkingTablet>>

const partsAsked = ({ device }: Working): string[] => device.office.requests.filter((request) => request.startsWith('PUT /parts/'))

/** The process dies: the page's memory goes, disk and office stay. */
function restarted({ device, db }: Working) {
  db.close()
  device.office.roadOf = null
  device.office.road = 'up'
  device.office.requests.length = 0
  return device.page()
}

describe('killed after the outcome `received` was stored', () => {
  it('asks the office what is missing before it sends anything, and sends only that', async () => {
    const working = await aWorkingTablet()
    const id = await withPhotos(working, 3)
    let allowed = 2
    working.device.office.roadOf = (path) => (path.startsWith('/parts/') && (allowed -= 1) < 0 ? 'down' : null)
    await aRunner(working).run('started')
    const row = await working.db.items.get(id)
    const page = restarted(working)

    await aRunner(page).run('started')

    expect(row).toMatchObject({ state: 'received' })
    expect(working.device.office.requests[0]).toBe(`PUT /envelopes/${id}`)
    expect(partsAsked(working)).toHaveLength(1)
    expect((await outboxNow(page.db)).items).toMatchObject([{ id, state: 'complete' }])
    expect(working.device.office.seen.get(id)?.size).toBe(1)
  })
})

describe('the last part stored and its answer lost', () => {
  async function lost() {
    const working = await aWorkingTablet()
    const id = await withPhotos(working)
    working.device.office.roadOf = (path) => (path.startsWith('/parts/') && working.device.office.parts.size === 1 ? 'loseAnswer' : null)
    await aRunner(working).run('started')
    return { ...working, id, meanwhile: (await outboxNow(working.db)).items }
  }

  it('stays received, is sent again without harm, and the same bytes then ask for `complete`', async () => {
    const working = await lost()
    working.device.office.roadOf = null
    const runner = aRunner(working)

    await runner.run('sendNow')

    expect(working.device.office.parts.size).toBe(2)
    expect(working.meanwhile).toMatchObject([{ id: working.id, state: 'received' }])
    expect((await outboxNow(working.db)).items).toMatchObject([{ id: working.id, state: 'complete' }])
  })

  it('and killed: the next start asks again and hears `complete` without sending a part', async () => {
    const working = await lost()
    const page = restarted(working)

    await aRunner(page).run('started')

    expect(working.device.office.requests).toEqual([`PUT /envelopes/${working.id}`])
    expect((await outboxNow(page.db)).items).toMatchObject([{ id: working.id, state: 'complete' }])
    expect(working.device.office.seen.get(working.id)?.size).toBe(1)
  })
})

describe('a part that the office finds too large', () => {
  it.each([{ bare: 413 }, { status: 'partTooLarge' }] as const)('(%j) pauses photos and says so, while text goes on', async (road) => {
    const working = await aWorkingTablet()
    const id = await withPhotos(working)
    working.device.office.roadOf = (path) => (path.startsWith('/parts/') ? road : null)
    const runner = aRunner(working)
    await runner.run('started')
    const paused = await outboxNow(working.db)
    const text = await anApplication(working.tablet)

    working.device.time.turn(60_000)
    await runner.run('queued')
    const tried = partsAsked(working).length
    const meanwhile = await outboxNow(working.db)
    working.device.office.roadOf = null
    working.device.time.turn(15 * 60_000)
    await runner.run('timer')
    const afterwards = await outboxNow(working.db)

    expect(paused).toMatchObject({ partsPaused: true, road: 'reachable', items: [{ id, state: 'received' }] })
    expect(tried).toBe(1)
    expect(meanwhile.partsPaused).toBe(true)
    expect(meanwhile.items.find((item) => item.id === text)?.state).toBe('complete')
    expect(afterwards.partsPaused).toBe(false)
    expect(afterwards.items.map(({ state }) => state)).toEqual(['complete', 'complete'])
  })
})

describe('bytes of a photo that are not on the tablet', () => {
  it('delay their application and leave the others alone', async () => {
    const working = await aWorkingTablet()
    const id = await withPhotos(working)
    const other = await anApplication(working.tablet)
    working.device.parts.files.clear()

    await aRunner(working).run('started')

    const { items } = await outboxNow(working.db)
    expect(items.find((item) => item.id === id)?.state).toBe('received')
    expect(items.find((item) => item.id === other)?.state).toBe('complete')
  })
})
