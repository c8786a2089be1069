import { beforeAll, describe, expect, it } from 'vitest'
import { base64url } from '../../../../core/bytes.ts'
import { signBadge, verifyBadge, type Badge } from '../../../../core/sealing/badge.ts'
import { sixWords, signEnrolment, verifyEnrolment } from '../../../../core/sealing/enrolment.ts'
import { claimedDevice, claimedVersion, differs, verifyHeader } from '../../../../core/sealing/header.ts'
import { generateKeys, importSigningKey } from '../../../../core/sealing/keys.ts'
import { signKeySet, verifyKeySet } from '../../../../core/sealing/keySet.ts'
import { readProtected } from '../../../../core/sealing/open.ts'
import { signOutcome, verifyOutcome, type Outcome } from '../../../../core/sealing/outcome.ts'
import { makeProof, verifyProof } from '../../../../core/sealing/proof.ts'
import { openReply, sealReply } from '../../../../core/sealing/reply.ts'
import { replyShape } from '../../../../core/application/reply.ts'
import { words } from '../../../../core/sealing/words.ts'
import type { VolunteerId } from '../../../../core/ids.ts'
import { aDevice, anEnvelope, anEpoch, anOffice, type TestDevice, type TestOffice } from '../../../support/office.ts'

let office: TestOffice
let device: TestDevice
beforeAll(async () => {
  office = await anOffice()
  device = await aDevice()
})

describe("the device's header", () => {
  it('is believed only under the key of the device it names', async () => {
    const { header } = await anEnvelope(office, device)
    const other = await aDevice()

    expect(claimedDevice(header)).toBe(device.device)
    expect((await verifyHeader(header, device.device, device.publicJwk))?.seq).toBe(1)
    expect(await verifyHeader(header, device.device, other.publicJwk)).toBeNull()
  })

  it('of a later version says so before anything else is judged', async () => {
    const { signStatement } = await import('../../../../core/sealing/signed.ts')
    const later = await signStatement('tiepsuc-header+jws', { v: 2 }, device.privateKey, { kid: device.device })

    expect(claimedVersion(later)).toBe(2)
    expect(claimedVersion('no header')).toBeNull()
  })

  it.each([
    ['id', { id: '01930000-0000-7000-8000-00000000000f' }],
    ['pack', { pack: '1.001193@9.9.9' }],
    ['parts', { parts: ['b'.repeat(43)] }],
  ])('that names another %s than the sealed application is found out', async (member, lie) => {
    const { header, envelope } = await anEnvelope(office, device, { header: lie as never })
    const read = await verifyHeader(header, device.device, device.publicJwk)
    const sealed = readProtected(envelope)

    expect(read && sealed.ok && (await differs(read, sealed.value))).toBe(member)
  })

  it('put by another device around a stolen envelope is found out', async () => {
    const thief = await aDevice()
    const { envelope, id, digest } = await anEnvelope(office, device)
    const { signHeader } = await import('../../../../core/sealing/header.ts')
    const sealed = readProtected(envelope)
    const header = await signHeader(
      { id, digest, device: thief.device, pack: '1.001193@1.0.0' as never, parts: [], seq: 1 },
      thief.privateKey,
    )
    const read = await verifyHeader(header, thief.device, thief.publicJwk)

    expect(read && sealed.ok && (await differs(read, sealed.value))).toBe('device')
  })
})

describe('an outcome', () => {
  async function anOutcome(changes: Partial<Outcome> = {}) {
    const { id, digest } = await anEnvelope(office, device)
    const outcome: Outcome = { kind: 'complete', id, digest, device: device.device, epoch: anEpoch, head: 7, at: '2026-11-24T02:00:00Z', ...changes }
    return { outcome, about: { id, digest, device: device.device } }
  }

  it('signed by the office settles exactly the item it names', async () => {
    const { outcome, about } = await anOutcome()
    const statement = await signOutcome(outcome, office.signingKey, office.signingKid)

    expect(await verifyOutcome(statement, office.keySet, about)).toEqual(outcome)
  })

  it.each(['id', 'digest', 'device'] as const)('for another %s settles nothing', async (member) => {
    const { outcome, about } = await anOutcome()
    const other = await anEnvelope(office, await aDevice())
    const foreign = { id: other.id, digest: other.digest, device: (await aDevice()).device }
    const statement = await signOutcome({ ...outcome, [member]: foreign[member] }, office.signingKey, office.signingKid)

    expect(await verifyOutcome(statement, office.keySet, about)).toBeNull()
  })

  it('signed by a stranger settles nothing, whatever key it names', async () => {
    const { outcome, about } = await anOutcome()
    const stranger = await importSigningKey((await generateKeys('sign')).privateJwk)

    expect(await verifyOutcome(await signOutcome(outcome, stranger, office.signingKid), office.keySet, about)).toBeNull()
    expect(await verifyOutcome(await signOutcome(outcome, stranger, 'nobody'), office.keySet, about)).toBeNull()
  })

  it('cannot be made out of another statement of the same office', async () => {
    const { outcome, about } = await anOutcome()
    const { signStatement } = await import('../../../../core/sealing/signed.ts')
    const feed = await signStatement('tiepsuc-feed+jws', outcome, office.signingKey, { kid: office.signingKid })

    expect(await verifyOutcome(feed, office.keySet, about)).toBeNull()
  })

  it('without a signature ("alg": "none") settles nothing', async () => {
    const { outcome, about } = await anOutcome()
    const encode = (value: object) => base64url(new TextEncoder().encode(JSON.stringify(value)))
    const unsigned = `${encode({ alg: 'none', typ: 'tiepsuc-outcome+jws', kid: office.signingKid })}.${encode(outcome)}.`

    expect(await verifyOutcome(unsigned, office.keySet, about)).toBeNull()
  })

  it('signed with an older key of the office still verifies after the key was changed', async () => {
    const { outcome, about } = await anOutcome()
    const statement = await signOutcome(outcome, office.signingKey, office.signingKid)
    const newer = { ...office.keySet, number: 2, signing: [(await generateKeys('sign')).publicJwk, ...office.keySet.signing] }

    expect(await verifyOutcome(statement, newer, about)).toEqual(outcome)
  })
})

describe('the key set', () => {
  it('is taken from the pinned root only', async () => {
    const stranger = await generateKeys('sign')

    expect((await verifyKeySet(office.signedKeySet, office.root.publicJwk)).ok).toBe(true)
    expect(await verifyKeySet(office.signedKeySet, stranger.publicJwk)).toEqual({ ok: false, failure: { kind: 'keySetInvalid' } })
  })

  it('with a lower number than the pinned one is refused', async () => {
    expect(await verifyKeySet(office.signedKeySet, office.root.publicJwk, 2)).toEqual({
      ok: false,
      failure: { kind: 'keySetOlder', why: '1 below 2' },
    })
  })

  it('that has expired still verifies: sealing never stops for a date', async () => {
    const old = await signKeySet({ ...office.keySet, expiresAt: '2020-01-01T00:00:00Z' }, await importSigningKey(office.root.privateJwk))

    expect((await verifyKeySet(old, office.root.publicJwk)).ok).toBe(true)
  })
})

describe('a badge', () => {
  it('names volunteer and device, and only this office can have made it', async () => {
    const badge: Badge = {
      sub: '01930000-0000-7000-8000-0000000000aa' as VolunteerId,
      name: 'Lê Thử Nghiệm',
      number: 'TNV-001',
      cnf: { jkt: device.device },
      iat: 1_764_000_000,
      exp: 1_766_000_000,
    }
    const statement = await signBadge(badge, office.signingKey, office.signingKid)

    expect(await verifyBadge(statement, office.keySet)).toEqual(badge)
    expect(await verifyBadge(statement, (await anOffice()).keySet)).toBeNull()
  })
})

describe('a proof of a signed-in request', () => {
  const request = { method: 'POST', url: 'http://localhost:8080/api/v1/badges?x=1#y', nonce: 'n1', jti: 'j'.repeat(22), atMs: 0 }
  const origins = ['http://localhost:8080']

  it('holds for the same method, address and body', async () => {
    const body = new TextEncoder().encode('{"code":"1"}')
    const proof = await makeProof({ ...request, body }, device.privateKey, device.publicJwk)
    const read = await verifyProof(proof, { method: 'POST', path: '/api/v1/badges', origins, body })

    expect(read?.device).toBe(device.device)
    expect(read?.proof.nonce).toBe('n1')
  })

  it.each([
    ['method', { method: 'PUT' }],
    ['path', { path: '/api/v1/feed' }],
    ['origin', { origins: ['https://elsewhere.example'] }],
    ['body', { body: new TextEncoder().encode('other') }],
  ])('does not hold for another %s', async (_, change) => {
    const body = new TextEncoder().encode('{}')
    const proof = await makeProof({ ...request, body }, device.privateKey, device.publicJwk)

    expect(await verifyProof(proof, { method: 'POST', path: '/api/v1/badges', origins, body, ...change })).toBeNull()
  })

  it('signed by one key and carrying another does not hold', async () => {
    const body = new Uint8Array()
    const proof = await makeProof({ ...request, body }, device.privateKey, (await aDevice()).publicJwk)

    expect(await verifyProof(proof, { method: 'POST', path: '/api/v1/badges', origins, body })).toBeNull()
  })
})

describe('a reply of the officer', () => {
  const reply = { kind: 'refused', at: '2026-11-24T03:00:00Z', message: 'Xin bổ sung' } as const

  it('is read with the reply key of its case and no other', async () => {
    const key = base64url(new Uint8Array(32).fill(1))
    const sealed = await sealReply(reply, key)

    expect(await openReply(sealed, key, replyShape)).toEqual({ ok: true, value: reply })
    expect((await openReply(sealed, base64url(new Uint8Array(32).fill(2)), replyShape)).ok).toBe(false)
  })
})

describe('enrolment', () => {
  it('proves the key for one ticket only', async () => {
    const proof = await signEnrolment('ticket-1', device.device, device.privateKey)

    expect(await verifyEnrolment(proof, 'ticket-1', device.publicJwk)).toBe(true)
    expect(await verifyEnrolment(proof, 'ticket-2', device.publicJwk)).toBe(false)
    expect(await verifyEnrolment(proof, 'ticket-1', (await aDevice()).publicJwk)).toBe(false)
  })

  it('shows the same six words on both screens, and others for another root or device', async () => {
    const here = await sixWords(office.root.publicJwk, device.device)

    expect(await sixWords(office.root.publicJwk, device.device)).toEqual(here)
    expect(await sixWords((await generateKeys('sign')).publicJwk, device.device)).not.toEqual(here)
    expect(await sixWords(office.root.publicJwk, (await aDevice()).device)).not.toEqual(here)
    expect(here).toHaveLength(6)
  })

  it('draws from 256 different words', () => {
    expect(new Set(words).size).toBe(256)
  })
})
