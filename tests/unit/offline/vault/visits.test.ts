import { describe, expect, it } from 'vitest'
import type { Visit } from '../../../../core/procedure/visit.ts'
import { longestVisitMs } from '../../../../core/procedure/visit.ts'
import { aWorkingTablet, must, seen, unlocked } from '../../../support/offline/aTablet.ts'

const aVisit = (nowMs: number): Visit => ({
  startedAt: new Date(nowMs).toISOString(),
  facts: { 'self.fullName': { value: 'Trần Thị Bé', origin: 'card' } },
  papers: [], applications: [],
})

describe('the visit at a table', () => {
  it('is there again after locking and on another page of the tablet', async () => {
    const { device, tablet } = await aWorkingTablet()
    must(await tablet.visit.keep(aVisit(device.time.nowMs)))

    const other = device.page()
    await unlocked(other.tablet)

    expect(await seen(other.tablet.visit.watch, (visit) => visit !== null)).toEqual(aVisit(device.time.nowMs))
  })

  it('rests as ciphertext, and nothing of it is left when it ends', async () => {
    const { device, tablet, db } = await aWorkingTablet()
    must(await tablet.visit.keep(aVisit(device.time.nowMs)))
    const [kept] = await db.visits.toArray()

    must(await tablet.visit.end())

    expect(Object.keys(kept ?? {}).sort()).toEqual(['owner', 'version', 'visit'])
    expect(JSON.stringify(kept)).not.toContain('Bé')
    expect(await db.visits.count()).toBe(0)
  })

  it('is not shown while the tablet is locked', async () => {
    const { device, tablet } = await aWorkingTablet()
    must(await tablet.visit.keep(aVisit(device.time.nowMs)))
    await seen(tablet.visit.watch, (visit) => visit !== null)

    tablet.vault.lock()

    expect(await seen(tablet.visit.watch)).toBeNull()
    expect(await tablet.visit.keep(aVisit(device.time.nowMs))).toMatchObject({ ok: false, failure: { kind: 'locked' } })
  })

  it('speaks to nobody any more when it was not ended for half a day', async () => {
    const { device, tablet } = await aWorkingTablet()
    must(await tablet.visit.keep(aVisit(device.time.nowMs)))

    device.time.turn(longestVisitMs + 1)
    const other = device.page()
    await unlocked(other.tablet)
    await other.db.visits.count()

    expect(await seen(other.tablet.visit.watch)).toBeNull()
  })
})
