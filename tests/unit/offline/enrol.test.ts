import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { generateDeviceKey, thumbprint } from '../../../core/sealing/keys.ts'
import { keptKeysShape } from '../../../src/offline/findings.ts'
import { noteRefusal, readIdentity, readNextIdentity } from '../../../src/offline/keys.ts'
import { keepLedger } from '../../../src/offline/tablet/keepLedger.ts'
import type { Database } from '../../../src/offline/db.ts'
import { aDevice, anApplication, aWorkingTablet, must, seen, type Device } from '../../support/offline/aTablet.ts'
import { makeKeys } from '../../support/offline/fakeOffice.ts'

const ticket = 'ABCD-EFGH'

describe('enrolling', () => {
  it('pins the office whose fingerprint stood in the QR and shows six words', async () => {
    const device = await aDevice()
    const { tablet } = device.page()
    const before = await seen(tablet.device.watch)

    const view = must(await tablet.device.enrol({ ticket, rootFingerprint: await thumbprint(device.office.keys.rootJwk) }))

    expect(before).toBeNull()
    expect(view).toMatchObject({ number: '03', state: 'active', office: { name: 'UBND phường Phú Hội' }, keySetExpired: false })
    expect(view.words).toHaveLength(6)
  })

  it('refuses an office with another root than the QR names', async () => {
    const { tablet } = (await aDevice()).page()

    expect(await tablet.device.enrol({ ticket, rootFingerprint: 'A'.repeat(43) })).toMatchObject({ failure: { kind: 'rootMismatch' } })
    expect(await seen(tablet.device.watch)).toBeNull()
  })

  it('with a wrong code changes nothing and says so', async () => {
    const { tablet } = (await aDevice()).page()

    expect(await tablet.device.enrol({ ticket: 'ZZZZ-ZZZZ' })).toMatchObject({ failure: { kind: 'ticketInvalid' } })
  })

  it('whose answer is lost is asked for again with the same key', async () => {
    const device = await aDevice()
    const { tablet, db } = device.page()
    device.office.road = 'loseAnswer'
    const lost = await tablet.device.enrol({ ticket })
    const key = (await readNextIdentity(db))?.device

    device.office.road = 'up'
    const view = must(await tablet.device.enrol({ ticket }))

    expect(lost).toMatchObject({ failure: { kind: 'offline' } })
    expect(view.device).toBe(key)
  })

  it('that waits becomes active when the officer has confirmed, by asking every few seconds', async () => {
    const device = await aDevice()
    device.office.state = 'waiting'
    const { tablet } = device.page()
    const stop = tablet.start()
    const waiting = must(await tablet.device.enrol({ ticket }))

    device.office.state = 'active'
    await seen(tablet.device.watch, (view) => view !== null)
    device.time.turn(5_000)
    const active = await seen(tablet.device.watch, (view) => view?.state === 'active')
    await seen(tablet.packs.watch, (packs) => packs.length === 1)
    stop()

    expect(waiting.state).toBe('waiting')
    expect(active?.words).toEqual(waiting.words)
  })
})

describe('a tablet that lost its key with its database', () => {
  /** What the page writes beside the database while it is open. */
  async function keepsWhatItHas(device: Device, db: Database): Promise<void> {
    const { ledger, troubles } = device
    // So that it has something to write, and this can see when it has.
    if (ledger.keys !== null) ledger.keys = { ...ledger.keys, keySet: 'older' }
    const stop = keepLedger({ db, ledger, trouble: (cause) => troubles.push(cause) })
    await expect.poll(() => ledger.keys !== null && ledger.keys.keySet !== 'older').toBe(true)
    stop()
  }

  /** A page whose ledger has heard of the present key before it goes on. */
  async function anEnrolledPage() {
    const device = await aDevice()
    const { tablet, db } = device.page()
    const enrols = async () => must(await tablet.device.enrol({ ticket }))
    const own = async () => (await readIdentity(db))?.publicJwk
    const noted = async () => {
      await keepsWhatItHas(device, db)
      expect(device.ledger.keys?.own.at(-1)).toEqual(await own())
    }
    await enrols()
    await noted()
    return { device, db, enrols, own, noted }
  }

  it('names the key that it had when it enrols again, and never the one it has', async () => {
    const { device, db, enrols, own, noted } = await anEnrolledPage()
    const [first, named] = [await own(), [device.office.former]]
    await db.device.clear()

    await enrols()
    named.push(device.office.former)
    await noted()
    await noteRefusal(db, 'notSignedIn')
    await enrols()
    named.push(device.office.former)

    expect(await own()).not.toEqual(first)
    expect(named).toEqual([[], [first], [first]])
  })

  it('remembers nine keys outside of its database, the newest last, and each once', async () => {
    const { device, db, enrols, own, noted } = await anEnrolledPage()
    const lost = await Promise.all(Array.from({ length: 9 }, async () => (await generateDeviceKey()).publicJwk))
    const keys = device.ledger.keys
    if (keys !== null) device.ledger.keys = { ...keys, own: lost }
    await noted()
    await noted()
    const kept = device.ledger.keys?.own
    await db.device.clear()

    const last = kept?.at(-1)
    await enrols()

    expect(kept).toEqual([...lost.slice(1), last])
    expect(await own()).not.toEqual(last)
    expect(device.office.former).toEqual(kept?.slice(1))
  })

  it('does not remember a key that no office has answered for', async () => {
    const { device, db, own } = await anEnrolledPage()
    const [first, keys] = [await own(), device.ledger.keys]
    await db.device.clear()
    await db.device.put({ name: 'pinned', root: keys?.root, keySet: keys?.keySet })
    device.office.road = 'down'

    await device.page().tablet.device.enrol({ ticket })
    await keepsWhatItHas(device, db)

    expect([await own(), (await readNextIdentity(db))?.publicJwk]).toEqual([undefined, expect.not.objectContaining({ x: first?.x })])
    expect(device.ledger.keys?.own).toEqual([first])
  })

  it('does not name a key that was revoked, and makes one new one, however often it tries', async () => {
    const { device, db, enrols, own, noted } = await anEnrolledPage()
    const revoked = await own()
    device.office.state = 'revoked'
    const { tablet } = device.page()
    must(await tablet.device.refresh())
    device.office.road = 'down'
    const [fails, failsAgain] = [await tablet.device.enrol({ ticket }), await tablet.device.enrol({ ticket })]
    const unanswered = (await readNextIdentity(db))?.publicJwk
    await keepsWhatItHas(device, db)
    const kept = device.ledger.keys?.own
    device.office.road = 'up'
    device.office.state = 'active'
    await enrols()
    await noted()

    expect([fails.ok, failsAgain.ok, kept, device.office.former]).toEqual([false, false, [], []])
    expect(unanswered).not.toEqual(revoked)
    expect(await own()).toEqual(unanswered)
  })

  it('is enrolled all the same when its ledger does not answer, and says why it names none', async () => {
    const device = await aDevice()
    const broken = new DOMException('gone', 'UnknownError')
    const { tablet } = device.page({ ledger: { ...device.ledger, readKeys: () => Promise.reject(broken) } })

    must(await tablet.device.enrol({ ticket }))

    expect([device.office.former, device.troubles]).toEqual([[], [broken]])
  })

  it('names none when its ledger is of a release that kept none', () => {
    const { root, keySet } = { root: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) }, keySet: 'one' }

    expect(v.parse(keptKeysShape, { root, keySet })).toEqual({ root, keySet, own: [] })
  })
})

describe('what is pinned', () => {
  it('another root is refused, whatever it signs', async () => {
    const { tablet, device } = await aWorkingTablet()
    device.office.keys = await makeKeys(9)

    expect(await tablet.device.refresh()).toMatchObject({ failure: { kind: 'rootMismatch' } })
  })

  it('a key set with a lower number is refused', async () => {
    const { tablet, device } = await aWorkingTablet()
    const { keys } = device.office
    device.office.keys = { ...keys, keySet: { ...keys.keySet, number: 2, office: { name: 'Phường mới', unit: 'Huế' } } }
    must(await tablet.device.refresh())
    device.office.keys = keys

    expect(await tablet.device.refresh()).toMatchObject({ failure: { kind: 'keySetOlder' } })
    expect((await seen(tablet.device.watch))?.office.name).toBe('Phường mới')
  })

  it('an expired key set warns and stops nothing', async () => {
    const { tablet, device } = await aWorkingTablet()
    device.time.turn(2 * 365 * 86_400_000)

    await anApplication(tablet)

    expect((await seen(tablet.device.watch))?.keySetExpired).toBe(true)
  })

  it('a badge for another tablet is refused', async () => {
    const [one, other] = [await aWorkingTablet(), await aDevice()]
    const { tablet } = other.page()
    must(await tablet.device.enrol({ ticket }))
    const theirs = must(await one.tablet.vault.claimBadge('K7QM-2P4X')).badge
    other.office.roadOf = () => null
    const page = other.page({
      fetch: async (url, init) => (url.endsWith('/badges') ? new Response(JSON.stringify({ badge: theirs }), { status: 201 }) : other.office.fetch(url, init)),
    })

    expect(await page.tablet.vault.claimBadge('K7QM-2P4X')).toMatchObject({ failure: { kind: 'badgeInvalid' } })
  })
})

describe('a revoked tablet that is enrolled anew', () => {
  it('gets a new key and a new sequence, and what it sealed before is still its old self', async () => {
    const { tablet, device, db } = await aWorkingTablet()
    const id = await anApplication(tablet)
    device.office.state = 'revoked'
    const old = must(await tablet.device.refresh())
    device.office.state = 'active'

    const view = must(await tablet.device.enrol({ ticket }))
    const next = await anApplication(tablet)

    expect(view.device).not.toBe(old.device)
    expect(await db.items.get(id)).toMatchObject({ device: old.device, sequence: 1 })
    expect(await db.items.get(next)).toMatchObject({ device: view.device, sequence: 1 })
  })
})
