// A captive portal answers everything with 200 and a page of its own. It changes nothing: every row of every table, every
// mirror and every file stays what it was; only the road is shown as blocked.
import { expect, it } from 'vitest'
import type { Database } from '../../../src/offline/db.ts'
import { aDraft, anApplication, aRunner, aWorkingTablet, must, outboxNow } from '../../support/offline/aTablet.ts'

async function everything(db: Database): Promise<string> {
  const tables = await Promise.all(db.tables.map(async (table) => [table.name, (await table.toArray()) as object[]] as const))
  const rows = tables.map(([name, kept]) => [name, kept.filter((row) => !('name' in row && row.name === 'road'))])
  return JSON.stringify(rows, (_, value: unknown) => (value instanceof Uint8Array ? [...value] : value))
}

it.each([
  ['a page', 2, 'text/html', '<html><title>Wi-Fi miễn phí</title></html>'],
  ['nothing', 2, 'text/plain', ''],
  ['JSON of its own', 2, 'application/json', '{"status":"login","outcome":"ok"}'],
  ['words in the form of an outcome', 1, 'application/json', '{"outcome":"a.b.c","missing":[],"feed":"a.b.c","index":"a.b.c","keySet":"a.b.c","badge":"a.b.c"}'],
  ['lines in the form of outcomes', 2, 'application/json', '{"line":0,"outcome":"a.b.c","missing":[]}\n{"line":1,"outcome":"a.b.c","missing":[]}\n'],
])('answering 200 with %s to every request changes nothing', async (_, waiting, type, text) => {
  const { device, db, tablet } = await aWorkingTablet()
  await aDraft(tablet)
  for (let at = 0; at < waiting; at += 1) await anApplication(tablet)
  device.office.roadOf = (path) => (path === '/devices/me' ? { status: 'notSignedIn' } : null)
  await tablet.device.refresh()
  const before = await everything(db)
  const files = [...device.mirror.files]
  const page = device.page({ fetch: async () => new Response(text, { status: 200, headers: { 'content-type': type } }) })

  await aRunner(page).run('started')
  const answers = await Promise.all([page.tablet.device.refresh(), page.tablet.packs.refresh(), page.tablet.vault.claimBadge('K7QM-2P4X')])

  expect(answers.map(({ ok }) => ok)).toEqual([false, false, false])
  expect(await everything(db)).toBe(before)
  expect([...device.mirror.files]).toEqual(files)
  expect(await outboxNow(db)).toMatchObject({ road: 'portal', onlyHere: waiting })
})

it('answering for a tablet that is not enrolled enrols nothing', async () => {
  const { device } = await aWorkingTablet()
  const other = device.page({ fetch: async () => new Response('<html></html>', { status: 200, headers: { 'content-type': 'text/html' } }) })
  await other.db.device.delete('office')

  expect(await other.tablet.device.enrol({ ticket: 'ABCD-EFGH' })).toMatchObject({ failure: { kind: 'captivePortal' } })
  expect(await other.db.device.get('office')).toBeUndefined()
})

it('is overcome as soon as somebody has signed in to it', async () => {
  const { device, db, tablet, ports } = await aWorkingTablet()
  const id = await anApplication(tablet)
  device.office.road = 'portal'
  const runner = aRunner({ ports })
  await runner.run('started')

  device.office.road = 'up'
  await runner.run('sendNow')

  expect((await outboxNow(db)).items).toMatchObject([{ id, state: 'complete' }])
  must(await tablet.device.refresh())
})
