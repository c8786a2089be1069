import { describe, expect, it } from 'vitest'
import { makeKeys } from '../../../support/offline/fakeOffice.ts'
import { aWorkingTablet, must, seen } from '../../../support/offline/aTablet.ts'

const aSheet = (version = '1.0.0') => ({ catalogue: { format: 1, version }, counter: { phone: '0234 382 0000' } })

describe('what the office publishes beside the packs', () => {
  it('is nothing for an office that says nothing, and the packs are taken all the same', async () => {
    const { tablet } = await aWorkingTablet()

    expect(await seen(tablet.packs.watchSheet)).toEqual({ catalogue: null, counter: {} })
    expect(await seen(tablet.packs.watch)).toHaveLength(1)
  })

  it('is kept, and asked for again only when it has changed', async () => {
    const { tablet, device } = await aWorkingTablet()
    device.office.sheet = aSheet()
    must(await tablet.packs.refresh())
    must(await tablet.packs.refresh())
    expect(await seen(tablet.packs.watchSheet)).toEqual(aSheet())
    expect(device.office.requests.filter((line) => line === 'GET /catalogue')).toHaveLength(1)

    device.office.sheet = aSheet('1.1.0')
    must(await tablet.packs.refresh())

    expect(await seen(tablet.packs.watchSheet)).toEqual(aSheet('1.1.0'))
  })

  it('stays as it was when the new one does not come whole, and no pack suffers', async () => {
    const { tablet, device } = await aWorkingTablet()
    device.office.sheet = aSheet()
    must(await tablet.packs.refresh())
    device.office.sheet = aSheet('1.1.0')
    device.office.roadOf = (path) => (path === '/catalogue' ? 'portal' : null)

    expect(await tablet.packs.refresh()).toMatchObject({ ok: false, failure: { kind: 'captivePortal' } })
    expect((await seen(tablet.packs.watchSheet)).catalogue).toEqual({ format: 1, version: '1.0.0' })
  })

  it('signed by somebody else is not taken', async () => {
    const { tablet, device } = await aWorkingTablet()
    device.office.sheet = aSheet()
    device.office.keys = { ...device.office.keys, signing: (await makeKeys()).signing }

    expect(await tablet.packs.refresh()).toMatchObject({ failure: { kind: 'packInvalid' } })
    expect(await seen(tablet.packs.watchSheet)).toEqual({ catalogue: null, counter: {} })
  })

  it('altered on the disk is as if it had never come', async () => {
    const { tablet, device, db } = await aWorkingTablet()
    device.office.sheet = aSheet()
    must(await tablet.packs.refresh())
    const row = (await db.marks.get('packIndex')) as { name: string; statement: string }
    await db.marks.put({ ...row, statement: row.statement.replace(/.{4}$/, 'AAAA') })

    expect((await seen(tablet.packs.watchSheet)).counter).toEqual({})
  })
})
