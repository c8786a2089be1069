/** Faults that other systems of this field had in public around the queue's life, each under the name it is known by there. */
import { expect, it } from 'vitest'
import type { PackRef } from '../../../core/ids.ts'
import { birthPack } from '../../support/offline/fakeOffice.ts'
import { aDraft, anApplication, aRunner, aWorkingTablet, must, outboxNow, seen, unlocked } from '../../support/offline/aTablet.ts'
import { withPhotos } from '../../support/offline/withPhotos.ts'
import { aPublishedPack } from '../../support/publishedPack.ts'

it('a queue outlives the sign-out of its volunteer and goes while nobody is signed in (Expensify #11850)', async () => {
  const { device, tablet, db } = await aWorkingTablet()
  device.office.road = 'down'
  const ids = [await anApplication(tablet), await withPhotos({ tablet })]
  tablet.vault.lock()
  db.close()
  const later = device.page()
  expect(await outboxNow(later.db)).toMatchObject({ onlyHere: 2, items: [{ state: 'queued' }, { state: 'queued' }] })

  device.office.road = 'up'
  await aRunner(later).run('started')

  expect([...device.office.stored.keys()].sort()).toEqual([...ids].sort())
  expect((await outboxNow(later.db)).items.map(({ state }) => state)).toEqual(['complete', 'complete'])
  await unlocked(later.tablet)
  expect((await seen(later.tablet.cases.watch, (cases) => cases.length === 2)).map(({ label }) => label)).toEqual(['Nguyễn Văn An', 'Nguyễn Văn An'])
})

it('photos that need more than five minutes together go once each, although another window waits for its turn (enketo-express #432, #567)', async () => {
  const { device, db, tablet, ports } = await aWorkingTablet()
  const id = await withPhotos({ tablet }, 25)
  device.office.requests.length = 0
  const [startedAtMs, other] = [device.time.nowMs, aRunner(device.page())]
  const slowly = async (url: string, init: RequestInit): Promise<Response> => {
    device.time.turn(15_000)
    await other.run('timer')
    init.signal?.throwIfAborted()
    return ports.fetch(url, init)
  }
  await aRunner({ ports: { ...ports, fetch: slowly } }).run('started')

  expect(device.time.nowMs - startedAtMs).toBeGreaterThan(5 * 60_000)
  expect((await outboxNow(db)).items).toMatchObject([{ id, state: 'complete' }])
  const parts = device.office.requests.filter((request) => request.startsWith('PUT /parts/'))
  expect([parts.length, new Set(parts).size]).toEqual([25, 25])
})

it('a draft whose form was changed at the office is finished under the form it was begun with (enketo #1226, dhis2-android #1225)', async () => {
  const { device, tablet, ports } = await aWorkingTablet()
  const { id, version } = await aDraft(tablet)
  device.office.packs.splice(0, 1, aPublishedPack('1.001193@1.1.0' as PackRef, { name: 'Tờ khai mới' }))
  must(await tablet.packs.refresh())

  expect(must(await tablet.packs.read(birthPack)).texts).toMatchObject({ vi: { name: 'Đăng ký khai sinh' } })
  must(await tablet.drafts.finalise(id, version))
  await aRunner({ ports }).run('started')

  expect(await device.office.applications()).toMatchObject([{ id, pack: birthPack, answers: { childName: 'Nguyễn Văn An' } }])
})
