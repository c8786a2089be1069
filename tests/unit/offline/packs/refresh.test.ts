import { describe, expect, it } from 'vitest'
import type { PackRef } from '../../../../core/ids.ts'
import { birthPack, makeKeys } from '../../../support/offline/fakeOffice.ts'
import { aDraft, anApplication, aWorkingTablet, must, seen } from '../../../support/offline/aTablet.ts'

const newer = '1.001193@1.1.0' as PackRef
const aPack = (pack: PackRef, title = 'Đăng ký khai sinh') => ({ pack, content: { code: '1.001193' }, texts: { vi: { title } } })

describe('packs', () => {
  it('are read back with their texts, as the office signed them', async () => {
    const { tablet } = await aWorkingTablet()

    expect(must(await tablet.packs.read(birthPack))).toMatchObject({ pack: birthPack, current: true, texts: { vi: { title: 'Đăng ký khai sinh' } } })
  })

  it('that the office no longer offers stay while a draft refers to them, and go afterwards', async () => {
    const { tablet, device } = await aWorkingTablet()
    const { id, version } = await aDraft(tablet)
    device.office.packs.splice(0, 1, aPack(newer))

    must(await tablet.packs.refresh())
    const meanwhile = await seen(tablet.packs.watch)
    must(await tablet.drafts.finalise(id, version))
    must(await tablet.packs.refresh())
    const afterwards = await seen(tablet.packs.watch)

    expect(meanwhile.map(({ pack, current }) => [pack, current])).toEqual([[birthPack, false], [newer, true]])
    expect(afterwards.map(({ pack }) => pack)).toEqual([newer])
  })

  it('under a known name with other content are refused, and the old one stays', async () => {
    const { tablet, device } = await aWorkingTablet()
    const before = await seen(tablet.packs.watch)
    device.office.packs.splice(0, 1, aPack(birthPack, 'Khác'))

    expect(await tablet.packs.refresh()).toMatchObject({ failure: { kind: 'packInvalid' } })
    expect(await seen(tablet.packs.watch)).toEqual(before)
  })

  it('that are broken leave the others and the old ones as they are', async () => {
    const { tablet, device } = await aWorkingTablet()
    device.office.packs.push(aPack(newer), aPack('1.001193@1.2.0' as PackRef))
    device.office.roadOf = (path) => (path === '/packs/1.001193/1.1.0' ? 'portal' : null)

    const refreshed = await tablet.packs.refresh()

    expect(refreshed).toMatchObject({ ok: false })
    expect((await seen(tablet.packs.watch)).map(({ pack }) => pack)).toEqual([birthPack, '1.001193@1.2.0'])
  })

  it('that come in the place of an old one and are broken leave the old one in use', async () => {
    const { tablet, device } = await aWorkingTablet()
    device.office.packs.splice(0, 1, aPack(newer))
    device.office.roadOf = (path) => (path === '/packs/1.001193/1.1.0' ? 'portal' : null)

    await tablet.packs.refresh()
    const meanwhile = await seen(tablet.packs.watch)
    device.office.roadOf = () => null
    must(await tablet.packs.refresh())

    expect(meanwhile.map(({ pack, current }) => [pack, current])).toEqual([[birthPack, true]])
    expect((await seen(tablet.packs.watch)).map(({ pack, current }) => [pack, current])).toEqual([[newer, true]])
  })

  it('listed by somebody else are not taken', async () => {
    const { tablet, device } = await aWorkingTablet()
    device.office.packs.push(aPack(newer))
    device.office.keys = { ...device.office.keys, signing: (await makeKeys()).signing }

    expect(await tablet.packs.refresh()).toMatchObject({ failure: { kind: 'packInvalid' } })
    expect((await seen(tablet.packs.watch)).map(({ pack }) => pack)).toEqual([birthPack])
  })

  it('altered on the disk are not read', async () => {
    const { tablet, db } = await aWorkingTablet()
    const row = (await db.packs.get(birthPack)) as { statement: string }
    await db.packs.put({ ...row, statement: row.statement.replace(/.{4}$/, 'AAAA') })

    expect(await tablet.packs.read(birthPack)).toMatchObject({ failure: { kind: 'packInvalid' } })
  })

  it('not on this tablet begin no draft', async () => {
    const { tablet } = await aWorkingTablet()

    expect(await tablet.drafts.start(newer)).toMatchObject({ failure: { kind: 'packUnknown' } })
  })

  it('name their digest in what is sealed under them', async () => {
    const { tablet, device } = await aWorkingTablet()
    const stop = tablet.start()
    await anApplication(tablet)
    await seen(tablet.outbox.watch, ({ items }) => items[0]?.state === 'complete')
    stop()

    const [{ digest } = { digest: '' }] = await seen(tablet.packs.watch)
    expect(await device.office.applications()).toMatchObject([{ packDigest: digest }])
  })
})
