/** A tablet and an officer as the wire sees them, for tests against the whole office. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { base64url, utf8 } from '../../core/bytes.ts'
import type { Application } from '../../core/application/application.ts'
import type { ApplicationId } from '../../core/ids.ts'
import type { Outcome } from '../../core/sealing/outcome.ts'
import { verifyOutcome } from '../../core/sealing/outcome.ts'
import type { EnvelopeHeader } from '../../core/sealing/header.ts'
import { makeProof } from '../../core/sealing/proof.ts'
import { signEnrolment } from '../../core/sealing/enrolment.ts'
import { envelopeType, writeEnvelope, type Envelope } from '../../core/wire/envelope.ts'
import { parseOutcomeAnswer } from '../../core/wire/answer.ts'
import { makeTicket } from '../../server/people/tickets.ts'
import { makeVolunteer } from '../../server/people/volunteers.ts'
import { aDevice, anEnvelope, birth, type TestDevice, type TestOffice } from './office.ts'
import { origin, type WholeOffice } from './wholeOffice.ts'

const example = join(import.meta.dirname, '../../procedures/1.001193/1.0.0/examples/married-parents-on-time.json')

/** Answers that are right under the birth pack. */
export function rightAnswers(): Record<string, unknown> {
  return (JSON.parse(readFileSync(example, 'utf8')) as { answers: Record<string, unknown> }).answers
}

/** A request with a DPoP proof; `proof` changes what is proved. */
export async function signedRequest(
  whole: WholeOffice,
  device: TestDevice,
  method: string,
  path: string,
  { body, proof = {}, nonce }: { body?: unknown; proof?: Partial<Parameters<typeof makeProof>[0]>; nonce?: string } = {},
): Promise<Response> {
  const text = body === undefined ? '' : JSON.stringify(body)
  const fresh = nonce ?? (await whole.ask('/api/v1/time')).headers.get('dpop-nonce') ?? ''
  const jti = base64url(crypto.getRandomValues(new Uint8Array(16)))
  const made = await makeProof({ method, url: `${origin}${path}`, body: utf8(text), nonce: fresh, jti, atMs: 0, ...proof }, device.privateKey, device.publicJwk)
  return whole.ask(path, { method, headers: { DPoP: made, 'Content-Type': 'application/json' }, ...(text === '' ? {} : { body: text }) })
}

/** Hands in a ticket's secret or code, and names the keys that the tablet lost. */
export async function enrol(whole: WholeOffice, device: TestDevice, ticket: string, lost: readonly TestDevice[] = []): Promise<Response> {
  const former = lost.map(({ publicJwk }) => publicJwk)
  const proof = await signEnrolment(ticket, device.device, device.privateKey, former)
  return whole.ask('/api/v1/enrolments', { method: 'POST', body: JSON.stringify({ ticket, key: device.publicJwk, proof, ...(former.length === 0 ? {} : { former }) }) })
}

/** An enrolled, active tablet with a volunteer's badge. */
export async function aTablet(whole: WholeOffice) {
  const device = await aDevice()
  const ticket = await makeTicket(whole.office, { kind: 'enrol', confirmed: true, volunteer: null })
  const enrolled = await enrol(whole, device, ticket.secret)
  if (enrolled.status !== 201) throw new Error(await enrolled.text())
  const volunteer = await makeVolunteer(whole.office, 'Lê Thị Hoa')
  const code = await makeTicket(whole.office, { kind: 'badge', confirmed: false, volunteer })
  const given = await signedRequest(whole, device, 'POST', '/api/v1/badges', { body: { code: code.code } })
  const { badge } = (await given.json()) as { badge: string }
  return { device, badge, volunteer }
}

export type Tablet = Awaited<ReturnType<typeof aTablet>>

export interface EnvelopeChanges {
  readonly application?: Partial<Application>
  readonly header?: Partial<EnvelopeHeader>
  readonly parts?: string[]
  readonly seq?: number
  readonly bytes?: Uint8Array
}

/** An envelope of this tablet, right in every way but for the changes. */
export async function sealedBy(whole: WholeOffice, tablet: Pick<Tablet, 'device' | 'badge'>, changes: EnvelopeChanges = {}) {
  const packDigest = whole.office.packs.find(birth)?.digest ?? ''
  const keys = { keySet: whole.office.keys.keySet } as TestOffice
  const application = { answers: rightAnswers(), badge: tablet.badge, packDigest, ...changes.application }
  return anEnvelope(keys, tablet.device, { ...changes, application })
}

/** PUT of an envelope under its own id or another. */
export async function put(whole: WholeOffice, envelope: Envelope & { id: string }, changes: { path?: string; type?: string; body?: BodyInit } = {}): Promise<Response> {
  return whole.ask(`/api/v1/envelopes/${changes.path ?? envelope.id}`, {
    method: 'PUT',
    headers: { 'Content-Type': changes.type ?? envelopeType },
    body: changes.body ?? writeEnvelope({ envelope: envelope.envelope, header: envelope.header }),
  })
}

/** The verified outcome in an answer, or null. */
export async function outcomeIn(whole: WholeOffice, answer: Response, about: Pick<EnvelopeHeader, 'id' | 'digest' | 'device'>): Promise<Outcome | null> {
  const parsed = parseOutcomeAnswer(await answer.clone().json())
  return parsed && verifyOutcome(parsed.outcome, whole.office.keys.keySet, about)
}

export type DeskAct = 'accept' | 'supplement' | 'refuse' | 'release'

/** The kind of a problem, from its type. */
export async function kindIn(answer: Response): Promise<string> {
  const { type = '' } = (await answer.clone().json()) as { type?: string }
  return type.replace('urn:tiepsuc:problem:', '')
}

/** Number of the newest event of a case, as a page that an officer opens now shows it. */
export async function newestOf({ office }: WholeOffice, id: string): Promise<number> {
  const row = await office.db.selectFrom('events').select(({ fn }) => fn.max('seq').as('seq')).where('id', '=', id as ApplicationId).executeTakeFirst()
  return row?.seq ?? 0
}

/** An officer who has come by a one-time link, with the cookie of the session. */
export async function anOfficer(whole: WholeOffice, username = 'can.bo') {
  const ticket = await makeTicket(whole.office, { kind: 'officer', confirmed: true, volunteer: null })
  const body = { ticket: ticket.secret, name: 'Trần Văn Cán', username, password: 'mot-mat-khau-dai' }
  const answer = await whole.ask('/desk/api/first', { method: 'POST', headers: { Origin: origin }, body: JSON.stringify(body) })
  if (answer.status !== 201) throw new Error(await answer.text())
  const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ')
  const ask = (method: string, path: string, content?: unknown) =>
    whole.ask(`/desk/api${path}`, {
      method,
      headers: { Cookie: cookie, Origin: origin },
      ...(content === undefined ? {} : { body: typeof content === 'string' ? content : JSON.stringify(content) }),
    })
  return {
    cookie,
    ask,
    get: (path: string) => ask('GET', path),
    post: (path: string, content?: unknown) => ask('POST', path, content),
    /** A decision on the case as it stands now, or as an older page showed it (`asOf`). */
    decide: async (id: string, act: DeskAct, content: object, asOf?: number) => ask('POST', `/cases/${id}/${act}`, { asOf: asOf ?? (await newestOf(whole, id)), ...content }),
  }
}
