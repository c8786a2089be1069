import { describe, expect, it } from 'vitest'
import { parseCarrierLine } from '../../../../core/wire/carrier.ts'
import { recover } from '../../../../src/offline/outbox/recover.ts'
import { makeRoom } from '../../../../src/offline/outbox/purge.ts'
import { settle } from '../../../../src/offline/outbox/queue.ts'
import { anApplication, aRunner, aWorkingTablet, exported, must, outboxNow } from '../../../support/offline/aTablet.ts'

describe('making room', () => {
  it('gives up sealed bytes and mirrors of complete applications, and never of others', async () => {
    const page = await aWorkingTablet()
    const complete = await anApplication(page.tablet)
    await aRunner(page).run('started')
    const queued = await anApplication(page.tablet)

    const given = await makeRoom(page.db, page.device.mirror)

    expect(given).toBe(1)
    expect((await page.db.envelopes.toArray()).map((row) => (row as { id: string }).id)).toEqual([queued])
    expect([...page.device.mirror.files.keys()].map((name) => name.split('.')[0])).toEqual([queued])
    expect((await outboxNow(page.db)).items.map(({ id, state }) => [id, state]).sort()).toEqual([[complete, 'complete'], [queued, 'queued']].sort())
  })

  it.each(['queued', 'received', 'refused', 'disputed'] as const)('keeps the bytes and the mirror of one that is %s', async (state) => {
    const page = await aWorkingTablet()
    const id = await anApplication(page.tablet)
    if (state !== 'queued') await settle(page.db, [{ id, state, outcome: 'signed', reason: null, missing: [] }], '2026-11-24T05:00:00.000Z')

    const given = await makeRoom(page.db, page.device.mirror)
    await recover({ ...page.device, db: page.db })

    expect(given).toBe(0)
    expect(await page.db.envelopes.get(id)).toBeDefined()
    expect(page.device.mirror.files.size).toBe(1)
  })

  it('killed between row and mirror, the next start removes the mirror', async () => {
    const page = await aWorkingTablet()
    await anApplication(page.tablet)
    await aRunner(page).run('started')
    await makeRoom(page.db, { ...page.device.mirror, remove: async () => undefined })

    await recover({ ...page.device, db: page.db })

    expect(page.device.mirror.files.size).toBe(0)
  })

  it('keeps bytes and mirror of a complete application while there is room', async () => {
    const page = await aWorkingTablet()
    const id = await anApplication(page.tablet)
    await aRunner(page).run('started')

    await recover({ ...page.device, db: page.db })

    expect(await page.db.envelopes.get(id)).toBeDefined()
    expect(page.device.mirror.files.size).toBe(1)
  })
})

describe('what follows a state', () => {
  it('nothing takes back complete, whoever says so later', async () => {
    const page = await aWorkingTablet()
    const id = await anApplication(page.tablet)
    await aRunner(page).run('started')

    for (const state of ['received', 'refused', 'disputed'] as const) {
      await settle(page.db, [{ id, state, outcome: 'later', reason: 'idTaken', missing: [] }], '2026-11-24T05:00:00.000Z')
    }

    expect(await page.db.items.get(id)).toMatchObject({ state: 'complete', reason: null })
  })
})

describe('the carrier as a file', () => {
  it('holds everything the office has not completed, in order, also while locked, and changes nothing', async () => {
    const page = await aWorkingTablet()
    await anApplication(page.tablet)
    await aRunner(page).run('started')
    const [one, two] = [await anApplication(page.tablet), await anApplication(page.tablet)]
    page.tablet.vault.lock()
    const before = await page.db.items.toArray()

    const lines = await exported(page.tablet)

    const envelopes = lines.map((line) => must(parseCarrierLine(line))).flatMap((line) => (line.kind === 'envelope' ? [line.envelope] : []))
    const stored = (await Promise.all([one, two].map(async (id) => page.db.envelopes.get(id)))) as { envelope: string; header: string }[]
    expect(envelopes).toEqual(stored.map(({ envelope, header }) => ({ envelope, header })))
    expect(await page.db.items.toArray()).toEqual(before)
  })
})
