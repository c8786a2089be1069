/**
 * An old tablet keeps draining against a new office, and a tablet of today reads what a later office says. The bytes of
 * wire/v1 were recorded when version 1 was spoken and are never made anew; today's office must take them for ever.
 */
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failures, isFailureKind } from '../../core/failures.ts'
import { claimedDevice, verifyHeader } from '../../core/sealing/header.ts'
import type { PublicJwk } from '../../core/sealing/keys.ts'
import { verifyKeySet } from '../../core/sealing/keySet.ts'
import { verifyOutcome } from '../../core/sealing/outcome.ts'
import { signStatement } from '../../core/sealing/signed.ts'
import { parseOutcomeAnswer } from '../../core/wire/answer.ts'
import { carrierType } from '../../core/wire/carrier.ts'
import { parseEnvelope } from '../../core/wire/envelope.ts'
import { feedAnswerShape, verifyFeed } from '../../core/wire/feed.ts'
import { readAnswers } from '../../src/offline/outbox/overHttp.ts'
import { aWholeOffice, type WholeOffice } from '../support/wholeOffice.ts'
import { aTablet, kindIn, outcomeIn, put, sealedBy, signedRequest } from '../support/wholeTablet.ts'

const recorded = (name: string) => readFileSync(new URL(`wire/v1/${name}`, import.meta.url))
const text = (name: string) => recorded(name).toString()
const jwk = JSON.parse(text('device.json')) as PublicJwk
const onTheWire = parseEnvelope(text('envelope.json'))
if (!onTheWire.ok) throw new Error('the recorded envelope does not parse')
const { header } = onTheWire.value
const device = claimedDevice(header)
if (device === null) throw new Error('the recorded header names no device')
const claims = await verifyHeader(header, device, jwk)
if (claims === null) throw new Error('the recorded header does not verify')

let whole: WholeOffice
beforeAll(async () => {
  whole = await aWholeOffice()
})
afterAll(() => whole.close())

/** The office knows the recorded tablet, as one that was enrolled long ago. */
async function knowsTheTablet(): Promise<void> {
  const row = { id: claims?.device ?? '', number: '91', jwk: JSON.stringify(jwk), words: '', state: 'active', demo: false, enrolled_at: 1 }
  await whole.office.db.insertInto('devices').values(row as never).onConflict((conflict) => conflict.doNothing()).execute()
}

const send = (body: BodyInit, type = 'application/vnd.tiepsuc.envelope+json') =>
  whole.ask(`/api/v1/envelopes/${claims.id}`, { method: 'PUT', headers: { 'Content-Type': type }, body })

describe('requests recorded under wire version 1', () => {
  beforeAll(knowsTheTablet)

  it('deliver an envelope, its part and the question what became of it', async () => {
    const first = await send(recorded('envelope.json'))
    expect((await outcomeIn(whole, first, claims))?.kind).toBe('received')
    const part = await whole.ask(`/api/v1/parts/${claims.parts[0] ?? ''}`, { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream' }, body: recorded('part.bin') })
    expect(part.status).toBe(204)
    const again = await send(recorded('envelope.json'))
    expect((await outcomeIn(whole, again, claims))?.kind).toBe('complete')

    const asked = await whole.ask(`/api/v1/outcomes/${claims.id}?digest=${claims.digest}&device=${claims.device}`)
    expect((await outcomeIn(whole, asked, claims))?.kind).toBe('complete')
  })

  it('deliver a carrier of envelopes and parts, line by line', async () => {
    const answer = await whole.ask('/api/v1/carriers', { method: 'POST', headers: { 'Content-Type': carrierType }, body: recorded('carrier.ndjson') })

    expect(answer.status).toBe(200)
    expect(readAnswers(await answer.text()).map((line) => [line.line, 'outcome' in line, 'stored' in line])).toEqual([
      [0, true, false],
      [1, false, true],
      [2, true, false],
    ])
  })
})

describe('answers recorded under wire version 1', () => {
  it('are read by the tablet of today', async () => {
    const { root, keySet: signed } = JSON.parse(text('keys.json')) as { root: PublicJwk; keySet: string }
    const keySet = await verifyKeySet(signed, root)
    if (!keySet.ok) throw new Error(keySet.failure.kind)

    const answer = parseOutcomeAnswer(JSON.parse(text('outcome.json')))
    expect((await verifyOutcome(answer?.outcome ?? '', keySet.value, claims))?.kind).toBe('received')
    expect(answer?.missing).toEqual(claims.parts)
    expect(readAnswers(text('outcomes.ndjson')).map(({ line }) => line)).toEqual([0, 1, 2])
    const { feed } = v.parse(feedAnswerShape, JSON.parse(text('feed.json')))
    expect((await verifyFeed(feed, keySet.value, 0))?.after).toBe(0)
  })
})

describe('an office of a later version', () => {
  it('may say more than the tablet of today knows: what it does not know is passed over', async () => {
    const { root, keySet: signed } = JSON.parse(text('keys.json')) as { root: PublicJwk; keySet: string }
    const keySet = await verifyKeySet(signed, root)
    if (!keySet.ok) throw new Error(keySet.failure.kind)
    const more = { ...(JSON.parse(text('outcome.json')) as object), advice: { from: 'wire version 9' } }

    expect((await verifyOutcome(parseOutcomeAnswer(more)?.outcome ?? '', keySet.value, claims))?.kind).toBe('received')
    const lines = text('outcomes.ndjson').trimEnd().split('\n').map((line) => JSON.stringify({ ...(JSON.parse(line) as object), advice: 9 }))
    expect(readAnswers(`${lines.join('\n')}\n{"line":3,"somethingNew":{}}\n`).map(({ line }) => line)).toEqual([0, 1, 2])
    expect(v.parse(feedAnswerShape, { ...(JSON.parse(text('feed.json')) as object), advice: 9 }).feed).toBe((JSON.parse(text('feed.json')) as { feed: string }).feed)
  })

  it('may write more into what it signs', async () => {
    const tablet = await aTablet(whole)
    const sealed = await sealedBy(whole, tablet)
    const { signing, signingKid, keySet } = whole.office.keys
    const said = { kind: 'complete', id: sealed.id, digest: sealed.digest, device: tablet.device.device, at: '2030-01-01T00:00:00Z', epoch: { id: '01930000-0000-7000-8000-000000000001', number: 1 }, head: 5, queue: 'wire version 9' }
    const statement = await signStatement('tiepsuc-outcome+jws', said, signing, { kid: signingKid })

    expect((await verifyOutcome(statement, keySet, { id: sealed.id, digest: sealed.digest, device: tablet.device.device }))?.kind).toBe('complete')
  })
})

describe('a tablet of a later version', () => {
  it('is told that this office does not know its version yet, which only delays', async () => {
    const tablet = await aTablet(whole)
    const sealed = await sealedBy(whole, tablet)
    const later = await signStatement('tiepsuc-header+jws', { v: 2, id: sealed.id, digest: sealed.digest, device: tablet.device.device, words: 'of version 2' }, tablet.device.privateKey, { kid: tablet.device.device })
    const answer = await put(whole, { ...sealed, header: later })

    expect([answer.status, await kindIn(answer)]).toEqual([422, 'wireVersionUnknown'])
    expect(failures.wireVersionUnknown.reaction).toBe('delayItem')
    const asked = await whole.ask(`/api/v1/outcomes/${sealed.id}?digest=${sealed.digest}&device=${tablet.device.device}`)
    expect(asked.status).toBe(404)
  })
})

describe('426, which would stop a tablet from delivering', () => {
  it('stands in no description of a route that delivers, and is answered to no delivery however old', async () => {
    const { paths } = (await (await whole.ask('/api/openapi.json')).json()) as { paths: Record<string, Record<string, { responses: Record<string, unknown> }>> }
    const routes = Object.entries(paths).filter(([path]) => /^\/api\/v1\/(?:envelopes|parts|carriers|outcomes)/.test(path))
    expect(routes.map(([path]) => path.replace(/\{\w+\}|:\w+/, '*')).sort()).toEqual(['/api/v1/carriers', '/api/v1/envelopes/*', '/api/v1/outcomes/*', '/api/v1/parts/*'])
    expect(routes.flatMap(([, verbs]) => Object.values(verbs).flatMap(({ responses }) => Object.keys(responses))).filter((status) => status === '426')).toEqual([])

    const agents = ['tiepsuc/0.0.1', 'tiepsuc/99']
    for (const agent of agents) {
      const answer = await whole.ask(`/api/v1/envelopes/${claims.id}`, { method: 'PUT', headers: { 'Content-Type': 'application/vnd.tiepsuc.envelope+json', 'User-Agent': agent, 'Tiepsuc-Version': '0' }, body: '{}' })
      expect([answer.status, await kindIn(answer)]).toEqual([400, 'malformed'])
    }
    expect(Object.keys(failures).filter(isFailureKind).filter((kind) => failures[kind].status === 426)).toEqual(['updateNeeded'])
  })

  it('is not asked of signed-in tablets either, as long as wire version 1 is spoken', async () => {
    const { device: newcomer } = await aTablet(whole)
    expect((await signedRequest(whole, newcomer, 'GET', '/api/v1/feed?after=0')).status).toBe(200)
  })
})
