/** Who takes part: an office with officers, tablets, cases and parts, so that a request can be good and then be changed. */
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import type { EventKind } from '../../../../core/application/events.ts'
import type { Application } from '../../../../core/application/application.ts'
import { base64url, utf8, type Bytes } from '../../../../core/bytes.ts'
import type { ApplicationId, DeviceId, Digest, VolunteerId } from '../../../../core/ids.ts'
import { signEnrolment } from '../../../../core/sealing/enrolment.ts'
import { generateDeviceKey } from '../../../../core/sealing/keys.ts'
import type { KeySet } from '../../../../core/sealing/keySet.ts'
import { makeProof } from '../../../../core/sealing/proof.ts'
import { caseShape } from '../../../../core/wire/desk.ts'
import type { Office } from '../../../../server/office.ts'
import { makeTicket, type TicketKind } from '../../../../server/people/tickets.ts'
import { makeVolunteer } from '../../../../server/people/volunteers.ts'
import { birth } from '../../../support/office.ts'

export type Device = Awaited<ReturnType<typeof generateDeviceKey>>

export interface Tablet {
  readonly device: Device
  readonly badge: string
}

/** How the scene is set: it asks the office as everybody does, and hands out tickets as an officer's page would. */
export interface Door {
  readonly origin: string
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>
  readonly maker: Pick<Office, 'db' | 'keys' | 'random' | 'clock'>
}

export interface Scene {
  readonly origin: string
  readonly ask: Door['ask']
  readonly keySet: KeySet
  readonly packDigest: string
  readonly answers: Application['answers']
  readonly tablets: readonly Tablet[]
  readonly revoked: Tablet
  /** Never enrolled. */
  readonly stranger: Tablet
  /** The session of an officer who is never disabled, and how to get one more that may end. */
  readonly cookie: string
  readonly anotherSession: () => Promise<string>
  readonly credentials: { readonly username: string; readonly password: string }
  /** The newest that an answer brought. */
  readonly nonce: string
  readonly takeNonce: (nonce: string | null) => void
  /** What has been taken in, newest last. */
  readonly stored: { readonly id: ApplicationId; readonly digest: Digest; readonly device: DeviceId; readonly body: unknown }[]
  readonly parts: { readonly name: string; readonly bytes: Bytes }[]
  /** Of those, ids that wait in quarantine. */
  readonly quarantined: ApplicationId[]
  readonly photos: { readonly id: string; readonly attachment: string }[]
  readonly volunteers: VolunteerId[]
  /** Tablets and officers that may come to harm. */
  readonly victims: DeviceId[]
  readonly usernames: string[]
  /** Tablets that come with one wait for an officer. */
  readonly ticket: (kind: TicketKind) => Promise<{ secret: string; code: string }>
  readonly newVolunteer: () => Promise<VolunteerId>
  /** Number of the newest event of a case, as its page would show it; `isOpened`: when the office has opened it, until when it moves. */
  readonly newestOf: (id: string, isOpened: boolean) => Promise<number>
  readonly newDevice: (state: 'waiting' | 'revoked') => Promise<DeviceId>
  /** The next number of any device of the scene. */
  readonly nextSequence: () => number
}

const credentials = { username: 'can.bo.mot', password: 'mot-mat-khau-dai' }
const example = 'procedures/1.001193/1.0.0/examples/married-parents-on-time.json'

/** Sets the scene at a fresh office. */
export async function setScene(door: Door): Promise<Scene> {
  const { maker } = door
  const volunteer = await makeVolunteer(maker, 'Lê Thị Hoa')
  const ticket = (kind: TicketKind, confirmed = false) => makeTicket(maker, { kind, confirmed, volunteer: kind === 'badge' ? volunteer : null })
  const secret = (await ticket('officer')).secret
  const cookie = await cookieOf(door, '/first', { ticket: secret, name: 'Trần Văn Cán', ...credentials })
  const tablets = await Promise.all(Array.from({ length: 4 }, async () => aTablet(door, (await ticket('enrol', true)).secret, (await ticket('badge')).code)))
  const revoked = await aTablet(door, (await ticket('enrol', true)).secret, (await ticket('badge')).code)
  await door.ask(`/desk/api/devices/${revoked.device.device}/revoke`, { method: 'POST', headers: { Cookie: cookie, Origin: door.origin } })
  const pack = await maker.db.selectFrom('packs').select('digest').where('ref', '=', birth).executeTakeFirstOrThrow()
  let sequence = 0
  let nonce = (await door.ask('/api/v1/time')).headers.get('dpop-nonce') ?? ''
  return {
    origin: door.origin,
    ask: door.ask,
    keySet: maker.keys.keySet,
    packDigest: pack.digest,
    answers: (JSON.parse(readFileSync(example, 'utf8')) as { answers: Application['answers'] }).answers,
    tablets,
    revoked,
    stranger: { device: await generateDeviceKey(), badge: '' },
    cookie,
    anotherSession: () => cookieOf(door, '/sign-in', credentials),
    credentials,
    get nonce() {
      return nonce
    },
    takeNonce: (given) => {
      nonce = given ?? nonce
    },
    stored: [],
    parts: [],
    quarantined: [],
    photos: [],
    volunteers: [volunteer],
    victims: [],
    usernames: [],
    ticket,
    newVolunteer: () => makeVolunteer(maker, 'Võ Thị Thử'),
    newestOf: (id, isOpened) => newestOf(door, cookie, id, isOpened),
    newDevice: async (state) => newDevice(door, cookie, (await ticket('enrol')).secret, state),
    nextSequence: () => (sequence += 1),
  }
}

const openings: readonly EventKind[] = ['opened', 'invalid', 'packUnknown', 'unreadable']

/** How long a busy office may take until it has opened a case. */
const openedWithinMs = 20_000

async function newestOf(door: Door, cookie: string, id: string, isOpened: boolean): Promise<number> {
  const untilMs = Date.now() + (isOpened ? openedWithinMs : 0)
  for (;;) {
    const answer = await door.ask(`/desk/api/cases/${id}`, { headers: { Cookie: cookie } })
    if (!answer.ok) return 1
    const { events } = v.parse(caseShape, await answer.json())
    if (Date.now() >= untilMs || events.some(({ kind }) => openings.includes(kind))) return events.at(-1)?.seq ?? 1
    await new Promise((later) => setTimeout(later, 50))
  }
}

/** A tablet that waits for an officer, or was revoked. */
async function newDevice({ ask, origin }: Door, cookie: string, ticket: string, state: 'waiting' | 'revoked'): Promise<DeviceId> {
  const { device, publicJwk, privateKey } = await generateDeviceKey()
  const proof = await signEnrolment(ticket, device, privateKey)
  await ask('/api/v1/enrolments', { method: 'POST', body: JSON.stringify({ ticket, key: publicJwk, proof }) })
  if (state === 'revoked') await ask(`/desk/api/devices/${device}/revoke`, { method: 'POST', headers: { Cookie: cookie, Origin: origin } })
  return device
}

async function cookieOf(door: Door, path: string, body: object): Promise<string> {
  const answer = await door.ask(`/desk/api${path}`, { method: 'POST', headers: { Origin: door.origin }, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`no officer: ${answer.status} ${await answer.text()}`)
  return answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ')
}

async function aTablet({ ask, origin }: Door, ticket: string, code: string): Promise<Tablet> {
  const device = await generateDeviceKey()
  const proof = await signEnrolment(ticket, device.device, device.privateKey)
  const enrolled = await ask('/api/v1/enrolments', { method: 'POST', body: JSON.stringify({ ticket, key: device.publicJwk, proof }) })
  const nonce = enrolled.headers.get('dpop-nonce') ?? ''
  const body = JSON.stringify({ code })
  const jti = base64url(crypto.getRandomValues(new Uint8Array(16)))
  const request = { method: 'POST', url: `${origin}/api/v1/badges`, body: utf8(body), nonce, jti, atMs: 0 }
  const DPoP = await makeProof(request, device.privateKey, device.publicJwk)
  const given = await ask('/api/v1/badges', { method: 'POST', headers: { DPoP, 'Content-Type': 'application/json' }, body })
  if (given.status !== 201) throw new Error(`no badge: ${given.status} ${await given.text()}`)
  return { device, badge: ((await given.json()) as { badge: string }).badge }
}
