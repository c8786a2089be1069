// A revoked tablet gets a new key. Until the office has taken a ticket for it the tablet is what it was: what is on it can be
// sealed and carried to the desk. Killed at any moment, it works under its old key or under its new one, never between two.
import { afterEach, describe, expect, it } from 'vitest'
import { generateDeviceKey } from '../../../core/sealing/keys.ts'
import type { Database } from '../../../src/offline/db.ts'
import { readIdentity } from '../../../src/offline/keys.ts'
import { keepLedger } from '../../../src/offline/tablet/keepLedger.ts'
import type { Tablet } from '../../../src/offline/tablet.ts'
import { aDraft, anApplication, aWorkingTablet, exported, must, seen, type Device } from '../../support/offline/aTablet.ts'
import type { FakeOffice } from '../../support/offline/fakeOffice.ts'
import { idbFaults, type IdbFaults } from '../../support/offline/idbFaults.ts'

const ticket = 'ABCD-EFGH'
const spent = 'ZZZZ-ZZZZ'

let faults: IdbFaults | null = null
afterEach(() => {
  faults?.restore()
  faults = null
})

/** A tablet with one application of its old key, which has heard that an officer ended its work. */
async function aRevokedTablet() {
  const working = await aWorkingTablet()
  const { tablet, device } = working
  const sealed = await anApplication(tablet)
  device.office.state = 'revoked'
  const old = must(await tablet.device.refresh())
  return { ...working, old, sealed }
}

/** The three rows that must always speak of one key, and the key that waits. */
async function keysOf(db: Database) {
  const of = async (name: string) => ((await db.device.get(name)) as { device: string } | undefined)?.device ?? null
  return { own: [...new Set([await of('identity'), await of('office'), await of('sequence')])], next: await of('nextIdentity') }
}

/** The ledger beside the database, as an open page leaves it. */
async function notedKeys({ ledger, troubles }: Device, db: Database) {
  if (ledger.keys !== null) ledger.keys = { ...ledger.keys, keySet: 'older' }
  const stop = keepLedger({ db, ledger, trouble: (cause) => troubles.push(cause) })
  await expect.poll(() => ledger.keys !== null && ledger.keys.keySet !== 'older').toBe(true)
  stop()
  return ledger.keys?.own
}

describe('a revoked tablet whose new enrolment fails', () => {
  const failing: Readonly<Record<string, (office: FakeOffice, tablet: Tablet) => Promise<unknown>>> = {
    'without a connection': (office, tablet) => {
      office.road = 'down'
      return tablet.device.enrol({ ticket })
    },
    'by a spent ticket': (_, tablet) => tablet.device.enrol({ ticket: spent }),
    'in a captive portal': (office, tablet) => {
      office.road = 'portal'
      return tablet.device.enrol({ ticket })
    },
    'at an office of another root': (_, tablet) => tablet.device.enrol({ ticket, rootFingerprint: 'A'.repeat(43) }),
    'by an answer that never came': (office, tablet) => {
      office.road = 'loseAnswer'
      return tablet.device.enrol({ ticket })
    },
  }

  it.each(Object.keys(failing))('%s, however often, still finalises and exports', async (how) => {
    const { tablet, device, db, old } = await aRevokedTablet()
    const { id, version } = await aDraft(tablet)
    for (let tries = 0; tries < 3; tries += 1) expect(await failing[how]?.(device.office, tablet)).toMatchObject({ ok: false })

    must(await tablet.drafts.finalise(id, version))

    expect(await db.items.get(id)).toMatchObject({ device: old.device, sequence: 2 })
    expect(await exported(tablet)).toHaveLength(2)
    expect(await seen(tablet.device.watch)).toEqual(old)
  })

  it('tries again with the key it tried first, and has it once the office has taken a ticket', async () => {
    const { tablet, device, db, old } = await aRevokedTablet()
    await tablet.device.enrol({ ticket: spent })
    const tried = await keysOf(db)
    await tablet.device.enrol({ ticket: spent })
    const triedAgain = await keysOf(db)
    device.office.state = 'active'

    const view = must(await tablet.device.enrol({ ticket }))

    expect(tried).toEqual({ own: [old.device], next: expect.any(String) as string })
    expect(triedAgain).toEqual(tried)
    expect(await keysOf(db)).toEqual({ own: [view.device], next: null })
    expect(view.device).toBe(tried.next)
  })

  it('names the new key nowhere before the office has answered for it', async () => {
    const { tablet, device, db } = await aRevokedTablet()
    await tablet.device.enrol({ ticket: spent })
    const before = await notedKeys(device, db)
    device.office.state = 'active'
    must(await tablet.device.enrol({ ticket }))

    expect(before).toEqual([])
    expect(await notedKeys(device, db)).toEqual([(await readIdentity(db))?.publicJwk])
  })
})

describe('an enrolment anew whose answer was lost', () => {
  /** The office has taken the new key, and an officer has confirmed it; the tablet knows nothing of it. */
  async function whoseAnswerWasLost() {
    const { tablet, device, db } = await aRevokedTablet()
    device.office.road = 'loseAnswer'
    await tablet.device.enrol({ ticket })
    const { next } = await keysOf(db)
    device.office.road = 'up'
    device.office.state = 'active'
    return { tablet, db, next }
  }

  it('succeeds by the same ticket and the same new key', async () => {
    const { tablet, next } = await whoseAnswerWasLost()

    expect(must(await tablet.device.enrol({ ticket })).device).toBe(next)
  })

  it('is heard of by the next look at how the tablet stands, without any ticket', async () => {
    const { tablet, db, next } = await whoseAnswerWasLost()

    const view = must(await tablet.device.refresh())

    expect(view).toMatchObject({ device: next, state: 'active' })
    expect(await keysOf(db)).toEqual({ own: [next], next: null })
  })

  it('and that never arrived leaves the tablet known by its old key, and nobody is asked to sign in', async () => {
    const { tablet, old } = await aRevokedTablet()
    await tablet.device.enrol({ ticket: spent })

    expect(await tablet.device.refresh()).toEqual({ ok: true, value: old })
    expect((await seen(tablet.device.watch))?.refusal).toBeNull()
  })
})

describe('a tablet that an earlier release left between two keys', () => {
  it('is enrolled with the key that it has', async () => {
    const { tablet, device, db } = await aRevokedTablet()
    const key = await generateDeviceKey()
    await db.device.put({ name: 'identity', ...key })
    device.office.state = 'active'

    const view = must(await tablet.device.enrol({ ticket }))
    const id = await anApplication(tablet)

    expect(view.device).toBe(key.device)
    expect(await keysOf(db)).toEqual({ own: [key.device], next: null })
    expect(await db.items.get(id)).toMatchObject({ device: key.device, sequence: 1 })
  })
})

describe('an answer about the old key', () => {
  it('that comes after the new one was taken changes nothing', async () => {
    const { tablet, device, db, old } = await aRevokedTablet()
    let enrolled: string | undefined
    const late = device.page({
      fetch: async (url, init) => {
        const answer = await device.office.fetch(url, init)
        if (url.endsWith('/devices/me') && answer.ok) {
          device.office.state = 'active'
          enrolled ??= must(await tablet.device.enrol({ ticket })).device
        }
        return answer
      },
    })

    expect(await late.tablet.device.refresh()).toMatchObject({ failure: { kind: 'malformed' } })
    expect(enrolled).not.toBe(old.device)
    expect(await keysOf(db)).toEqual({ own: [enrolled], next: null })
  })
})

describe('killed while it is enrolled anew', () => {
  it('before any call of its database, it speaks of one key, finalises under it, and gets the new key by the same ticket', { timeout: 60_000 }, async () => {
    const { tablet, device, db } = await aRevokedTablet()
    const firsts: string[] = []
    for (let n = 1, isOver = false; !isOver; n += 1) {
      const before = must(await tablet.device.refresh())
      device.office.state = 'active'
      faults = idbFaults()
      faults.dieAt(n)
      const enrolling = await device.page().tablet.device.enrol({ ticket }).catch((cause: unknown) => cause)
      isOver = faults.calls() < n
      faults.restore()

      const { own: [own, ...others], next } = await keysOf(db)
      const { device: by } = (await db.items.get(await anApplication(tablet))) as { device: string }
      const view = must(await tablet.device.enrol({ ticket }))
      expect({ n, own, others, by }).toEqual({ n, own: by, others: [], by: own === before.device ? before.device : view.device })
      expect(next === null || next === view.device).toBe(true)
      expect(await keysOf(db)).toEqual({ own: [view.device], next: null })
      expect(view.device === before.device).toBe(false)
      if (isOver) expect(enrolling).toMatchObject({ ok: true })
      firsts.push(own === before.device ? 'old' : 'new')
      device.office.state = 'revoked'
    }

    expect([...new Set(firsts)]).toEqual(['old', 'new'])
    expect(firsts.length).toBeGreaterThan(10)
  })
})
