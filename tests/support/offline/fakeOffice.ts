// An office that answers a tablet's requests from memory, with real keys, real signatures and a road that can be broken.
// It keeps the promises that a tablet leans on: one digest for an id, the stored outcome again for the same bytes.
import { apiBase } from '../../../core/wire/version.ts'
import { problemOf } from '../../../core/wire/problem.ts'
import { failure, failures, type FailureKind } from '../../../core/failures.ts'
import { generateKeys, importOpeningKey, importSigningKey, deviceIdOf, thumbprint, type KeyHandle, type PublicJwk } from '../../../core/sealing/keys.ts'
import { signKeySet, type KeySet } from '../../../core/sealing/keySet.ts'
import { signOutcome, type LedgerMark, type OutcomeKind } from '../../../core/sealing/outcome.ts'
import { signBadge } from '../../../core/sealing/badge.ts'
import { verifyEnrolment } from '../../../core/sealing/enrolment.ts'
import { digestOf } from '../../../core/sealing/digest.ts'
import { verifyHeader, type EnvelopeHeader } from '../../../core/sealing/header.ts'
import { openSealed } from '../../../core/sealing/open.ts'
import { sealReply } from '../../../core/sealing/reply.ts'
import { verifyProof } from '../../../core/sealing/proof.ts'
import { parseApplication, type Application } from '../../../core/application/application.ts'
import type { Reply } from '../../../core/application/reply.ts'
import type { ApplicationId, EpochId, PackRef, VolunteerId } from '../../../core/ids.ts'
import { outcomeType } from '../../../core/wire/answer.ts'
import { outcomesType, parseCarrierLine } from '../../../core/wire/carrier.ts'
import { parseEnvelope, type Envelope } from '../../../core/wire/envelope.ts'
import type { Counter } from '../../../core/procedure/counter.ts'
import { signFeed, type FeedEntry } from '../../../core/wire/feed.ts'
import { holdingsQuestionShape, signHoldings, type Held } from '../../../core/wire/holdings.ts'
import { catalogueDigest, packDigest, signCatalogue, signPack, signPackIndex, type PublishedPack } from '../../../core/wire/packs.ts'
import { enrolRequestShape } from '../../../core/wire/people.ts'
import { utf8 } from '../../../core/bytes.ts'
import * as v from 'valibot'
import { aPublishedPack } from '../publishedPack.ts'

export const birthPack = '1.001193@1.0.0' as PackRef
export const volunteerId = '01920000-0000-7000-8000-000000000001' as VolunteerId

/**
 * How the road to the office is. `loseAnswer`: the office gets the request and the tablet never hears; `silent`: nobody does.
 * `turnedInto`: the office's own answer under another status.
 */
export type RoadState = 'up' | 'down' | 'silent' | 'loseAnswer' | 'portal' | 'redirect' | { status: FailureKind; retryAfter?: string } | { bare: number } | { turnedInto: number }

interface Stored {
  readonly envelope: Envelope
  readonly header: EnvelopeHeader
  readonly statement: string
}

interface Keys {
  readonly root: KeyHandle
  readonly rootJwk: PublicJwk
  readonly signing: KeyHandle
  readonly kid: string
  readonly working: KeyHandle
  readonly workingKid: string
  readonly keySet: KeySet
}

const keysOnce = makeKeys()

export async function makeKeys(number = 1): Promise<Keys> {
  const [root, signing, working, escrow] = await Promise.all([generateKeys('sign'), generateKeys('sign'), generateKeys('open'), generateKeys('open')])
  return {
    root: await importSigningKey(root.privateJwk),
    rootJwk: root.publicJwk,
    signing: await importSigningKey(signing.privateJwk),
    kid: await thumbprint(signing.publicJwk),
    working: await importOpeningKey(working.privateJwk),
    workingKid: await thumbprint(working.publicJwk),
    keySet: {
      number,
      issuedAt: '2026-11-24T00:00:00.000Z',
      expiresAt: '2027-11-24T00:00:00.000Z',
      office: { name: 'UBND phường Phú Hội', unit: 'Huế' },
      working: working.publicJwk,
      escrow: escrow.publicJwk,
      signing: [signing.publicJwk],
    },
  }
}

export interface FakeOffice {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  road: RoadState
  /** Judges one request instead of `road`, when set. */
  roadOf: ((path: string, ids: readonly string[]) => RoadState | null) | null
  readonly requests: string[]
  readonly stored: Map<string, Stored>
  /** Every envelope text that ever arrived, by id: more than one says that bytes changed. */
  readonly seen: Map<string, Set<string>>
  readonly parts: Set<string>
  readonly verdicts: Map<string, { kind: 'refused' | 'disputed'; reason: string }>
  readonly feed: FeedEntry[]
  readonly packs: PublishedPack[]
  /** What the office publishes beside the packs; null is an office of before there was a catalogue. */
  sheet: { catalogue: unknown; counter: Counter } | null
  mark: LedgerMark
  keys: Keys
  nonce: string
  /** The lost keys that the last enrolment named. */
  former: readonly PublicJwk[]
  state: 'waiting' | 'active' | 'revoked'
  /** Ids that a verified backup holds. */
  readonly covered: Set<string>
  /** What the office has now, to be put back later; `anew` as our tool does it, otherwise as a copied disk. */
  snapshot(): (how: 'anew' | 'disk') => void
  applications(): Promise<Application[]>
  reply(id: ApplicationId, reply: Reply): Promise<void>
}

export const origin = 'http://localhost:8080'

export async function fakeOffice(): Promise<FakeOffice> {
  const devices = new Map<string, PublicJwk>()
  const office: FakeOffice = {
    fetch: async (url, init) => answer(new URL(url), init),
    road: 'up',
    roadOf: null,
    requests: [],
    stored: new Map(),
    seen: new Map(),
    parts: new Set(),
    verdicts: new Map(),
    feed: [],
    packs: [aPublishedPack(birthPack)],
    sheet: null,
    mark: { epoch: { id: '01920000-0000-7000-8000-0000000000e1' as EpochId, number: 1 }, head: 100 },
    keys: await keysOnce,
    nonce: 'nonce-1',
    former: [],
    state: 'active',
    covered: new Set(),
    snapshot() {
      const [stored, parts, received, feed, { head }] = [[...office.stored], [...office.parts], [...wasReceived], [...office.feed], office.mark]
      return (how) => {
        refill(office.stored, stored)
        office.parts.clear()
        for (const part of parts) office.parts.add(part)
        wasReceived.clear()
        for (const id of received) wasReceived.add(id)
        office.feed.splice(0, office.feed.length, ...feed)
        office.verdicts.clear()
        office.mark = { epoch: how === 'disk' ? office.mark.epoch : { id: epochId(office.mark.epoch.number + 1), number: office.mark.epoch.number + 1 }, head }
      }
    },
    applications: async () =>
      Promise.all(
        [...office.stored.values()].map(async ({ envelope }) => {
          const opened = await openSealed(envelope.envelope, (kid) => (kid === office.keys.workingKid ? office.keys.working : null))
          if (!opened.ok) throw new Error('the office cannot open it')
          const application = parseApplication(opened.value)
          if (!application.ok) throw new Error('not an application')
          return application.value
        }),
      ),
    async reply(id, reply) {
      const application = (await office.applications()).find((one) => one.id === id)
      if (application === undefined) throw new Error('no such case')
      const seq = office.mark.head + 1
      office.mark = { ...office.mark, head: seq }
      office.feed.push({ seq, id, at: reply.at, sealed: await sealReply(reply, application.replyKey) })
    },
  }

  async function answer(url: URL, init: RequestInit): Promise<Response> {
    const path = url.pathname.slice(apiBase.length)
    const body = init.body instanceof Uint8Array ? new TextDecoder().decode(init.body) : ''
    office.requests.push(`${init.method ?? 'GET'} ${path}`)
    const ids = [...body.matchAll(/"kid"/g)].length === 0 ? [] : idsIn(body)
    const road = office.roadOf?.(path, path.startsWith('/envelopes/') ? [path.slice('/envelopes/'.length)] : ids) ?? office.road
    if (road === 'down') throw new TypeError('Failed to fetch')
    if (road === 'silent') return untilAborted(init)
    if (road === 'portal') return new Response('<html><title>Wi-Fi miễn phí</title></html>', { status: 200, headers: { 'content-type': 'text/html' } })
    if (road === 'redirect') return new Response(null, { status: 302, headers: { location: 'http://login.wifi/' } })
    if (typeof road === 'object' && !('turnedInto' in road)) {
      if ('bare' in road) return new Response('<h1>nginx</h1>', { status: road.bare, headers: { 'content-type': 'text/html' } })
      const headers = { 'content-type': 'application/problem+json', ...(road.retryAfter === undefined ? {} : { 'retry-after': road.retryAfter }) }
      return new Response(JSON.stringify(problemOf(failure(road.status))), { status: failures[road.status].status ?? 500, headers })
    }
    const response = await route(path, url, init, body)
    response.headers.set('dpop-nonce', office.nonce)
    if (road === 'loseAnswer') throw new TypeError('network lost')
    return typeof road === 'object' ? new Response(await response.text(), { status: road.turnedInto, headers: response.headers }) : response
  }

  async function route(path: string, url: URL, init: RequestInit, body: string): Promise<Response> {
    if (path === '/time') return json({ at: '2026-11-24T02:00:00.000Z' })
    if (path === '/keys') return json({ root: office.keys.rootJwk, keySet: await signKeySet(office.keys.keySet, office.keys.root) })
    if (path === '/enrolments') return enrol(body)
    if (path === '/carriers') return carrier(body)
    if (path === '/holdings') return holdings(body)
    if (path.startsWith('/envelopes/')) return putEnvelope(body)
    if (path.startsWith('/parts/')) {
      office.parts.add(path.slice('/parts/'.length))
      return new Response(null, { status: 204 })
    }
    const proof = await verifyProof(new Headers(init.headers).get('dpop') ?? '', {
      method: init.method ?? 'GET',
      path: url.pathname,
      origins: [origin],
      body: utf8(body),
    })
    if (proof?.proof.nonce !== office.nonce || !devices.has(await deviceIdOf(proof.jwk))) return problem('notSignedIn')
    return signedIn(path, url, proof.jwk)
  }

  async function signedIn(path: string, url: URL, jwk: PublicJwk): Promise<Response> {
    const { signing, kid } = office.keys
    if (path === '/devices/me') return json(await deviceAnswer(jwk))
    if (path === '/badges') {
      const badge = { sub: volunteerId, name: 'Lê Thị Hoa', number: 'TNV-007', cnf: { jkt: await deviceIdOf(jwk) }, iat: 1_795_000_000, exp: 1_800_000_000 }
      return json({ badge: await signBadge(badge, signing, kid) }, 201)
    }
    if (path === '/feed') {
      const after = Number(url.searchParams.get('after'))
      const events = office.feed.filter(({ seq }) => seq > after)
      const cursor = events.at(-1)?.seq ?? after
      return json({ feed: await signFeed({ ...office.mark, after, cursor, more: false, events }, signing, kid) })
    }
    if (path === '/packs') {
      const packs = await Promise.all(office.packs.map(async (pack) => ({ pack: pack.pack, digest: await packDigest(pack) })))
      const sheet = office.sheet === null ? {} : { catalogue: { digest: await catalogueDigest(office.sheet.catalogue) }, counter: office.sheet.counter }
      return json({ index: await signPackIndex({ ...office.mark, packs, ...sheet }, signing, kid) })
    }
    if (path === '/catalogue') return office.sheet === null ? problem('notFound') : json({ catalogue: await signCatalogue(office.sheet.catalogue, signing, kid) })
    const pack = office.packs.find((one) => path === `/packs/${one.pack.replace('@', '/')}`)
    return pack === undefined ? problem('notFound') : json({ pack: await signPack(pack, signing, kid) })
  }

  async function enrol(body: string): Promise<Response> {
    const { key, ticket, former, proof } = v.parse(enrolRequestShape, JSON.parse(body))
    if (ticket !== 'ABCD-EFGH') return problem('ticketInvalid')
    if (!(await verifyEnrolment(proof, ticket, key, former))) return problem('malformed')
    office.former = former
    devices.set(await deviceIdOf(key), key)
    return json(await deviceAnswer(key), 201)
  }

  async function deviceAnswer(jwk: PublicJwk) {
    const keySet = await signKeySet(office.keys.keySet, office.keys.root)
    return { device: await deviceIdOf(jwk), number: '03', state: office.state, root: office.keys.rootJwk, keySet }
  }

  async function putEnvelope(body: string): Promise<Response> {
    const envelope = parseEnvelope(body)
    const judged = envelope.ok ? await accept(envelope.value) : null
    if (judged === null) return problem('malformed')
    return new Response(JSON.stringify({ outcome: judged.statement, missing: judged.missing }), { status: 200, headers: { 'content-type': outcomeType } })
  }

  async function carrier(body: string): Promise<Response> {
    const answers = await Promise.all(
      body.split('\n').filter((line) => line !== '').map(async (text, line) => {
        const parsed = parseCarrierLine(text)
        const judged = parsed.ok && parsed.value.kind === 'envelope' ? await accept(parsed.value.envelope) : null
        const id = idsIn(text)[0] ?? ''
        const road = office.roadOf?.('line', [id]) ?? null
        if (typeof road === 'object' && road !== null && 'status' in road) return { line, problem: problemOf(failure(road.status)) }
        return judged === null ? { line, problem: problemOf(failure('malformed')) } : { line, outcome: judged.statement, missing: judged.missing }
      }),
    )
    return new Response(answers.map((one) => `${JSON.stringify(one)}\n`).join(''), { status: 200, headers: { 'content-type': outcomesType } })
  }

  async function holdings(body: string): Promise<Response> {
    const { held } = v.parse(holdingsQuestionShape, JSON.parse(body))
    const isWhole = ({ id, digest }: Held): boolean => office.stored.get(id)?.header.digest === digest && !wasReceived.has(id)
    const lacking = held.filter((one) => !isWhole(one)).map(({ id }) => id)
    const uncovered = held.filter((one) => isWhole(one) && !office.covered.has(one.id)).map(({ id }) => id)
    return json({ holdings: await signHoldings({ ...office.mark, lacking, uncovered }, held, office.keys.signing, office.keys.kid) })
  }

  async function accept(envelope: Envelope): Promise<{ statement: string; missing: string[] } | null> {
    const digest = await digestOf(envelope.envelope)
    const header = await headerOf(envelope.header)
    if (header?.digest !== digest) return null
    office.seen.set(header.id, (office.seen.get(header.id) ?? new Set()).add(envelope.envelope))
    const missing = header.parts.filter((name) => !office.parts.has(name))
    const verdict = office.verdicts.get(header.id)
    const before = office.stored.get(header.id)
    if (verdict === undefined && before?.header.digest === digest && missing.length === 0 && !wasReceived.has(header.id)) {
      return { statement: before.statement, missing }
    }
    const kind: OutcomeKind = verdict?.kind ?? (missing.length === 0 ? 'complete' : 'received')
    if (kind === 'received') wasReceived.add(header.id)
    else wasReceived.delete(header.id)
    office.mark = { ...office.mark, head: office.mark.head + 1 }
    const { id, device } = header
    const statement = await signOutcome(
      { ...office.mark, kind, id, digest, device, at: '2026-11-24T02:00:00.000Z', ...(verdict === undefined ? {} : { reason: verdict.reason }) },
      office.keys.signing,
      office.keys.kid,
    )
    if (verdict === undefined) office.stored.set(id, { envelope, header, statement })
    return { statement, missing }
  }
  const wasReceived = new Set<string>()

  async function headerOf(header: string): Promise<EnvelopeHeader | null> {
    for (const [device, jwk] of devices) {
      const read = await verifyHeader(header, device as never, jwk)
      if (read !== null) return read
    }
    return null
  }

  return office
}

const epochId = (number: number): EpochId => `01920000-0000-7000-8000-0000000000e${number}` as EpochId

function refill<K, V>(map: Map<K, V>, entries: readonly (readonly [K, V])[]): void {
  map.clear()
  for (const [key, value] of entries) map.set(key, value)
}

/** The ids in envelopes' protected headers, for deciding about a road. */
function idsIn(body: string): string[] {
  return [...body.matchAll(/\\"protected\\":\\"([\w-]+)\\"/g)].map(([, part]) => {
    const { id } = JSON.parse(atob((part ?? '').replaceAll('-', '+').replaceAll('_', '/'))) as { id: string }
    return id
  })
}

/** A request that nobody answers ends only when the tablet gives it up. */
function untilAborted({ signal }: RequestInit): Promise<Response> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError'))))
}

const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

const problem = (kind: FailureKind): Response =>
  new Response(JSON.stringify(problemOf(failure(kind))), { status: failures[kind].status ?? 500, headers: { 'content-type': 'application/problem+json' } })
