// Point 7 of the office's contract: every bad input has its own answer, changes nothing else, and is never a 5xx.
import { GeneralEncrypt } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { base64url, utf8 } from '../../core/bytes.ts'
import { packRef, type ApplicationId } from '../../core/ids.ts'
import { digestOf, partsDigest } from '../../core/sealing/digest.ts'
import { signHeader } from '../../core/sealing/header.ts'
import { importSealingKey, thumbprint } from '../../core/sealing/keys.ts'
import { signStatement } from '../../core/sealing/signed.ts'
import type { CaseFile, Inbox } from '../../core/wire/desk.ts'
import { writeEnvelope } from '../../core/wire/envelope.ts'
import { carrierType } from '../../core/wire/carrier.ts'
import { makeTicket } from '../../server/people/tickets.ts'
import { aDevice, anApplication, anId, birth } from '../support/office.ts'
import { aWholeOffice, changes, countRows, origin, type WholeOffice } from '../support/wholeOffice.ts'
import { anOfficer, aTablet, enrol, kindIn, outcomeIn, put, rightAnswers, sealedBy, type Tablet } from '../support/wholeTablet.ts'

let whole: WholeOffice
let tablet: Tablet
let other: Tablet
let officer: Awaited<ReturnType<typeof anOfficer>>
let before: Record<string, number>

beforeAll(async () => {
  whole = await aWholeOffice()
  tablet = await aTablet(whole)
  other = await aTablet(whole)
  officer = await anOfficer(whole)
})
afterAll(() => whole.close())
beforeEach(async () => {
  await whole.opener.settled()
  before = await countRows(whole)
})

const changed = async () => {
  await whole.opener.settled()
  return changes(before, await countRows(whole))
}
const eventsOf = async (id: string): Promise<string[]> => {
  const file = (await (await officer.get(`/cases/${id}`)).json()) as CaseFile
  return file.events.map(({ kind }) => kind)
}

/** Rows that one new envelope without parts adds when it opens well; search keys are counted apart. */
const oneEnvelope = { envelopes: 1, openings: 1, outcomes: 1, cases: 1 }

describe('turned away with an unsigned problem, nothing stored', () => {
  it.each([
    ['is no envelope', 'xin chào'],
    ['a worker has lost on the way (enketo #1584)', ''],
  ])('answers malformed for a body that %s', async (_, body) => {
    const answer = await put(whole, await sealedBy(whole, tablet), { body })

    expect([answer.status, await kindIn(answer), await changed()]).toEqual([400, 'malformed', {}])
  })

  it('answers malformed for an envelope that was cut', async () => {
    const envelope = await sealedBy(whole, tablet)
    const answer = await put(whole, envelope, { body: writeEnvelope(envelope).slice(0, 900) })

    expect([answer.status, await kindIn(answer), await changed()]).toEqual([400, 'malformed', {}])
  })

  it('answers malformed for bytes that are not UTF-8', async () => {
    const answer = await put(whole, await sealedBy(whole, tablet), { body: new Uint8Array([0xff, 0xfe, 0x00, 0x80]) })

    expect([answer.status, await kindIn(answer), await changed()]).toEqual([400, 'malformed', {}])
  })

  it('answers unsupportedType for another media type', async () => {
    const answer = await put(whole, await sealedBy(whole, tablet), { type: 'application/json' })

    expect([answer.status, await kindIn(answer), await changed()]).toEqual([415, 'unsupportedType', {}])
  })

  it('answers digestMismatch for sealed bytes that were altered', async () => {
    const envelope = await sealedBy(whole, tablet)
    const altered = envelope.envelope.replace(/"tag":"(.)/, (_, first: string) => `"tag":"${first === 'A' ? 'B' : 'A'}`)
    const answer = await put(whole, { ...envelope, envelope: altered })

    expect([answer.status, await kindIn(answer), await changed()]).toEqual([400, 'digestMismatch', {}])
  })

  it('answers digestMismatch for a header that names another digest', async () => {
    const answer = await put(whole, await sealedBy(whole, tablet, { header: { digest: await digestOf('other') } }))

    expect([answer.status, await kindIn(answer), await changed()]).toEqual([400, 'digestMismatch', {}])
  })

  it('answers malformed for a header that was altered', async () => {
    const envelope = await sealedBy(whole, tablet)
    const [head = '', , signature = ''] = envelope.header.split('.')
    const claims = base64url(utf8(JSON.stringify({ v: 1, id: envelope.id, digest: envelope.digest, device: tablet.device.device, pack: birth, parts: [], seq: 99 })))
    const answer = await put(whole, { ...envelope, header: `${head}.${claims}.${signature}` })

    expect([answer.status, await kindIn(answer), await changed()]).toEqual([400, 'malformed', {}])
  })

  it.each([1e300, 2 ** 31, 10_000_000, 0, 1.5])('answers malformed for a device sequence that no local code can hold: %d', async (seq) => {
    const answer = await put(whole, await sealedBy(whole, tablet, { seq }))

    expect([answer.status, await kindIn(answer), await changed()]).toEqual([400, 'malformed', {}])
  })

  it('answers malformed for an address that names another application', async () => {
    const answer = await put(whole, await sealedBy(whole, tablet), { path: anId() })

    expect([answer.status, await kindIn(answer), await changed()]).toEqual([400, 'malformed', {}])
  })

  it('answers deviceUnknown for a device that never enrolled', async () => {
    const answer = await put(whole, await sealedBy(whole, { device: await aDevice(), badge: '' }))

    expect([answer.status, await kindIn(answer), await changed()]).toEqual([422, 'deviceUnknown', {}])
  })

  it('answers deviceUnknown while a device waits for confirmation', async () => {
    const device = await aDevice()
    const ticket = await makeTicket(whole.office, { kind: 'enrol', confirmed: false, volunteer: null })
    await enrol(whole, device, ticket.secret)
    before = await countRows(whole)
    const answer = await put(whole, await sealedBy(whole, { device, badge: '' }))

    expect([answer.status, await kindIn(answer), await changed()]).toEqual([422, 'deviceUnknown', {}])
  })

  it('answers wireVersionUnknown for a future sealing', async () => {
    const answer = await put(whole, await sealedAs(tablet, { v: 2 }))

    expect([answer.status, await kindIn(answer), await changed()]).toEqual([422, 'wireVersionUnknown', {}])
  })

  it('answers wireVersionUnknown for a future header', async () => {
    const envelope = await sealedBy(whole, tablet)
    const claims = { v: 2, id: envelope.id, digest: envelope.digest, device: tablet.device.device, more: 'things' }
    const header = await signStatement('tiepsuc-header+jws', claims, tablet.device.privateKey, { kid: tablet.device.device })
    const answer = await put(whole, { ...envelope, header })

    expect([answer.status, await kindIn(answer), await changed()]).toEqual([422, 'wireVersionUnknown', {}])
  })

  it('answers tooLarge for a body a hundred times over the limit, whatever its length claims', async () => {
    const envelope = await sealedBy(whole, tablet)
    const piece = new Uint8Array(1024 * 1024).fill(0x41)
    let pieces = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pieces += 1
        if (pieces > 150) controller.close()
        else controller.enqueue(piece)
      },
    })
    const answer = await whole.app.request(`${origin}/api/v1/envelopes/${envelope.id}`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/vnd.tiepsuc.envelope+json' },
      body: endless,
      duplex: 'half',
    } as RequestInit)

    expect([answer.status, await kindIn(answer), await changed()]).toEqual([413, 'tooLarge', {}])
    expect(pieces).toBeLessThan(5)
  })

  it('answers deviceRevoked over the network', async () => {
    const revoked = await aTablet(whole)
    await officer.post(`/devices/${revoked.device.device}/revoke`)
    before = await countRows(whole)
    const answer = await put(whole, await sealedBy(whole, revoked))

    expect([answer.status, await kindIn(answer), await changed()]).toEqual([410, 'deviceRevoked', {}])
  })
})

describe('answered with a signature', () => {
  it('refuses an envelope that another device signed again, and leaves the id to its owner', async () => {
    const envelope = await sealedBy(whole, tablet)
    const stolen = { id: envelope.id, digest: envelope.digest, device: other.device.device, pack: birth, parts: [], seq: 1 }
    const resigned = { ...envelope, header: await signHeader(stolen, other.device.privateKey) }
    const first = await put(whole, resigned)
    const second = await put(whole, resigned)
    const after = await changed()
    const owner = await put(whole, envelope)

    expect(first.status).toBe(422)
    expect(await outcomeIn(whole, first, stolen)).toMatchObject({ kind: 'refused', reason: 'headerMismatch' })
    expect(await second.text()).toBe(await first.text())
    expect(after).toEqual({ outcomes: 1 })
    expect(owner.status).toBe(201)
  })

  it('disputes other bytes under the same id, keeps both, and says so once', async () => {
    const id = anId()
    const envelope = await sealedBy(whole, tablet, { application: { id } })
    await put(whole, envelope)
    await whole.opener.settled()
    before = await countRows(whole)
    const rival = await sealedBy(whole, tablet, { application: { id, localCode: 'TN-03-261124-002B' } })
    const first = await put(whole, rival)
    const second = await put(whole, rival)
    const third = await put(whole, envelope)

    expect(first.status).toBe(409)
    expect(await outcomeIn(whole, first, { ...rival, device: tablet.device.device })).toMatchObject({ kind: 'disputed', reason: 'idTaken' })
    expect(await second.text()).toBe(await first.text())
    expect(third.status).toBe(200)
    expect(await changed()).toEqual({ disputes: 1, outcomes: 1, events: 1 })
    expect(await eventsOf(id)).toEqual(['received', 'complete', 'opened', 'disputed'])
  })

  it('disputes the same id from another device', async () => {
    const id = anId()
    await put(whole, await sealedBy(whole, tablet, { application: { id } }))
    const rival = await sealedBy(whole, other, { application: { id } })
    const answer = await put(whole, rival)

    expect(await outcomeIn(whole, answer, { ...rival, device: other.device.device })).toMatchObject({ kind: 'disputed' })
  })
})

describe('taken in, and put before an officer', () => {
  const quarantined = async (): Promise<Inbox['cases']> => ((await (await officer.get('/inbox?list=quarantine')).json()) as Inbox).cases

  it('keeps an envelope under an unknown pack in quarantine', async () => {
    const pack = packRef('9.999999', '1.0.0')
    const envelope = await sealedBy(whole, tablet, { application: { pack } })
    const answer = await put(whole, envelope)
    const { search_keys: hashes = 0, ...rest } = await changed()

    expect(answer.status).toBe(201)
    expect(rest).toEqual({ ...oneEnvelope, events: 3 })
    expect(hashes).toBeGreaterThan(0)
    expect(await eventsOf(envelope.id)).toEqual(['received', 'complete', 'packUnknown'])
    expect((await quarantined()).find(({ id }) => id === envelope.id)).toMatchObject({ status: 'inQuarantine', marks: expect.arrayContaining(['packUnknown']) })
  })

  it('does not inflate a bomb, and keeps its envelope in quarantine', async () => {
    // Inside is an application that would be read and opened, if only 8 MiB of spaces were inflated with it.
    const bomb = await sealedAs(tablet, {}, (id) => {
      const packDigest = whole.office.packs.find(birth)?.digest ?? ''
      const text = JSON.stringify(anApplication({ id, packDigest, badge: tablet.badge, answers: rightAnswers() }))
      return utf8(`${text}${' '.repeat(8 * 1024 * 1024)}`)
    })
    const answer = await put(whole, bomb)

    expect(answer.status).toBe(201)
    expect(await changed()).toEqual({ ...oneEnvelope, events: 3 })
    expect(await eventsOf(bomb.id)).toEqual(['received', 'complete', 'unreadable'])
    expect((await quarantined()).find(({ id }) => id === bomb.id)).toMatchObject({ subject: null, marks: expect.arrayContaining(['unreadable']) })
  })

  it('keeps answers nested deeper than any stack in quarantine, and shows the case all the same', async () => {
    const deep = await sealedAs(tablet, {}, (id) => {
      const packDigest = whole.office.packs.find(birth)?.digest ?? ''
      const text = JSON.stringify(anApplication({ id, packDigest, badge: tablet.badge, answers: rightAnswers() }))
      return utf8(text.replace('"answers":{', `"answers":{"deep":${'['.repeat(20_000)}${']'.repeat(20_000)},`))
    })
    await put(whole, deep)
    await whole.opener.settled()

    expect((await officer.get(`/cases/${deep.id}`)).status).toBe(200)
    expect(await eventsOf(deep.id)).toEqual(['received', 'complete', 'unreadable'])
  })

  it('keeps an envelope sealed to keys of another office in quarantine', async () => {
    const { anOffice } = await import('../support/office.ts')
    const foreign = await anOffice()
    const envelope = await sealedBy({ ...whole, office: { ...whole.office, keys: { ...whole.office.keys, keySet: foreign.keySet } } }, tablet)
    await put(whole, envelope)
    await whole.opener.settled()

    expect(await eventsOf(envelope.id)).toEqual(['received', 'complete', 'unreadable'])
  })

  it('keeps what is no application in quarantine', async () => {
    const envelope = await sealedBy(whole, tablet, { bytes: utf8('{"v":1}') })
    await put(whole, envelope)
    await whole.opener.settled()

    expect(await eventsOf(envelope.id)).toEqual(['received', 'complete', 'unreadable'])
  })

  it('keeps an application whose inside names another id in quarantine', async () => {
    const inside = await sealedBy(whole, tablet)
    const { applicationBytes } = await import('../../core/application/application.ts')
    const envelope = await sealedBy(whole, tablet, { bytes: applicationBytes(inside.application) })
    await put(whole, envelope)
    await whole.opener.settled()

    expect(await eventsOf(envelope.id)).toEqual(['received', 'complete', 'unreadable'])
  })

  it('marks wrong answers as invalid, with their problems', async () => {
    const envelope = await sealedBy(whole, tablet, { application: { answers: { 'con.hoTen': '1234' } } })
    await put(whole, envelope)
    await whole.opener.settled()
    const file = (await (await officer.get(`/cases/${envelope.id}`)).json()) as CaseFile

    expect(file.events.map(({ kind }) => kind)).toEqual(['received', 'complete', 'invalid'])
    expect(file.problems).toContainEqual({ field: 'loaiKhaiSinh', rule: 'required', level: 'error', params: {} })
  })

  it.each([
    ['no badge', async () => 'badge'],
    ["another device's badge", async () => other.badge],
  ])('marks %s as doubtful and reads the case', async (_, badge) => {
    const envelope = await sealedBy(whole, tablet, { application: { badge: await badge() } })
    await put(whole, envelope)
    await whole.opener.settled()

    expect(await eventsOf(envelope.id)).toEqual(['received', 'complete', 'opened', 'badgeDoubtful'])
  })

  it("takes a revoked device's envelope from a stick into quarantine, until an officer releases it", async () => {
    const revoked = await aTablet(whole)
    await officer.post(`/devices/${revoked.device.device}/revoke`)
    const envelope = await sealedBy(whole, revoked)
    const answer = await whole.ask('/desk/api/carriers', {
      method: 'POST',
      headers: { Cookie: officer.cookie, Origin: origin, 'Content-Type': carrierType },
      body: `${writeEnvelope(envelope)}\n`,
    })
    await whole.opener.settled()
    const status = (await quarantined()).find(({ id }) => id === envelope.id)?.status
    const released = (await (await officer.decide(envelope.id, 'release', { note: 'đã hỏi' })).json()) as CaseFile

    expect(JSON.parse(await answer.text())).toMatchObject({ line: 0, outcome: expect.any(String) })
    expect(status).toBe('inQuarantine')
    expect(released.case.status).toBe('beingChecked')
    expect(await eventsOf(envelope.id)).toEqual(['received', 'quarantined', 'complete', 'opened', 'released'])
  })
})

/** An envelope sealed by hand, with a protected header or content that `seal` would not make. */
async function sealedAs({ device }: Tablet, changed: Record<string, unknown>, contentOf: (id: ApplicationId) => Uint8Array = () => utf8('{}')) {
  const id = anId()
  const { keySet } = whole.office.keys
  const about = { enc: 'A256GCM', zip: 'DEF', typ: 'tiepsuc-application+jwe', v: 1, id, device: device.device, pack: birth, parts: await partsDigest([]) }
  const encrypt = new GeneralEncrypt(contentOf(id)).setProtectedHeader({ ...about, ...changed })
  encrypt.addRecipient(await importSealingKey(keySet.working)).setUnprotectedHeader({ alg: 'ECDH-ES+A256KW', kid: await thumbprint(keySet.working) })
  const envelope = JSON.stringify(await encrypt.encrypt())
  const digest = await digestOf(envelope)
  const header = await signHeader({ id, digest, device: device.device, pack: birth, parts: [], seq: 1 }, device.privateKey)
  return { id, digest, envelope, header }
}
