import { describe, expect, it, vi } from 'vitest'
import type { PackRef } from '../../../../core/ids.ts'
import { birthPack, makeKeys } from '../../../support/offline/fakeOffice.ts'
import { aDraft, anApplication, aWorkingTablet, must, seen } from '../../../support/offline/aTablet.ts'
import { aPublishedPack } from '../../../support/publishedPack.ts'

const newer = '1.001193@1.1.0' as PackRef
/** Of a format that only a later app reads. */
const ofALaterApp = (pack: PackRef) => aPublishedPack(pack, { changes: { format: 2 } })

describe('packs', () => {
  it('are read back with their texts, as the office signed them', async () => {
    const { tablet } = await aWorkingTablet()

    expect(must(await tablet.packs.read(birthPack))).toMatchObject({ pack: birthPack, current: true, texts: { vi: { name: 'Đăng ký khai sinh' } } })
  })

  it('that the office no longer offers stay while a draft refers to them, and go afterwards', async () => {
    const { tablet, device } = await aWorkingTablet()
    const { id, version } = await aDraft(tablet)
    device.office.packs.splice(0, 1, aPublishedPack(newer))

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
    device.office.packs.splice(0, 1, aPublishedPack(birthPack, { name: 'Khác' }))

    expect(await tablet.packs.refresh()).toMatchObject({ failure: { kind: 'packInvalid' } })
    expect(await seen(tablet.packs.watch)).toEqual(before)
  })

  it('that are broken leave the others and the old ones as they are', async () => {
    const { tablet, device } = await aWorkingTablet()
    device.office.packs.push(aPublishedPack(newer), aPublishedPack('1.001193@1.2.0' as PackRef))
    device.office.roadOf = (path) => (path === '/packs/1.001193/1.1.0' ? 'portal' : null)

    const refreshed = await tablet.packs.refresh()

    expect(refreshed).toMatchObject({ ok: false })
    expect((await seen(tablet.packs.watch)).map(({ pack }) => pack)).toEqual([birthPack, '1.001193@1.2.0'])
  })

  it('are kept as they come, and what a bad road kept back is asked for with the next news', async () => {
    const { tablet, device } = await aWorkingTablet()
    const codes = Array.from({ length: 8 }, (_, at) => `1.00200${at}@1.0.0` as PackRef)
    device.office.packs.push(...codes.map((pack) => aPublishedPack(pack)))
    device.office.roadOf = (path) => (path.includes('1.002007') ? 'down' : null)
    const stop = tablet.start()
    const some = await seen(tablet.packs.watch, (list) => list.length === 8)

    device.office.roadOf = null
    await vi.waitFor(async () => {
      device.time.turn(20_000)
      expect(await seen(tablet.packs.watch)).toHaveLength(9)
    })
    stop()

    expect(some.map(({ pack }) => pack)).not.toContain(codes[7])
  })

  it('that come in the place of an old one and are broken leave the old one in use', async () => {
    const { tablet, device } = await aWorkingTablet()
    device.office.packs.splice(0, 1, aPublishedPack(newer))
    device.office.roadOf = (path) => (path === '/packs/1.001193/1.1.0' ? 'portal' : null)

    await tablet.packs.refresh()
    const meanwhile = await seen(tablet.packs.watch)
    device.office.roadOf = () => null
    must(await tablet.packs.refresh())

    expect(meanwhile.map(({ pack, current }) => [pack, current])).toEqual([[birthPack, true]])
    expect((await seen(tablet.packs.watch)).map(({ pack, current }) => [pack, current])).toEqual([[newer, true]])
  })

  it('that this app is too old to read leave the ones before in use, are named, and are taken once an app can read them', async () => {
    const { tablet, device } = await aWorkingTablet()
    device.office.packs.splice(0, 1, ofALaterApp(newer), ofALaterApp('2.000635@1.0.0' as PackRef))

    expect(await tablet.packs.refresh()).toMatchObject({ failure: { kind: 'packTooNew' } })
    expect((await seen(tablet.packs.watch)).map(({ pack, current }) => [pack, current])).toEqual([[birthPack, true]])
    expect(await seen(tablet.packs.watchTooNew)).toEqual([newer, '2.000635@1.0.0'])
    expect(await tablet.packs.read(birthPack)).toMatchObject({ ok: true })

    // What a later app would read is stood for by an office that says it in the words of this one.
    device.office.packs.splice(0, 2, aPublishedPack(newer))
    must(await tablet.packs.refresh())
    expect((await seen(tablet.packs.watch)).map(({ pack, current }) => [pack, current])).toEqual([[newer, true]])
    expect(await seen(tablet.packs.watchTooNew)).toEqual([])
  })

  it('with words that this app cannot show are not taken either', async () => {
    const { tablet, device } = await aWorkingTablet()
    const { texts, ...pack } = aPublishedPack(newer)
    device.office.packs.splice(0, 1, { ...pack, texts: { vi: texts['vi'], en: {} } })

    expect(await tablet.packs.refresh()).toMatchObject({ failure: { kind: 'packTooNew', why: newer } })
    expect((await seen(tablet.packs.watch)).map(({ pack: ref }) => ref)).toEqual([birthPack])
  })

  it('listed by somebody else are not taken', async () => {
    const { tablet, device } = await aWorkingTablet()
    device.office.packs.push(aPublishedPack(newer))
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

  it('altered on the disk are fetched again', async () => {
    const { tablet, db } = await aWorkingTablet()
    const row = (await db.packs.get(birthPack)) as { statement: string }
    await db.packs.put({ ...row, statement: row.statement.replace(/.{4}$/, 'AAAA') })

    must(await tablet.packs.refresh())

    expect(await tablet.packs.read(birthPack)).toMatchObject({ ok: true })
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
