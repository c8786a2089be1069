/**
 * Faults that other systems of this field had in public, each under the name it is known by there. A test here says that
 * this one does not have it; how it is prevented is told where it is prevented.
 */
import { expect, it } from 'vitest'
import { anApplication, aRunner, aWorkingTablet, outboxNow, seen } from '../../../support/offline/aTablet.ts'
import { fakeLocks } from '../../../support/offline/fakePorts.ts'
import { withPhotos } from '../../../support/offline/withPhotos.ts'

const minute = 60_000
const states = async (db: Parameters<typeof outboxNow>[0]) => (await outboxNow(db)).items.map(({ state }) => state)

it('an application whose sender was killed in the middle is not stuck at "sending" (opencrvs-core #12292, collect #5473)', async () => {
  const { device, db, tablet, ports } = await aWorkingTablet()
  await anApplication(tablet)
  device.office.road = 'silent'
  const before = device.office.requests.length
  // A killed page hears no answer and rings no alarm any more.
  void aRunner({ ports: { ...ports, timers: { after: () => () => undefined } } }).run('started')
  await expect.poll(() => device.office.requests.length).toBe(before + 1)
  expect(await states(db)).toEqual(['queued'])

  // The page is gone, and with it what it held; another one is opened.
  device.office.road = 'up'
  device.time.turn(2 * minute)
  await aRunner(device.page({ locks: fakeLocks() })).run('started')
  expect(await states(db)).toEqual(['complete'])
})

it.each([
  ['200 with a body that says ok', 200, '{"status":"ok","id":"1"}'],
  ['201 and nothing', 201, ''],
  ['202, accepted', 202, '{"accepted":true}'],
])('an answer that is %s, without a signed outcome, never counts as sent (opencrvs-core #7005, cht-core #8303)', async (_, status, body) => {
  const { device, db, tablet } = await aWorkingTablet()
  const id = await anApplication(tablet)
  const sealed = await db.envelopes.get(id)
  const page = device.page({ fetch: () => Promise.resolve(new Response(body, { status, headers: { 'content-type': 'application/json' } })) })

  await aRunner(page).run('started')

  expect((await outboxNow(db)).items).toMatchObject([{ id, state: 'queued' }])
  expect(await db.envelopes.get(id)).toEqual(sealed)
  expect(await db.items.get(id)).toMatchObject({ outcome: null })
})

it('an application sent again and again on a line that loses every answer is one case, with the same bytes (kobocat #470, opencrvs-core #7477)', async () => {
  const { device, db, tablet, ports } = await aWorkingTablet()
  const id = await anApplication(tablet)
  device.office.road = 'loseAnswer'
  const runner = aRunner({ ports })
  for (let tries = 0; tries < 4; tries += 1) {
    device.time.turn(10 * minute)
    await runner.run('sendNow')
  }
  device.office.road = 'up'
  await runner.run('sendNow')

  expect(device.office.requests.filter((request) => request === `PUT /envelopes/${id}`).length).toBeGreaterThan(3)
  expect(await device.office.applications()).toHaveLength(1)
  expect(device.office.seen.get(id)?.size).toBe(1)
  expect(await states(db)).toEqual(['complete'])
})

it('a photo that failed while its form arrived is sent later, and stays on the tablet until then (enketo-express #419, #339)', async () => {
  const { device, db, tablet, ports } = await aWorkingTablet()
  const id = await withPhotos({ tablet })
  device.office.roadOf = (path) => (path.startsWith('/parts/') ? { bare: 500 } : null)
  const runner = aRunner({ ports })
  await runner.run('started')
  expect([await states(db), device.parts.files.size]).toEqual([['received'], 2])

  device.office.roadOf = null
  device.time.turn(10 * minute)
  await runner.run('timer')
  expect((await outboxNow(db)).items).toMatchObject([{ id, state: 'complete' }])
  expect(device.office.parts.size).toBe(2)
})

it('a photo never travels before its application, so the office always knows what it belongs to (opencrvs-core #13303)', async () => {
  const { device, tablet, ports } = await aWorkingTablet()
  const id = await withPhotos({ tablet }, 3)
  device.office.requests.length = 0
  await aRunner({ ports }).run('started')

  const sent = device.office.requests.filter((request) => request.startsWith('PUT '))
  expect(sent[0]).toBe(`PUT /envelopes/${id}`)
  expect(sent.filter((request) => request.startsWith('PUT /parts/'))).toHaveLength(3)
})

it('many photos on a line that breaks after each go on where they stopped and never begin again (collect #7356)', async () => {
  const { device, db, tablet, ports } = await aWorkingTablet()
  await withPhotos({ tablet }, 8)
  let isBroken = false
  device.office.roadOf = (path) => {
    if (!path.startsWith('/parts/')) return null
    isBroken = !isBroken
    return isBroken ? null : 'down'
  }
  device.office.requests.length = 0
  const runner = aRunner({ ports })
  for (let breaks = 0; breaks < 12; breaks += 1) {
    device.time.turn(10 * minute)
    await runner.run('timer')
  }

  expect(await states(db)).toEqual(['complete'])
  const tries = device.office.requests.filter((request) => request.startsWith('PUT /parts/'))
  // Every part arrived by its first try that came through; a broken one is tried once more.
  expect(new Set(tries).size).toBe(8)
  expect(tries.length).toBeLessThan(17)
})

it('one application that the office always answers with an error does not block those behind it (commcare-android #1721, hercycle-ai #308)', async () => {
  const { device, db, tablet, ports } = await aWorkingTablet()
  const poison = await anApplication(tablet)
  const others = [await anApplication(tablet), await anApplication(tablet), await anApplication(tablet)]
  device.office.roadOf = (path, ids) => (path === '/carriers' || ids.includes(poison) ? { bare: 500 } : null)
  const runner = aRunner({ ports })
  for (let tries = 0; tries < 12; tries += 1) {
    device.time.turn(10 * minute)
    await runner.run('timer')
  }

  const { items } = await outboxNow(db)
  expect(items.filter(({ id }) => others.includes(id)).map(({ state }) => state)).toEqual(['complete', 'complete', 'complete'])
  expect(items.find(({ id }) => id === poison)).toMatchObject({ state: 'queued' })
})

it('an application that is refused again and again stays in the list where people look, with its reason (hercycle-ai #496)', async () => {
  const { device, db, tablet, ports } = await aWorkingTablet()
  const id = await anApplication(tablet)
  device.office.roadOf = () => ({ status: 'malformed' })
  const runner = aRunner({ ports })
  for (let tries = 0; tries < 4; tries += 1) {
    device.time.turn(10 * minute)
    await runner.run('timer')
  }

  expect(await outboxNow(db)).toMatchObject({ onlyHere: 1, items: [{ id, state: 'queued', note: { kind: 'malformed' } }] })
})

it('a 401 on whatever is asked deletes nothing and stops no delivery (opencrvs-core #12902, hercycle-ai #308)', async () => {
  const { device, db, tablet, ports } = await aWorkingTablet()
  const id = await anApplication(tablet)
  device.office.roadOf = () => ({ bare: 401 })
  const runner = aRunner({ ports })
  await runner.run('started')
  await tablet.device.refresh()
  expect((await outboxNow(db)).items).toMatchObject([{ id, state: 'queued' }])
  expect(await db.envelopes.get(id)).toBeDefined()

  device.office.roadOf = (path) => (path === '/devices/me' ? { bare: 401 } : null)
  device.time.turn(10 * minute)
  await runner.run('timer')
  expect(await states(db)).toEqual(['complete'])
})

it('sending starts again by itself when the network is back, without a tap (dhis2-android ANDROAPP-6611)', async () => {
  const { device, db, tablet } = await aWorkingTablet()
  device.office.road = 'down'
  const stop = tablet.start()
  await anApplication(tablet)
  await expect.poll(async () => (await outboxNow(db)).road).toBe('unreachable')

  device.office.road = 'up'
  device.surroundings.online()
  await seen(tablet.outbox.watch, ({ items }) => items[0]?.state === 'complete')
  stop()
  expect(device.office.stored.size).toBe(1)
})
