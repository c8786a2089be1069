// A database that lost something, in every way measured (reference: the damages of Chromium), and what a start makes of it.
import { describe, expect, it } from 'vitest'
import { fail, ok } from '../../../../core/result.ts'
import { failure } from '../../../../core/failures.ts'
import { openItems } from '../../../../src/offline/outbox/queue.ts'
import { judge, recover } from '../../../../src/offline/outbox/recover.ts'
import { noteStock, countStock } from '../../../../src/offline/outbox/stock.ts'
import { aDraft, anApplication, aRunner, aWorkingTablet, must, outboxNow, seen } from '../../../support/offline/aTablet.ts'

type Working = Awaited<ReturnType<typeof aWorkingTablet>>

/** What a start that watched for a while has left outside of the database. */
async function keptOutside({ db, device }: Pick<Working, 'db' | 'device'>): Promise<void> {
  await noteStock(device.ledger, await countStock(db))
  const office = (await db.device.get('office')) as { root: never; keySet: string }
  await device.ledger.writeKeys({ root: office.root, keySet: office.keySet, own: [] })
}

async function aTabletWith({ applications = 0, drafts = 0 }): Promise<Working & { ids: string[] }> {
  const working = await aWorkingTablet()
  const ids: string[] = []
  for (let n = 0; n < applications; n += 1) ids.push(await anApplication(working.tablet))
  for (let n = 0; n < drafts; n += 1) await aDraft(working.tablet)
  await keptOutside(working)
  return { ...working, ids }
}

/** Every table emptied, as the browser leaves them: no word, no error. */
async function wiped({ db, device }: Working) {
  await db.delete()
  return device.page()
}

const idsOf = async (db: Working['db']): Promise<string[]> => (await outboxNow(db)).items.map(({ id }) => id).sort()

describe('a database that is gone with the key of the tablet', () => {
  it('gives every application back from its second copy, counts what else is gone, and says that the tablet is to be enrolled', async () => {
    const tablet = await aTabletWith({ applications: 3, drafts: 2 })
    const { db } = await wiped(tablet)

    const finding = await recover({ ...tablet.device, db })

    expect(await idsOf(db)).toEqual([...tablet.ids].sort())
    expect(finding).toEqual({
      foundAt: '2026-11-24T02:00:00.000Z', restored: 3, drafts: 2, applications: 0, volunteers: 1, unreadable: [], keyLost: true, readAt: null,
    })
    expect(tablet.device.ledger.findings).toEqual([finding])
  })

  it('sends them by the keys that were kept outside, each with the tablet of its header, and settles them', async () => {
    const tablet = await aTabletWith({ applications: 2 })
    const page = await wiped(tablet)
    await recover({ ...tablet.device, db: page.db })

    await aRunner(page).run('started')

    expect((await outboxNow(page.db)).items.map(({ state }) => state)).toEqual(['complete', 'complete'])
    expect([...tablet.device.office.stored.keys()].sort()).toEqual([...tablet.ids].sort())
  })

  it('is enrolled again with a new key under the same root, and numbers begin anew for that key', async () => {
    const tablet = await aTabletWith({ applications: 2 })
    const before = await tablet.db.device.get('identity')
    const page = await wiped(tablet)
    await recover({ ...tablet.device, db: page.db })

    const view = must(await page.tablet.device.enrol({ ticket: 'ABCD-EFGH' }))
    await keptOutside({ ...tablet, db: page.db })
    await aRunner(page).run('started')

    expect(view.device).not.toBe((before as { device: string }).device)
    expect(await page.db.device.get('sequence')).toMatchObject({ device: view.device, last: 0 })
    expect((await outboxNow(page.db)).items.map(({ state }) => state)).toEqual(['complete', 'complete'])
    expect(await recover({ ...tablet.device, db: page.db })).toBeNull()
  })

  it('is not enrolled at an office of another root', async () => {
    const tablet = await aTabletWith({ applications: 1 })
    const page = await wiped(tablet)
    await recover({ ...tablet.device, db: page.db })

    const refused = await page.tablet.device.enrol({ ticket: 'ABCD-EFGH', rootFingerprint: 'a'.repeat(43) })

    expect(refused).toMatchObject({ failure: { kind: 'rootMismatch' } })
  })

  it('is noticed also when nothing had been finalised, by the keys that were kept outside', async () => {
    const tablet = await aTabletWith({ drafts: 1 })
    const { db } = await wiped(tablet)

    expect(await recover({ ...tablet.device, db })).toMatchObject({ restored: 0, drafts: 1, volunteers: 1, keyLost: true })
  })

  it('is told of once: the next start finds nothing new', async () => {
    const tablet = await aTabletWith({ applications: 1 })
    const { db } = await wiped(tablet)
    await recover({ ...tablet.device, db })

    expect(await recover({ ...tablet.device, db })).toBeNull()
    expect(tablet.device.ledger.findings).toHaveLength(1)
  })

  it('and gone a second time before it was enrolled again is told of again', async () => {
    const tablet = await aTabletWith({ applications: 1 })
    const first = await wiped(tablet)
    await recover({ ...tablet.device, db: first.db })
    const { db } = await wiped({ ...tablet, db: first.db })

    expect(await recover({ ...tablet.device, db })).toMatchObject({ restored: 1, keyLost: true })
    expect(tablet.device.ledger.findings).toHaveLength(2)
  })

  it('without second copies says at most how many applications are gone', async () => {
    const tablet = await aTabletWith({ applications: 3 })
    tablet.device.mirror.files.clear()
    const { db } = await wiped(tablet)

    expect(await recover({ ...tablet.device, db })).toMatchObject({ restored: 0, applications: 3 })
  })

  it('and killed while it was put back, has said so already', async () => {
    const tablet = await aTabletWith({ applications: 2 })
    const { db } = await wiped(tablet)
    const dead = new Promise<never>(() => undefined)
    let pages = 0

    void recover({ ...tablet.device, db, mirror: { ...tablet.device.mirror, names: async () => tablet.device.mirror.names() }, ledger: {
      ...tablet.device.ledger,
      read: async () => tablet.device.ledger.mark,
      readKeys: async () => tablet.device.ledger.keys,
      readFindings: async () => tablet.device.ledger.findings,
      writeFindings: async (findings) => {
        pages += 1
        await tablet.device.ledger.writeFindings(findings)
        if (pages === 1) await dead
      },
    } })
    await expect.poll(() => pages).toBe(1)

    expect(tablet.device.ledger.findings).toMatchObject([{ restored: 2, readAt: null }])
    await recover({ ...tablet.device, db })
    expect(await idsOf(db)).toEqual([...tablet.ids].sort())
  })
})

describe('a database that lost a part', () => {
  it('brought back to before two finalises, gives both back and never uses their numbers again', async () => {
    const tablet = await aTabletWith({ applications: 3 })
    const [, two = '', three = ''] = tablet.ids
    for (const id of [two, three]) for (const table of [tablet.db.items, tablet.db.envelopes, tablet.db.cases]) await table.delete(id)
    await tablet.db.device.update('sequence', { last: 1 })

    const finding = await recover({ ...tablet.device, db: tablet.db })
    const next = await anApplication(tablet.tablet)

    expect(finding).toMatchObject({ restored: 2, applications: 0, keyLost: false })
    expect(await tablet.db.items.get(next)).toMatchObject({ sequence: 4 })
  })

  it('with the draft of an application standing again at an older version, keeps the application', async () => {
    const tablet = await aTabletWith({})
    const draft = await aDraft(tablet.tablet)
    const older = { ...((await tablet.db.drafts.get(draft.id)) as object), version: draft.version - 1 }
    must(await tablet.tablet.drafts.finalise(draft.id, draft.version))
    for (const table of [tablet.db.items, tablet.db.envelopes, tablet.db.cases]) await table.delete(draft.id)
    await tablet.db.drafts.put(older)
    await tablet.db.device.update('sequence', { last: 0 })

    expect(await recover({ ...tablet.device, db: tablet.db })).toMatchObject({ restored: 1 })
    expect(await idsOf(tablet.db)).toEqual([draft.id])
    expect(await tablet.db.drafts.count()).toBe(0)
  })

  it('whose numbers stand further back than a copy says, never removes that copy beside its draft', async () => {
    const tablet = await aTabletWith({ applications: 1 })
    const draft = await aDraft(tablet.tablet)
    const row = (await tablet.db.drafts.get(draft.id)) as object
    must(await tablet.tablet.drafts.finalise(draft.id, draft.version))
    const [first = ''] = tablet.ids
    for (const id of [first, draft.id]) for (const table of [tablet.db.items, tablet.db.envelopes, tablet.db.cases]) await table.delete(id)
    await tablet.db.drafts.put(row)
    await tablet.db.device.update('sequence', { last: 0 })
    for (const name of tablet.device.mirror.files.keys()) if (name.startsWith(first)) tablet.device.mirror.files.delete(name)

    await recover({ ...tablet.device, db: tablet.db })

    expect(await idsOf(tablet.db)).toEqual([draft.id])
    expect(tablet.device.mirror.files.size).toBe(1)
  })

  it.each(['envelopes', 'cases'] as const)('gets the row in %s of an application back', async (table) => {
    const tablet = await aTabletWith({ applications: 1 })
    const [id = ''] = tablet.ids
    const row = await tablet.db[table].get(id)
    await tablet.db[table].delete(id)

    await recover({ ...tablet.device, db: tablet.db })

    expect(await tablet.db[table].get(id)).toEqual(row)
  })

  it.each(['drafts', 'vaults'] as const)('of its %s says so', async (table) => {
    const tablet = await aTabletWith({ drafts: 1 })
    await tablet.db[table].clear()

    expect(await recover({ ...tablet.device, db: tablet.db })).toMatchObject(table === 'drafts' ? { drafts: 1 } : { volunteers: 1 })
  })

  it('of its own number only, gets it back from the ledger', async () => {
    const tablet = await aTabletWith({ applications: 2 })
    await tablet.db.device.delete('sequence')

    await recover({ ...tablet.device, db: tablet.db })

    expect(await tablet.db.device.get('sequence')).toMatchObject({ last: 2 })
  })
})

describe('what is no damage', () => {
  it('a start after everything was sent, drafts were discarded and bytes were given up finds nothing', async () => {
    const tablet = await aTabletWith({ applications: 2, drafts: 1 })
    await aRunner(tablet).run('started')
    const [draft] = (await tablet.db.drafts.toArray()) as { id: never }[]
    must(await tablet.tablet.drafts.discard(draft?.id as never))

    expect(await recover({ ...tablet.device, db: tablet.db })).toBeNull()
    expect(tablet.device.ledger.findings).toEqual([])
  })

  it('a ledger that is behind, or gone, or of the key before this one', async () => {
    const tablet = await aTabletWith({ applications: 1 })
    for (const mark of [null, { count: 0, lastSequence: 0 }, { count: 1, lastSequence: 9 }, { count: 1, lastSequence: 9, device: 'z'.repeat(43) as never }]) {
      tablet.device.ledger.mark = mark
      expect(await recover({ ...tablet.device, db: tablet.db })).toBeNull()
    }
  })

  it('a discarded draft whose finalise was killed before: its copy goes with it', async () => {
    const tablet = await aTabletWith({})
    const draft = await aDraft(tablet.tablet)
    tablet.device.mirror.files.set(`${draft.id}.${'d'.repeat(43)}`, '{')

    must(await tablet.tablet.drafts.discard(draft.id))

    expect(tablet.device.mirror.files.size).toBe(0)
  })

  it('a discard that was refused leaves no false count', async () => {
    const tablet = await aTabletWith({ drafts: 1 })
    const [draft] = (await tablet.db.drafts.toArray()) as { id: never }[]
    tablet.tablet.vault.lock()

    expect(await tablet.tablet.drafts.discard(draft?.id as never)).toEqual(fail(failure('locked')))
    expect(tablet.device.ledger.mark).toMatchObject({ drafts: 1 })
  })

  it('a ledger that cannot be written keeps no draft from being discarded', async () => {
    const tablet = await aTabletWith({ drafts: 1 })
    const [draft] = (await tablet.db.drafts.toArray()) as { id: never }[]
    tablet.device.ledger.write = () => Promise.reject(new DOMException('full', 'QuotaExceededError'))

    expect(await tablet.tablet.drafts.discard(draft?.id as never)).toEqual(ok())
    expect(await tablet.db.drafts.count()).toBe(0)
  })
})

describe('copies that cannot be used', () => {
  it.each([
    ['cut', (text: string) => text.slice(0, -20)],
    ['with other bytes inside', (text: string) => text.replace('ciphertext', 'cipherTEXT')],
    ['of another number than its header says', (text: string) => text.replace('"sequence":1', '"sequence":2')],
  ])('%s: left where they are, counted, and told of once', async (_how, change) => {
    const tablet = await aTabletWith({ applications: 1 })
    const { db } = await wiped(tablet)
    const [name = '', text = ''] = [...tablet.device.mirror.files][0] ?? []
    expect(change(text)).not.toBe(text)
    tablet.device.mirror.files.set(name, change(text))

    expect(await recover({ ...tablet.device, db })).toMatchObject({ restored: 0, unreadable: [name] })
    expect(await recover({ ...tablet.device, db })).toBeNull()
    expect(tablet.device.mirror.files.size).toBe(1)
    expect(await db.items.count()).toBe(0)
  })

  it('a foreign file is left and told of', async () => {
    const tablet = await aTabletWith({})
    tablet.device.mirror.files.set('holiday.jpg', 'x')

    expect(await recover({ ...tablet.device, db: tablet.db })).toMatchObject({ restored: 0, unreadable: ['holiday.jpg'] })
    expect(tablet.device.mirror.files.has('holiday.jpg')).toBe(true)
  })
})

describe('the start of a page', () => {
  it('looks first, sends what came back, and tells the screen until somebody has read it', async () => {
    const tablet = await aTabletWith({ applications: 1 })
    const page = await wiped(tablet)
    const stop = page.tablet.start()

    const [finding] = await seen(page.tablet.findings.watch, (findings) => findings.length > 0)
    await seen(page.tablet.outbox.watch, ({ items }) => items[0]?.state === 'complete')
    await page.tablet.findings.markRead()
    stop()

    expect(finding).toMatchObject({ restored: 1, readAt: null })
    expect(tablet.device.ledger.findings).toMatchObject([{ restored: 1, readAt: '2026-11-24T02:00:00.000Z' }])
    expect(await openItems(page.db)).toEqual([])
  })

  it('keeps the counts and the office’s keys outside of the database', async () => {
    const working = await aWorkingTablet()
    const stop = working.tablet.start()
    await aDraft(working.tablet)

    await expect.poll(() => working.device.ledger.mark?.drafts).toBe(1)
    await expect.poll(() => working.device.ledger.keys?.root).toEqual(working.device.office.keys.rootJwk)
    stop()
  })
})

describe('figures', () => {
  const stock = { sequence: null, items: 2, drafts: 1, vaults: 1, held: 2 }
  const facts = { after: stock, isBehind: true, isWiped: false, known: new Set<string>(), keyLost: false, at: '2026-11-24T02:00:00.000Z', recovered: { restored: 0, unreadable: [] } }

  it('are never below nothing, and bytes given up before are not missed', () => {
    expect(judge({ ...facts, mark: { count: 9, lastSequence: 9, drafts: 0, vaults: 0, held: 2 } })).toMatchObject({ drafts: 0, applications: 0, volunteers: 0 })
  })

  it('of a ledger of before are as high as it can be', () => {
    expect(judge({ ...facts, mark: { count: 9, lastSequence: 9 } })).toMatchObject({ applications: 7, drafts: 0 })
  })
})
