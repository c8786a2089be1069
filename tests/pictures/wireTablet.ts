/** A tablet that speaks the wire itself, for cases that a real tablet makes only by bad luck. Invented people only. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { applicationBytes, type Application } from '../../core/application/application.ts'
import { utf8 } from '../../core/bytes.ts'
import { newApplicationId, packRef, secretText, type ApplicationId, type PackRef } from '../../core/ids.ts'
import { makeLocalCode } from '../../core/identity/localCode.ts'
import { localMoment } from '../../core/procedure/dates.ts'
import { digestOf, partsDigest } from '../../core/sealing/digest.ts'
import { signEnrolment } from '../../core/sealing/enrolment.ts'
import { signHeader } from '../../core/sealing/header.ts'
import { generateDeviceKey } from '../../core/sealing/keys.ts'
import { verifyKeySet } from '../../core/sealing/keySet.ts'
import { makeProof } from '../../core/sealing/proof.ts'
import { seal } from '../../core/sealing/seal.ts'
import { envelopeType, writeEnvelope, type Envelope } from '../../core/wire/envelope.ts'
import { packIndexAnswerShape, verifyPackIndex } from '../../core/wire/packs.ts'
import { badgeAnswerShape, deviceAnswerShape } from '../../core/wire/people.ts'

const birth = packRef('1.001193', '1.0.0')
const example = join(import.meta.dirname, '../../procedures/1.001193/1.0.0/examples/married-parents-on-time.json')
const exampleShape = v.object({ today: v.string(), answers: v.record(v.string(), v.unknown()) })
const random = (count: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(count))

export interface Told {
  readonly id?: ApplicationId
  readonly seq: number
  readonly answers?: Readonly<Record<string, string>>
  readonly badge?: string
  readonly pack?: PackRef
}

async function json(answer: Response): Promise<unknown> {
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  return answer.json()
}

/** Enrols with a one-time secret. */
export async function aWireTablet(origin: string, ticket: string) {
  const device = await generateDeviceKey()
  const proof = await signEnrolment(ticket, device.device, device.privateKey)
  const enrolled = await fetch(`${origin}/api/v1/enrolments`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ticket, key: device.publicJwk, proof }) })
  const { number, root, keySet: signed } = v.parse(deviceAnswerShape, await json(enrolled))
  const keySet = await verifyKeySet(signed, root)
  if (!keySet.ok) throw new Error('no key set')
  return { origin, device, number, keySet: keySet.value }
}

export type WireTablet = Awaited<ReturnType<typeof aWireTablet>>

/** A signed-in request of this tablet. */
async function asks({ origin, device }: WireTablet, method: 'GET' | 'POST', path: string, body = ''): Promise<unknown> {
  const url = `${origin}/api/v1${path}`
  const nonce = (await fetch(`${origin}/api/v1/time`)).headers.get('dpop-nonce') ?? ''
  const proof = await makeProof({ method, url, body: utf8(body), nonce, jti: secretText(random(16)), atMs: 0 }, device.privateKey, device.publicJwk)
  return json(await fetch(url, { method, headers: { DPoP: proof, 'content-type': 'application/json' }, ...(body === '' ? {} : { body }) }))
}

/** Fetches a volunteer's badge by its one-time code. */
export async function fetchesBadge(tablet: WireTablet, code: string): Promise<string> {
  return v.parse(badgeAnswerShape, await asks(tablet, 'POST', '/badges', JSON.stringify({ code }))).badge
}

/** The digest of the birth pack as this office publishes it. */
export async function birthDigest(tablet: WireTablet): Promise<string> {
  const { index } = v.parse(packIndexAnswerShape, await asks(tablet, 'GET', '/packs'))
  return (await verifyPackIndex(index, tablet.keySet))?.packs.find(({ pack }) => pack === birth)?.digest ?? ''
}

/** An envelope about the child of the birth pack's example. */
export async function seals({ device, keySet, number }: WireTablet, packDigest: string, told: Told): Promise<Envelope & { readonly id: ApplicationId }> {
  const { today, answers } = v.parse(exampleShape, JSON.parse(readFileSync(example, 'utf8')))
  const id = told.id ?? newApplicationId(Date.now(), random(10))
  const pack = told.pack ?? birth
  const application: Application = {
    v: 1,
    id,
    localCode: makeLocalCode({ device: number, date: localMoment(Date.now()).date, sequence: told.seq }),
    pack,
    packDigest,
    answers: { ...answers, ...told.answers },
    papers: {},
    attachments: [],
    badge: told.badge ?? '',
    startedAt: `${today}T02:00:00.000Z`,
    finalisedAt: `${today}T02:20:00.000Z`,
    replyKey: secretText(random(32)),
  }
  const sealed = await seal(applicationBytes(application), { id, device: device.device, pack, parts: await partsDigest([]) }, keySet)
  if (!sealed.ok) throw new Error(sealed.failure.kind)
  const header = await signHeader({ id, digest: await digestOf(sealed.value), device: device.device, pack, parts: [], seq: told.seq }, device.privateKey)
  return { id, envelope: sealed.value, header }
}

/** Delivers; a disputed one is answered with 409 and kept. */
export async function delivers({ origin }: WireTablet, { id, envelope, header }: Envelope & { readonly id: ApplicationId }): Promise<void> {
  const answer = await fetch(`${origin}/api/v1/envelopes/${id}`, { method: 'PUT', headers: { 'content-type': envelopeType }, body: writeEnvelope({ envelope, header }) })
  if (!answer.ok && answer.status !== 409) throw new Error(`${answer.status} ${await answer.text()}`)
}

