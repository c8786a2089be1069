/**
 * The bytes in docs/examples are what docs/protocol.md explains. They are read twice: by our own code, and by a second
 * reader that knows only the RFCs and Node's cryptography, as a stranger who writes another office would.
 */
import { createDecipheriv, createHash, createPrivateKey, createPublicKey, diffieHellman, verify, type JsonWebKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { replyShape } from '../../core/application/reply.ts'
import type { DeviceId } from '../../core/ids.ts'
import { verifyBadge } from '../../core/sealing/badge.ts'
import { digestOf } from '../../core/sealing/digest.ts'
import { sixWords, verifyEnrolment } from '../../core/sealing/enrolment.ts'
import { claimedDevice, verifyHeader } from '../../core/sealing/header.ts'
import { publicHalf, thumbprint, type PublicJwk } from '../../core/sealing/keys.ts'
import { verifyKeySet } from '../../core/sealing/keySet.ts'
import { verifyOutcome } from '../../core/sealing/outcome.ts'
import { verifyProof } from '../../core/sealing/proof.ts'
import { openReply } from '../../core/sealing/reply.ts'
import { parseEnvelope } from '../../core/wire/envelope.ts'
import { verifyFeed } from '../../core/wire/feed.ts'
import { verifyHoldings } from '../../core/wire/holdings.ts'
import { packDigest, verifyPack, verifyPackIndex } from '../../core/wire/packs.ts'

const example = (name: string) => readFileSync(new URL(`../../docs/examples/${name}`, import.meta.url), 'utf8').trimEnd()
const keys = JSON.parse(example('keys.json')) as Record<'root' | 'working' | 'escrow' | 'signing' | 'signingBefore' | 'device' | 'nextDevice', PublicJwk & { d: string }>
const application = JSON.parse(example('application.json')) as { id: never; replyKey: string; answers: object }
const onTheWire = parseEnvelope(example('envelope.ndjson'))
if (!onTheWire.ok) throw new Error('the example envelope does not parse')
const { envelope, header } = onTheWire.value
const device = claimedDevice(header) as DeviceId

describe('the worked example, read by our own code', () => {
  it('has the digest that the header and the document name', async () => {
    expect(await digestOf(envelope)).toBe(example('digest.txt'))
    expect((await verifyHeader(header, device, keys.device))?.digest).toBe(example('digest.txt'))
  })

  it('has a key set, an outcome, a feed, a badge and a proof that verify', async () => {
    const keySet = await verifyKeySet(example('keySet.jws'), publicHalf(keys.root))
    if (!keySet.ok) throw new Error(keySet.failure.kind)
    const about = { id: application.id, digest: example('digest.txt') as never, device }

    expect((await verifyOutcome(example('outcome.jws'), keySet.value, about))?.kind).toBe('complete')
    expect((await verifyBadge(example('badge.jws'), keySet.value))?.number).toBe('TNV-001')
    const feed = await verifyFeed(example('feed.jws'), keySet.value, 0)
    expect(await openReply(feed?.events[0]?.sealed ?? '', application.replyKey, replyShape)).toEqual({
      ok: true,
      value: { kind: 'accepted', at: '2026-11-24T03:00:00Z', code: 'H57.99-261124-0001', resultOn: '2026-11-25' },
    })
    const request = { method: 'GET', path: '/api/v1/feed', origins: ['http://localhost:8080'], body: new Uint8Array() }
    expect((await verifyProof(example('proof.jws'), request))?.device).toBe(device)
  })

  it('has an answer about two applications, of which the office lacks one', async () => {
    const keySet = await verifyKeySet(example('keySet.jws'), publicHalf(keys.root))
    if (!keySet.ok) throw new Error(keySet.failure.kind)
    const another = { id: '01930000-0000-7000-8000-000000000043', digest: 'A'.repeat(43) }
    const held = [{ id: application.id, digest: example('digest.txt') }, another] as never[]

    expect(await verifyHoldings(example('holdings.jws'), keySet.value, held)).toMatchObject({ epoch: { number: 1 }, head: 4, lacking: [another.id], uncovered: [application.id] })
  })

  it('has the word of a tablet that lost its first key, for one typed code and with that key named', async () => {
    const [next, lost] = [publicHalf(keys.nextDevice), publicHalf(keys.device)]

    expect(await verifyEnrolment(example('enrol.jws'), 'K7QM-2P4X', next, [lost])).toBe(true)
    expect(await verifyEnrolment(example('enrol.jws'), 'K7QM-2P4X', next)).toBe(false)
    expect(await verifyEnrolment(example('enrol.jws'), 'K7QM2P4X', next, [lost])).toBe(false)
  })

  it('has an index that names a pack by its digest', async () => {
    const keySet = await verifyKeySet(example('keySet.jws'), publicHalf(keys.root))
    if (!keySet.ok) throw new Error(keySet.failure.kind)
    const [index, pack] = [await verifyPackIndex(example('packs.jws'), keySet.value), await verifyPack(example('pack.jws'), keySet.value)]

    expect(index?.packs).toEqual([{ pack: pack?.pack, digest: pack && (await packDigest(pack)) }])
  })

  it('shows the six words of the document', async () => {
    expect((await sixWords(publicHalf(keys.root), device)).join(' ')).toBe(example('words.txt'))
  })
})

describe('the worked example, read by a stranger with the RFCs', () => {
  it.each([
    ['keySet.jws', keys.root],
    ['outcome.jws', keys.signingBefore],
    ['feed.jws', keys.signing],
    ['holdings.jws', keys.signing],
    ['badge.jws', keys.signingBefore],
    ['proof.jws', keys.device],
    ['enrol.jws', keys.nextDevice],
    ['packs.jws', keys.signing],
    ['pack.jws', keys.signing],
  ])('%s is an ES256 signature over its first two pieces', (name, jwk) => {
    const [head = '', body = '', signature = ''] = example(name).split('.')
    const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })

    expect(verify('sha256', Buffer.from(`${head}.${body}`), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))).toBe(true)
  })

  it.each(['working', 'escrow'] as const)('the %s key opens the envelope to the very application', async (which) => {
    const jwe = JSON.parse(envelope) as Jwe
    const kid = await thumbprint({ kty: 'EC', crv: 'P-256', x: keys[which].x, y: keys[which].y })
    const recipient = jwe.recipients.find(({ header: own }) => own.kid === kid)
    if (!recipient) throw new Error('no recipient of that name')

    const contentKey = unwrap(sharedKey(keys[which], recipient.header.epk, 'ECDH-ES+A256KW'), Buffer.from(recipient.encrypted_key, 'base64url'))
    const cipher = createDecipheriv('aes-256-gcm', contentKey, Buffer.from(jwe.iv, 'base64url'))
    cipher.setAAD(Buffer.from(jwe.protected))
    cipher.setAuthTag(Buffer.from(jwe.tag, 'base64url'))
    const opened = inflateRawSync(Buffer.concat([cipher.update(Buffer.from(jwe.ciphertext, 'base64url')), cipher.final()]))

    expect(JSON.parse(opened.toString())).toEqual(application)
  })
})

interface Jwe {
  protected: string
  iv: string
  ciphertext: string
  tag: string
  recipients: { encrypted_key: string; header: { kid: string; epk: JsonWebKey } }[]
}

/** RFC 7518, 4.6.2: Concat KDF over the ECDH secret. */
function sharedKey(own: JsonWebKey, ephemeral: JsonWebKey, algorithm: string): Buffer {
  const privateKey = createPrivateKey({ key: own, format: 'jwk' })
  const publicKey = createPublicKey({ key: ephemeral, format: 'jwk' })
  const number = (value: number) => Buffer.from([value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255])
  const name = Buffer.from(algorithm)
  return createHash('sha256')
    .update(Buffer.concat([number(1), diffieHellman({ privateKey, publicKey }), number(name.length), name, number(0), number(0), number(256)]))
    .digest()
}

/** RFC 3394 with its default initial value. */
function unwrap(key: Buffer, wrapped: Buffer): Buffer {
  const cipher = createDecipheriv('id-aes256-wrap', key, Buffer.from('a6a6a6a6a6a6a6a6', 'hex'))
  return Buffer.concat([cipher.update(wrapped), cipher.final()])
}
