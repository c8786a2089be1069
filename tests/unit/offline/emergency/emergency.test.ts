// Without the database: what the mirror holds is counted, sent and exported, and nothing of it is touched.
import { describe, expect, it } from 'vitest'
import { parseCarrierLine } from '../../../../core/wire/carrier.ts'
import { exportHolding, readHolding, sendHolding, type EmergencyPorts } from '../../../../src/offline/emergency/emergency.ts'
import { makeHttp } from '../../../../src/offline/http.ts'
import { overHttp } from '../../../../src/offline/outbox/overHttp.ts'
import { anApplication, aWorkingTablet, must } from '../../../support/offline/aTablet.ts'

async function aBrokenTablet(applications: number) {
  const working = await aWorkingTablet()
  const ids: string[] = []
  for (let n = 0; n < applications; n += 1) ids.push(await anApplication(working.tablet))
  const office = (await working.db.device.get('office')) as { root: never; keySet: string }
  await working.device.ledger.writeKeys({ root: office.root, keySet: office.keySet, own: [] })
  await working.db.delete()
  const { mirror, parts, ledger } = working.device
  const ports: EmergencyPorts = { mirror, parts, ledger, transport: overHttp(makeHttp(working.ports)) }
  return { device: working.device, ids, ports }
}

describe('without the database', () => {
  it('everything sealed is found in the order of finalising, and a cut copy is counted', async () => {
    const { device, ids, ports } = await aBrokenTablet(3)
    device.mirror.files.set(`x.${'y'.repeat(43)}`, '{')

    const holding = await readHolding(ports)

    expect(holding.sealed.map(({ sequence }) => sequence)).toEqual([1, 2, 3])
    expect(holding.sealed.map(({ id }) => id)).toEqual(ids)
    expect(holding.unreadable).toBe(1)
  })

  it('everything is sent and believed only by a verified outcome, and the copies stay', async () => {
    const { device, ids, ports } = await aBrokenTablet(2)
    const heard: number[] = []

    const fates = must(await sendHolding(ports, await readHolding(ports), (done) => heard.push(done)))

    expect(fates).toEqual({ complete: 2, received: 0, refused: 0, failed: 0 })
    expect(heard).toEqual([1, 2])
    expect([...device.office.stored.keys()].sort()).toEqual([...ids].sort())
    expect(device.mirror.files.size).toBe(2)
  })

  it.each([['portal', 'portal'], ['down', 'down']] as const)('a road that is %s counts as not sent', async (_name, road) => {
    const { device, ports } = await aBrokenTablet(1)
    device.office.road = road

    expect(must(await sendHolding(ports, await readHolding(ports)))).toMatchObject({ complete: 0, failed: 1 })
  })

  it('what the office refuses with its signature is said apart', async () => {
    const { device, ids, ports } = await aBrokenTablet(1)
    device.office.verdicts.set(ids[0] ?? '', { kind: 'refused', reason: 'packRetired' })

    expect(must(await sendHolding(ports, await readHolding(ports)))).toMatchObject({ refused: 1 })
  })

  it('without the office’s keys nothing is sent and the reason is named', async () => {
    const { device, ports } = await aBrokenTablet(1)
    device.ledger.keys = null

    expect(await sendHolding(ports, await readHolding(ports))).toMatchObject({ failure: { kind: 'keySetInvalid' } })
    expect(device.office.stored.size).toBe(0)
  })

  it('an export holds every envelope, each on a line that the office reads', async () => {
    const { ids, ports } = await aBrokenTablet(2)

    const files = await exportHolding(ports, await readHolding(ports))

    const lines = (await Promise.all(files.map((file) => file.text()))).join('').trim().split('\n').map((line) => must(parseCarrierLine(line)))
    expect(lines.map(({ kind }) => kind)).toEqual(ids.map(() => 'envelope'))
  })

  it('what a database gives after all is not counted twice', async () => {
    const { ports } = await aBrokenTablet(1)
    const { sealed } = await readHolding(ports)

    expect((await readHolding({ ...ports, more: async () => sealed })).sealed).toHaveLength(1)
  })
})
