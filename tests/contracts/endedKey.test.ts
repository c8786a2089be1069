// A tablet that was revoked and enrolled anew still holds what its old key sealed. Over the network the office answers 410 to
// that for ever: it comes in by hand, and meanwhile it stands in nobody's way. The real offline half against the real office.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { carrierType } from '../../core/wire/carrier.ts'
import type { Inbox } from '../../core/wire/desk.ts'
import { makeTicket } from '../../server/people/tickets.ts'
import { makeVolunteer } from '../../server/people/volunteers.ts'
import { aDevice, anApplication, aRunner, exported, must, outboxNow, passphrase } from '../support/offline/aTablet.ts'
import { aWholeOffice, origin, type WholeOffice } from '../support/wholeOffice.ts'
import { anOfficer } from '../support/wholeTablet.ts'

let whole: WholeOffice
let officer: Awaited<ReturnType<typeof anOfficer>>

beforeAll(async () => {
  whole = await aWholeOffice()
  officer = await anOfficer(whole)
})
afterAll(() => whole.close())

const ticket = async () => (await makeTicket(whole.office, { kind: 'enrol', confirmed: true, volunteer: null })).secret

async function anEnrolledTablet() {
  const requests: string[] = []
  const device = await aDevice()
  const page = device.page({
    fetch: async (url, init) => {
      requests.push(new URL(url).pathname)
      return whole.app.request(url, init)
    },
  })
  const { tablet } = page
  const { device: id } = must(await tablet.device.enrol({ ticket: await ticket() }))
  must(await tablet.packs.refresh())
  const code = await makeTicket(whole.office, { kind: 'badge', confirmed: false, volunteer: await makeVolunteer(whole.office, 'Lê Thị Hoa') })
  must(await tablet.vault.create(must(await tablet.vault.claimBadge(code.code)), passphrase))
  return { ...page, id, requests, time: device.time, runner: aRunner(page) }
}

/** The file is taken in at the desk; the answer is the file of outcomes. */
async function atTheDesk(lines: readonly string[]): Promise<Blob> {
  const answer = await whole.ask('/desk/api/carriers', {
    method: 'POST',
    headers: { 'Content-Type': carrierType, Cookie: officer.cookie, Origin: origin },
    body: lines.map((line) => `${line}\n`).join(''),
  })
  expect(answer.status).toBe(200)
  return new Blob([await answer.text()])
}

it('what the old key sealed holds up nothing of the new one, goes to the desk as a file, and is complete by the outcomes file', { timeout: 60_000 }, async () => {
  const { tablet, db, id: oldKey, requests, time, runner } = await anEnrolledTablet()
  const old = await anApplication(tablet)
  await officer.post(`/devices/${oldKey}/revoke`)
  await runner.run('started')
  const revoked = await outboxNow(db)
  must(await tablet.device.refresh())
  must(await tablet.device.enrol({ ticket: await ticket() }))
  const fresh = await anApplication(tablet)
  await runner.run('queued')
  const beside = await outboxNow(db)

  const file = await atTheDesk(await exported(tablet))
  await whole.opener.settled()
  const brought = must(await tablet.outbox.bringBack([file]))
  const sent = requests.length
  time.turn(60 * 60_000)
  await runner.run('sendNow')
  const done = await outboxNow(db)
  const { cases } = (await (await officer.get('/inbox?list=quarantine')).json()) as Inbox

  const stateOf = ({ items }: typeof done, id: string) => items.find((item) => item.id === id)
  expect(revoked).toMatchObject({ road: 'paused', pausedBecause: 'deviceRevoked' })
  expect(beside.pausedBecause).toBeNull()
  expect([stateOf(beside, fresh), stateOf(beside, old)]).toMatchObject([{ state: 'complete', keyEnded: false }, { state: 'queued', keyEnded: true }])
  expect(brought).toMatchObject({ complete: 1, strange: 0 })
  expect(stateOf(done, old)).toMatchObject({ state: 'complete', keyEnded: false })
  expect(requests.slice(sent)).toEqual([])
  expect(cases.map(({ id }) => id)).toEqual([old])
})
