// Finalising, and the crash table of architecture 5: what a kill between any two steps leaves, and what a start makes of it.
import { describe, expect, it } from 'vitest'
import { readProtected } from '../../../../core/sealing/open.ts'
import { recover } from '../../../../src/offline/outbox/recover.ts'
import { aDraft, anApplication, aRunner, aWorkingTablet, content, must, outboxNow, seen, unlocked } from '../../../support/offline/aTablet.ts'

type Working = Awaited<ReturnType<typeof aWorkingTablet>>

/** A page that dies at a step of finalising: from then on nothing of it happens any more. */
function dyingPage({ device }: Working, at: 'afterMirror' | 'afterCommit' | 'inMirror') {
  const dead = new Promise<never>(() => undefined)
  const { mirror, ledger } = device
  return device.page({
    mirror: {
      ...mirror,
      async write(name, text) {
        if (at === 'inMirror') mirror.files.set(name, text.slice(0, text.length / 2))
        else await mirror.write(name, text)
        return at === 'afterCommit' ? { ok: true, value: undefined } : dead
      },
    },
    ledger: at === 'afterCommit' ? { ...ledger, write: () => dead } : ledger,
  })
}

async function killedWhileFinalising(at: 'afterMirror' | 'afterCommit' | 'inMirror') {
  const working = await aWorkingTablet()
  const draft = await aDraft(working.tablet)
  const dying = dyingPage(working, at)
  await unlocked(dying.tablet)
  void dying.tablet.drafts.finalise(draft.id, draft.version)
  await expect.poll(() => working.device.mirror.files.size).toBe(1)
  if (at === 'afterCommit') await expect.poll(async () => working.db.items.count()).toBe(1)
  dying.db.close()
  return { ...working, draft }
}

describe('killed while the mirror is written', () => {
  it('the draft stands, the half mirror goes, and it can be finalised again', async () => {
    const { device, db, tablet, draft } = await killedWhileFinalising('inMirror')

    await recover({ ...device, db })

    expect(device.mirror.files.size).toBe(0)
    expect(must(await tablet.drafts.open(draft.id)).content).toEqual(content())
    must(await tablet.drafts.finalise(draft.id, draft.version))
    expect((await outboxNow(db)).items).toMatchObject([{ id: draft.id, state: 'queued' }])
  })
})

describe('killed after the mirror, before the commit', () => {
  it('a draft of the same version is adopted without the passphrase: the very bytes of the mirror are queued', async () => {
    const { device, db, tablet, draft } = await killedWhileFinalising('afterMirror')
    tablet.vault.lock()
    const mirrored = JSON.parse([...device.mirror.files.values()][0] ?? '') as { envelope: { envelope: string } }

    await recover({ ...device, db })

    expect(await db.drafts.count()).toBe(0)
    expect(await db.envelopes.get(draft.id)).toMatchObject({ envelope: mirrored.envelope.envelope })
    expect((await outboxNow(db)).items).toMatchObject([{ id: draft.id, state: 'queued' }])
    expect(device.ledger.mark).toMatchObject({ count: 1, lastSequence: 1 })
  })

  it('what was adopted is delivered, and its volunteer reads the answer', async () => {
    const working = await killedWhileFinalising('afterMirror')
    await recover({ ...working.device, db: working.db })

    await aRunner(working).run('started')
    await working.device.office.reply(working.draft.id, { kind: 'refused', at: '2026-11-24T03:00:00.000Z', message: 'Thiếu giấy chứng sinh' })
    const stop = working.tablet.start()
    const [view] = await seen(working.tablet.cases.watch, ([first]) => first?.status === 'refused')
    stop()

    expect(view).toMatchObject({ id: working.draft.id, label: 'Nguyễn Văn An', message: 'Thiếu giấy chứng sinh' })
  })

  it('a draft that was saved since is kept and the orphan goes', async () => {
    const { device, db, tablet, draft } = await killedWhileFinalising('afterMirror')
    must(await tablet.drafts.save(draft.id, draft.version, content({ label: 'Nguyễn Thị Bình' })))

    await recover({ ...device, db })

    expect(device.mirror.files.size).toBe(0)
    expect(await db.items.count()).toBe(0)
    expect(must(await tablet.drafts.open(draft.id)).content.label).toBe('Nguyễn Thị Bình')
  })

  it('a mirror whose sequence number was taken since goes, and the draft stays', async () => {
    const { device, db, tablet, draft } = await killedWhileFinalising('afterMirror')
    await anApplication(tablet)

    await recover({ ...device, db })

    expect(await db.items.count()).toBe(1)
    expect([...device.mirror.files.keys()].filter((name) => name.startsWith(draft.id))).toEqual([])
    expect(must(await tablet.drafts.open(draft.id)).version).toBe(draft.version)
  })

  it('a mirror without draft and without item is the only copy: it is an application again, and its copy stays', async () => {
    const { device, db, draft } = await killedWhileFinalising('afterMirror')
    await db.drafts.delete(draft.id)

    await recover({ ...device, db })

    expect((await outboxNow(db)).items).toMatchObject([{ id: draft.id, state: 'queued' }])
    expect(device.mirror.files.size).toBe(1)
  })
})

describe('killed after the commit', () => {
  it('the item is queued, the ledger is brought up, and a start delivers it', async () => {
    const { device, db, draft } = await killedWhileFinalising('afterCommit')
    const behind = device.ledger.mark

    await recover({ ...device, db })
    const page = device.page()
    await aRunner(page).run('started')

    expect(behind).toBeNull()
    expect(device.ledger.mark).toMatchObject({ count: 1, lastSequence: 1 })
    expect((await outboxNow(db)).items).toMatchObject([{ id: draft.id, state: 'complete' }])
  })
})

describe('killed after the office committed, before its answer was stored', () => {
  it('the same bytes are sent again and the stored outcome comes back', async () => {
    const working = await aWorkingTablet()
    const id = await anApplication(working.tablet)
    working.device.office.road = 'loseAnswer'
    await aRunner(working).run('started')
    const committed = working.device.office.stored.get(id)?.statement
    working.db.close()

    working.device.office.road = 'up'
    const page = working.device.page()
    await aRunner(page).run('started')

    expect(await page.db.items.get(id)).toMatchObject({ state: 'complete', outcome: committed })
    expect(working.device.office.seen.get(id)?.size).toBe(1)
  })
})

describe('two tabs that finalise at once', () => {
  it('two drafts both end in the outbox, with different sequence numbers', async () => {
    const { tablet, device, db } = await aWorkingTablet()
    const other = device.page().tablet
    await unlocked(other)
    const [one, two] = [await aDraft(tablet), await aDraft(tablet)]

    const done = await Promise.all([tablet.drafts.finalise(one.id, one.version), other.drafts.finalise(two.id, two.version)])

    const rows = (await db.items.toArray()) as { sequence: number; localCode: string }[]
    expect(done.map(({ ok }) => ok)).toEqual([true, true])
    expect(rows.map(({ sequence }) => sequence).sort()).toEqual([1, 2])
    expect(done.map(must).map(({ localCode }) => localCode).sort()).toEqual(rows.map(({ localCode }) => localCode).sort())
    expect(device.mirror.files.size).toBe(2)
  })

  it('the same draft ends there once, and both hear its code', async () => {
    const { tablet, device, db } = await aWorkingTablet()
    const other = device.page().tablet
    await unlocked(other)
    const { id, version } = await aDraft(tablet)

    const done = await Promise.all([tablet.drafts.finalise(id, version), other.drafts.finalise(id, version)])

    expect(await db.items.count()).toBe(1)
    expect(new Set(done.map(must).map(({ localCode }) => localCode)).size).toBe(1)
    expect(device.mirror.files.size).toBe(1)
  })
})

describe('finalising', () => {
  it('writes the mirror before the transaction, with the bytes that are sent', async () => {
    const { tablet, device, db } = await aWorkingTablet()
    const order: string[] = []
    const page = device.page({
      mirror: {
        ...device.mirror,
        write: async (name, text) => {
          order.push(`mirror with ${await db.items.count()} items`)
          return device.mirror.write(name, text)
        },
      },
      ledger: { ...device.ledger, write: async () => void order.push(`ledger with ${await db.items.count()} items`) },
    })
    await unlocked(page.tablet)
    const { id, version } = await aDraft(tablet)

    must(await page.tablet.drafts.finalise(id, version))

    const [mirrored] = [...device.mirror.files.values()]
    expect(order).toEqual(['mirror with 0 items', 'ledger with 1 items'])
    expect(JSON.parse(mirrored ?? '')).toMatchObject({ envelope: (await db.envelopes.get(id)) as object })
  })

  it('is refused by a mirror that cannot be written, and the draft stays', async () => {
    const { tablet, device, db } = await aWorkingTablet()
    device.mirror.trouble = 'storageBroken'
    const { id, version } = await aDraft(tablet)

    expect(await tablet.drafts.finalise(id, version)).toMatchObject({ failure: { kind: 'storageBroken' } })
    expect(await db.items.count()).toBe(0)
    expect(must(await tablet.drafts.open(id)).version).toBe(version)
  })

  it('gives up the reserved room when the tablet is full, and succeeds', async () => {
    const { tablet, device } = await aWorkingTablet()
    device.mirror.trouble = 'storageFull'
    device.reserve.onRelease = () => (device.mirror.trouble = null)
    const { id, version } = await aDraft(tablet)

    must(await tablet.drafts.finalise(id, version))

    expect(device.reserve.held).toBe(false)
  })

  it('gives up the reserved room for the last save before it, and for no other save', async () => {
    const { tablet, device, db } = await aWorkingTablet()
    const { id, version } = await aDraft(tablet)
    let isFull = true
    db.drafts.hook('updating', () => {
      if (isFull) throw new DOMException('full', 'QuotaExceededError')
    })
    device.reserve.onRelease = () => (isFull = false)

    const typed = await tablet.drafts.save(id, version, content())
    const heldMeanwhile = device.reserve.held
    must(await tablet.drafts.finalise(id, must(await tablet.drafts.save(id, version, content(), 'toSeal'))))

    expect(typed).toMatchObject({ failure: { kind: 'storageFull' } })
    expect([heldMeanwhile, device.reserve.held]).toEqual([true, false])
  })

  it('gives up the reserved room when only the transaction finds no room, and leaves one mirror', async () => {
    const working = await aWorkingTablet()
    const { id, version } = await aDraft(working.tablet)
    const { reserve, mirror } = working.device
    const page = working.device.page()
    await unlocked(page.tablet)
    let isFull = true
    reserve.onRelease = () => (isFull = false)
    page.db.items.hook('creating', () => {
      if (isFull) throw new DOMException('full', 'QuotaExceededError')
    })

    must(await page.tablet.drafts.finalise(id, version))

    expect([reserve.held, mirror.files.size, await working.db.items.count(), await working.db.drafts.count()]).toEqual([false, 1, 1, 0])
  })

  it('after a try of which nobody knew whether it was stored leaves one second copy, which is the one that a lost database gets back', async () => {
    const working = await aWorkingTablet()
    const { id, version } = await aDraft(working.tablet)
    let isBroken = true
    working.db.items.hook('creating', () => {
      if (isBroken) throw new DOMException('broken', 'DataError')
    })

    const first = await working.tablet.drafts.finalise(id, version)
    isBroken = false
    must(await working.tablet.drafts.finalise(id, version))

    expect(first).toMatchObject({ failure: { kind: 'storageBroken' } })
    const { digest } = (await working.db.items.get(id)) as { digest: string }
    expect([...working.device.mirror.files.keys()]).toEqual([`${id}.${digest}`])
  })

  it('that finds no room even then leaves the draft, no item and no mirror', async () => {
    const { tablet, device, db } = await aWorkingTablet()
    const { id, version } = await aDraft(tablet)
    db.items.hook('creating', () => {
      throw new DOMException('full', 'QuotaExceededError')
    })

    expect(await tablet.drafts.finalise(id, version)).toMatchObject({ failure: { kind: 'storageFull' } })
    expect([device.mirror.files.size, await db.items.count(), must(await tablet.drafts.open(id)).version]).toEqual([0, 0, version])
  })

  it('of an older version than the stored one is refused', async () => {
    const { tablet } = await aWorkingTablet()
    const { id, version } = await aDraft(tablet)
    must(await tablet.drafts.save(id, version, content({ label: 'mới' })))

    expect(await tablet.drafts.finalise(id, version)).toMatchObject({ failure: { kind: 'draftChanged' } })
  })

  it('of more than a mebibyte is refused before sealing, and the draft stays', async () => {
    const { tablet } = await aWorkingTablet()
    const draft = await aDraft(tablet)

    const grown = await tablet.drafts.save(draft.id, draft.version, content({ answers: { note: 'x'.repeat(1024 * 1024) } }))

    expect(grown).toMatchObject({ failure: { kind: 'tooLargeToSeal' } })
    expect(must(await tablet.drafts.open(draft.id)).version).toBe(draft.version)
  })

  it('asks the browser to wake the worker', async () => {
    const { tablet, device } = await aWorkingTablet()

    await anApplication(tablet)

    expect(device.surroundings.syncsAsked).toBe(1)
  })

  it('binds the sealed bytes to id, pack and device outside as inside', async () => {
    const { tablet, db } = await aWorkingTablet()
    const id = await anApplication(tablet)
    const row = (await db.envelopes.get(id)) as { envelope: string }

    expect(must(readProtected(row.envelope))).toMatchObject({ id, pack: '1.001193@1.0.0' })
  })
})

describe('what lies on the tablet', () => {
  it('shows no word of the citizen in any row, mirror or ledger', async () => {
    const { tablet, device, db } = await aWorkingTablet()
    const marker = 'Markerxyz'
    await aDraft(tablet, { answers: { childName: marker }, label: marker })
    await anApplication(tablet, { answers: { childName: marker }, label: marker })

    const rows = await Promise.all(db.tables.map(async (table) => table.toArray()))
    const bytes = JSON.stringify(rows, (_, value: unknown) => (value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value))

    expect(bytes.length).toBeGreaterThan(2_000)
    expect(bytes).not.toContain(marker)
    expect([...device.mirror.files.values()].join()).not.toContain(marker)
    expect(JSON.stringify(device.ledger.mark)).not.toContain(marker)
  })

  it('holds no key object but the device key, and that one cannot be exported', async () => {
    const { tablet, db } = await aWorkingTablet()
    await aDraft(tablet)
    await anApplication(tablet)

    const rows = (await Promise.all(db.tables.map(async (table) => table.toArray()))).flat()
    const keys = rows.flatMap((row): unknown[] => Object.values(row as Record<string, unknown>)).filter((value) => value instanceof CryptoKey)

    expect(keys).toHaveLength(1)
    expect(keys[0]).toMatchObject({ type: 'private', extractable: false })
  })
})
