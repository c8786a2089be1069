// A tablet that lost its database lost its key, not what that key had sealed; and an office that was put back may have
// forgotten the key. The tablet names it when it enrols again.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mostFormerKeys, signEnrolment } from '../../core/sealing/enrolment.ts'
import { makeTicket } from '../../server/people/tickets.ts'
import { putsBack, takesBackup } from '../support/backups.ts'
import { aDevice, type TestDevice } from '../support/office.ts'
import { aWholeOffice, type WholeOffice } from '../support/wholeOffice.ts'
import { anOfficer, enrol, kindIn, outcomeIn, put, sealedBy, signedRequest } from '../support/wholeTablet.ts'

let whole: WholeOffice
let officer: Awaited<ReturnType<typeof anOfficer>>

beforeAll(async () => {
  whole = await aWholeOffice()
  officer = await anOfficer(whole)
})
afterAll(() => whole.close())

const ticket = async (confirmed: boolean) => (await makeTicket(whole.office, { kind: 'enrol', confirmed, volunteer: null })).secret

/** Enrols a new key that names lost ones. */
async function aSuccessor(lost: readonly TestDevice[], { confirmed = true } = {}): Promise<TestDevice> {
  const device = await aDevice()
  const answer = await enrol(whole, device, await ticket(confirmed), lost)
  if (answer.status !== 201) throw new Error(await answer.text())
  return device
}

/** What the office says to an application that this key sealed: its signed word, or the kind of its problem. */
async function sends(device: TestDevice): Promise<string | undefined> {
  const sealed = await sealedBy(whole, { device, badge: 'badge' })
  const answer = await put(whole, sealed)
  return answer.ok ? (await outcomeIn(whole, answer, { ...sealed, device: device.device }))?.kind : kindIn(answer)
}

const signsIn = async (device: TestDevice) => (await signedRequest(whole, device, 'GET', '/api/v1/feed')).status

interface Listed {
  readonly device: string
  readonly number: string
  readonly state: string
  readonly formerOf: string | null
}

async function listed(device: TestDevice): Promise<Listed | undefined> {
  const { devices } = (await (await officer.get('/devices')).json()) as { devices: Listed[] }
  return devices.find((one) => one.device === device.device)
}

describe('a key that its tablet lost and names', () => {
  it('is unknown before, and what it sealed is taken in once its tablet is enrolled anew', async () => {
    const lost = await aDevice()
    const before = await sends(lost)

    await aSuccessor([lost])

    expect(before).toBe('deviceUnknown')
    expect(await sends(lost)).toBe('complete')
  })

  it('waits with its tablet for the officer, who compares one set of words and sees one tablet that waits', async () => {
    const lost = await aDevice()
    const tablet = await aSuccessor([lost], { confirmed: false })
    const waiting = [await sends(lost), await listed(lost), (await officer.post(`/devices/${lost.device}/confirm`)).status]

    await officer.post(`/devices/${tablet.device}/confirm`)

    expect(waiting).toEqual(['deviceUnknown', undefined, 404])
    expect(await sends(lost)).toBe('complete')
    expect(await listed(lost)).toMatchObject({ state: 'active', formerOf: (await listed(tablet))?.number })
  })

  it('is not bound by a tablet that is turned away, nor by one that never came to be confirmed', async () => {
    const lost = await aDevice()
    const [turnedAway, waits] = [await aSuccessor([lost], { confirmed: false }), await aSuccessor([lost], { confirmed: false })]
    await officer.post(`/devices/${turnedAway.device}/revoke`)

    const tablet = await aSuccessor([lost, waits])

    expect(await sends(lost)).toBe('complete')
    expect(await listed(lost)).toMatchObject({ formerOf: (await listed(tablet))?.number })
  })

  it('that waited itself when its tablet lost it is taken up with the next one', async () => {
    const lost = await aSuccessor([], { confirmed: false })

    await aSuccessor([lost])

    expect([await sends(lost), await signsIn(lost)]).toEqual(['complete', 401])
  })

  it('is revoked with its tablet, and its holder gets it back by a ticket of their own', async () => {
    const lost = await aDevice()
    const tablet = await aSuccessor([lost])

    await officer.post(`/devices/${tablet.device}/revoke`)

    expect(await sends(lost)).toBe('deviceRevoked')
    expect((await enrol(whole, lost, await ticket(true))).status).toBe(201)
    expect([await sends(lost), await signsIn(lost)]).toEqual(['complete', 200])
  })

  it('comes back with its tablet, when an officer has taken that back and compared its words, though it was turned away in between', async () => {
    const [lost, alone] = [await aDevice(), await aDevice()]
    const tablet = await aSuccessor([lost, alone])
    await officer.post(`/devices/${alone.device}/revoke`)
    whole.time.nowMs += 1
    await officer.post(`/devices/${tablet.device}/revoke`)
    for (const act of ['reinstate', 'revoke', 'reinstate']) {
      whole.time.nowMs += 1
      await officer.post(`/devices/${tablet.device}/${act}`)
    }
    const waiting = await sends(lost)
    await officer.post(`/devices/${tablet.device}/confirm`)

    expect(waiting).toBe('deviceRevoked')
    expect([await sends(lost), await sends(alone), await sends(tablet)]).toEqual(['complete', 'deviceRevoked', 'complete'])
  })

  it('is taken back by no officer without its tablet', async () => {
    const lost = await aDevice()
    await aSuccessor([lost])
    await officer.post(`/devices/${lost.device}/revoke`)

    expect((await officer.post(`/devices/${lost.device}/reinstate`)).status).toBe(404)
    expect(await sends(lost)).toBe('deviceRevoked')
  })

  it('may be revoked alone', async () => {
    const lost = await aDevice()
    const tablet = await aSuccessor([lost])

    await officer.post(`/devices/${lost.device}/revoke`)

    expect([await sends(lost), await sends(tablet)]).toEqual(['deviceRevoked', 'complete'])
  })

  it('signs in nowhere, until whoever has it hands in a ticket of their own; then it goes its own ways', async () => {
    const lost = await aDevice()
    const tablet = await aSuccessor([lost])
    const before = await signsIn(lost)

    const own = await enrol(whole, lost, await ticket(true))
    await officer.post(`/devices/${tablet.device}/revoke`)

    expect([before, own.status]).toEqual([401, 201])
    expect([await signsIn(lost), (await listed(lost))?.formerOf]).toEqual([200, null])
  })

  it('that was revoked stays so, whoever names it', async () => {
    const lost = await aSuccessor([])
    await officer.post(`/devices/${lost.device}/revoke`)

    await aSuccessor([lost])

    expect([await sends(lost), await listed(lost)]).toEqual(['deviceRevoked', expect.objectContaining({ state: 'revoked', formerOf: null })])
  })

  it('is taken note of when its tablet comes again with another ticket, too', async () => {
    const [lost, tablet] = [await aDevice(), await aSuccessor([])]

    await enrol(whole, tablet, await ticket(true), [lost])

    expect(await sends(lost)).toBe('complete')
  })

  it('counts for nothing when a revoked tablet names it', async () => {
    const [lost, tablet] = [await aDevice(), await aSuccessor([])]
    await officer.post(`/devices/${tablet.device}/revoke`)

    await enrol(whole, tablet, await ticket(true), [lost])

    expect(await sends(lost)).toBe('deviceUnknown')
  })
})

it('a backup with lost keys is put back with them', { timeout: 60_000 }, async () => {
  const dir = mkdtempSync(join(tmpdir(), 'tiepsuc-backup-'))
  const [lost, waiting] = [await aDevice(), await aDevice()]
  const [tablet] = [await aSuccessor([lost]), await aSuccessor([waiting], { confirmed: false })]
  const second = await putsBack(await takesBackup(whole, join(dir, 'backup')))

  const rows = await second.office.db.selectFrom('devices').select(['id', 'former_of']).where('former_of', '=', tablet.device).execute()
  const named = await second.office.db.selectFrom('named_keys').select('id').where('id', '=', waiting.device).execute()
  await second.close()
  rmSync(dir, { recursive: true, force: true })

  expect([rows, named]).toEqual([[{ id: lost.device, former_of: tablet.device }], [{ id: waiting.device }]])
})

describe('an enrolment is refused', () => {
  it('when the proof does not name the keys that came along', async () => {
    const [lost, device, code] = [await aDevice(), await aDevice(), await ticket(true)]
    const proof = await signEnrolment(code, device.device, device.privateKey)
    const body = JSON.stringify({ ticket: code, key: device.publicJwk, former: [lost.publicJwk], proof })

    const answer = await whole.ask('/api/v1/enrolments', { method: 'POST', body })

    expect([answer.status, await kindIn(answer)]).toEqual([400, 'malformed'])
    expect(await sends(lost)).toBe('deviceUnknown')
  })

  it('when it names more keys than any tablet loses', async () => {
    const lost = await Promise.all(Array.from({ length: mostFormerKeys + 1 }, aDevice))

    const answer = await enrol(whole, await aDevice(), await ticket(true), lost)

    expect([answer.status, await kindIn(answer)]).toEqual([400, 'malformed'])
  })

  it('when one of them is no point of the curve', async () => {
    const lost = await aDevice()
    const off = { ...lost, publicJwk: { ...lost.publicJwk, x: 'A'.repeat(43) } }

    const answer = await enrol(whole, await aDevice(), await ticket(true), [off])

    expect([answer.status, await kindIn(answer)]).toEqual([400, 'malformed'])
  })
})
