// Envelopes that an enrolled device signed properly and whose sealing is broken in every way that can be thought of: each
// ends before an officer as unreadable, or is turned away; none is ever a 5xx, and none keeps the others waiting.
import { FlattenedEncrypt } from 'jose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { base64url, fromBase64url, utf8, type Bytes } from '../../core/bytes.ts'
import { digestOf, partsDigest } from '../../core/sealing/digest.ts'
import { signHeader } from '../../core/sealing/header.ts'
import { importSealingKey, thumbprint } from '../../core/sealing/keys.ts'
import type { CaseFile } from '../../core/wire/desk.ts'
import { anId, birth } from '../support/office.ts'
import { aWholeOffice, type WholeOffice } from '../support/wholeOffice.ts'
import { anOfficer, aTablet, put, sealedBy, type Tablet } from '../support/wholeTablet.ts'

let whole: WholeOffice
let tablet: Tablet
let officer: Awaited<ReturnType<typeof anOfficer>>

beforeAll(async () => {
  whole = await aWholeOffice()
  tablet = await aTablet(whole)
  officer = await anOfficer(whole)
})
afterAll(() => whole.close())

interface Jwe {
  protected: string
  iv: string
  ciphertext: string
  tag: string
  recipients: { header: Record<string, unknown> & { epk: Record<string, unknown> }; encrypted_key: string }[]
}

const changesOf: Record<string, (jwe: Jwe) => void> = {
  'a point that is not on the curve': (jwe) => jwe.recipients.forEach(({ header }) => (header.epk['x'] = base64url(new Uint8Array(32).fill(1)))),
  'a point of zeros': (jwe) => jwe.recipients.forEach(({ header }) => Object.assign(header.epk, { x: base64url(new Uint8Array(32)), y: base64url(new Uint8Array(32)) })),
  'a point of another curve': (jwe) => jwe.recipients.forEach(({ header }) => (header.epk['crv'] = 'P-521')),
  'a point that is no point': (jwe) => jwe.recipients.forEach(({ header }) => (header['epk'] = { kty: 'oct', k: 'AAAA' })),
  'no point': (jwe) => jwe.recipients.forEach(({ header }) => Reflect.deleteProperty(header, 'epk')),
  'a point that is a text': (jwe) => jwe.recipients.forEach(({ header }) => Object.assign(header, { epk: 'x' })),
  'apu of a wrong type': (jwe) => jwe.recipients.forEach(({ header }) => (header['apu'] = 7)),
  'apu that is no base64url': (jwe) => jwe.recipients.forEach(({ header }) => (header['apu'] = '***')),
  'another key encryption in the protected header too': (jwe) => jwe.recipients.forEach(({ header }) => (header['enc'] = 'A128GCM')),
  'an encrypted key of one byte': (jwe) => jwe.recipients.forEach((recipient) => (recipient.encrypted_key = 'AA')),
  'an encrypted key that is no base64url': (jwe) => jwe.recipients.forEach((recipient) => (recipient.encrypted_key = '*')),
  'a foreign encrypted key': (jwe) => jwe.recipients.forEach((recipient) => (recipient.encrypted_key = base64url(new Uint8Array(40)))),
  'a nonce of one byte': (jwe) => (jwe.iv = 'AA'),
  'a tag of one byte': (jwe) => (jwe.tag = 'AA'),
  'a tag that is no base64url': (jwe) => (jwe.tag = '!!'),
  'an altered ciphertext': (jwe) => (jwe.ciphertext = `AAAA${jwe.ciphertext.slice(4)}`),
  'a ciphertext of one letter': (jwe) => (jwe.ciphertext = 'A'),
  'recipients of nobody': (jwe) => jwe.recipients.forEach(({ header }) => (header['kid'] = 'nobody')),
}

it.each(Object.keys(changesOf))('%s', async (name) => {
  const { application, envelope } = await sealedBy(whole, tablet)
  const jwe = JSON.parse(envelope) as Jwe
  changesOf[name]?.(jwe)
  const broken = await signed(application.id, JSON.stringify(jwe))

  expect(await fateOf(broken)).toBe('unreadable')
})

it('members that nobody knows are ignored: the digest is over the stored bytes', async () => {
  const { application, envelope } = await sealedBy(whole, tablet)
  const more = { aad: {}, unprotected: { crit: ['x'], x: 1 }, note: 'x' }
  const odd = await signed(application.id, JSON.stringify({ ...(JSON.parse(envelope) as Jwe), ...more }))

  expect(await fateOf(odd)).toBe('opened')
})

it('content that says it is compressed and is not', async () => {
  expect(await fateOf(await sealedRaw(utf8('this is no deflate stream')))).toBe('unreadable')
})

it('content that breaks off inside its compression', async () => {
  const stream = new Blob(['a'.repeat(100_000)]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer())

  expect(await fateOf(await sealedRaw(bytes.slice(0, 40)))).toBe('unreadable')
})

it.each([
  ['a list', []],
  ['null', null],
  ['text', 'x'],
  ['a number', 7],
  ['nothing inside', {}],
  ['a protected header of a wrong type', { protected: 7, iv: 'A', ciphertext: 'A', tag: 'A', recipients: [] }],
  ['a protected header that is no JSON', { protected: 'AAAA', iv: 'A', ciphertext: 'A', tag: 'A', recipients: [{ header: { alg: 'ECDH-ES+A256KW', kid: 'x' }, encrypted_key: 'A' }] }],
  ['deep nesting', JSON.parse('['.repeat(2000) + ']'.repeat(2000)) as unknown],
])('turns away %s', async (_, sealed) => {
  const answer = await put(whole, await signed(anId(), JSON.stringify(sealed)))

  expect(answer.status).toBe(400)
})

it('turns away texts with half characters and zeros', async () => {
  for (const text of ['\u0000', '\ud800', '{"protected":"\u0000"}']) expect((await put(whole, await signed(anId(), text))).status).toBe(400)
})

it('still opens the next good one', async () => {
  const good = await sealedBy(whole, tablet)

  expect(await fateOf(good)).toBe('opened')
})

async function signed(id: ReturnType<typeof anId>, envelope: string) {
  const { device, privateKey } = tablet.device
  const digest = await digestOf(envelope)
  return { id, digest, envelope, header: await signHeader({ id, digest, device, pack: birth, parts: [], seq: 1 }, privateKey) }
}

/** What became of an envelope: the last event, after checking that an officer can look at it. */
async function fateOf(envelope: Awaited<ReturnType<typeof signed>>): Promise<string | undefined> {
  const answer = await put(whole, envelope)
  await whole.opener.settled()
  const looked = await officer.get(`/cases/${envelope.id}`)
  if (answer.status !== 201 || looked.status !== 200) return `${answer.status} ${looked.status}`
  return ((await looked.json()) as CaseFile).events.at(-1)?.kind
}

/** Sealed as it should be, but with content that went through no compression of ours. */
async function sealedRaw(content: Bytes) {
  const id = anId()
  const { working } = whole.office.keys.keySet
  const cek = crypto.getRandomValues(new Uint8Array(32))
  const about = { enc: 'A256GCM', typ: 'tiepsuc-application+jwe', v: 1, id, device: tablet.device.device, pack: birth, parts: await partsDigest([]) }
  const jwe = await new FlattenedEncrypt(utf8('x'))
    .setProtectedHeader(about)
    .setUnprotectedHeader({ alg: 'ECDH-ES+A256KW', kid: await thumbprint(working) })
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- kept for testing, and this is testing
    .setContentEncryptionKey(cek)
    .encrypt(await importSealingKey(working))
  const head = base64url(utf8(JSON.stringify({ ...about, zip: 'DEF' })))
  const key = await crypto.subtle.importKey('raw', cek, 'AES-GCM', false, ['encrypt'])
  const iv = fromBase64url(jwe.iv ?? '') ?? new Uint8Array(12)
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: utf8(head) }, key, content))
  const general = {
    protected: head,
    iv: jwe.iv,
    ciphertext: base64url(sealed.subarray(0, -16)),
    tag: base64url(sealed.subarray(-16)),
    recipients: [{ header: jwe.header, encrypted_key: jwe.encrypted_key }],
  }
  return signed(id, JSON.stringify(general))
}
