import { beforeAll, describe, expect, it } from 'vitest'
import { base64url } from '../../../../core/bytes.ts'
import { failure, failures, type FailureKind } from '../../../../core/failures.ts'
import { parseOutcomeAnswer } from '../../../../core/wire/answer.ts'
import { fitsCarrier, parseCarrierLine, writeCarrierLine } from '../../../../core/wire/carrier.ts'
import { parseEnvelope, writeEnvelope } from '../../../../core/wire/envelope.ts'
import { signFeed, verifyFeed, type Feed } from '../../../../core/wire/feed.ts'
import { packDigest, signPack, verifyPack } from '../../../../core/wire/packs.ts'
import { foldCode } from '../../../../core/wire/people.ts'
import { kindOfProblem, problemOf } from '../../../../core/wire/problem.ts'
import { aDevice, anEnvelope, anEpoch, anId, anOffice, birth, type TestOffice } from '../../../support/office.ts'

let office: TestOffice
beforeAll(async () => {
  office = await anOffice()
})

describe('an envelope on the wire', () => {
  it('keeps the exact bytes of the sealed application', async () => {
    const { envelope, header } = await anEnvelope(office, await aDevice())

    expect(parseEnvelope(writeEnvelope({ envelope, header }))).toEqual({ ok: true, value: { envelope, header } })
  })

  it.each(['', 'null', '{}', '{"envelope":"x"}', '{"envelope":"x","header":"y","more":1}', '<!doctype html>'])('is not %j', (text) => {
    expect(parseEnvelope(text).ok).toBe(false)
  })
})

describe('a carrier', () => {
  it('carries envelopes and parts, one a line', async () => {
    const { envelope, header } = await anEnvelope(office, await aDevice())
    const bytes = new Uint8Array([1, 2, 3])
    const lines = [
      writeCarrierLine({ kind: 'envelope', envelope: { envelope, header } }),
      writeCarrierLine({ kind: 'part', part: 'p'.repeat(43), bytes }),
    ]

    expect(lines.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true)
    expect(parseCarrierLine(lines[0]?.trimEnd() ?? '')).toEqual({ ok: true, value: { kind: 'envelope', envelope: { envelope, header } } })
    expect(parseCarrierLine(lines[1]?.trimEnd() ?? '')).toEqual({ ok: true, value: { kind: 'part', part: 'p'.repeat(43), bytes } })
  })

  it('leaves a large envelope to a PUT of its own', () => {
    expect(fitsCarrier({ envelope: 'x'.repeat(600_000), header: 'y' })).toBe(false)
    expect(parseCarrierLine(JSON.stringify({ envelope: 'x'.repeat(600_000), header: 'y' }))).toEqual({
      ok: false,
      failure: { kind: 'tooLarge', why: 'carrier line' },
    })
  })

  it('does not take a part that is not base64url', () => {
    expect(parseCarrierLine(JSON.stringify({ part: 'p'.repeat(43), bytes: '%%%' })).ok).toBe(false)
  })
})

describe('a problem', () => {
  it.each(Object.keys(failures) as FailureKind[])('of kind %s comes back as the same kind', (kind) => {
    expect(kindOfProblem(JSON.parse(JSON.stringify(problemOf(failure(kind)))))).toBe(kind)
  })

  it('of somebody else is none of ours', () => {
    expect(kindOfProblem({ type: 'about:blank', title: 'x', status: 400 })).toBeNull()
    expect(kindOfProblem({ type: 'urn:tiepsuc:problem:constructor', title: 'x', status: 400 })).toBeNull()
    expect(kindOfProblem('<html>login</html>')).toBeNull()
  })
})

describe('an answer', () => {
  it('that is a page of a captive portal is no outcome', () => {
    expect(parseOutcomeAnswer('<html>login</html>')).toBeNull()
    expect(parseOutcomeAnswer({ ok: true })).toBeNull()
  })
})

describe('the feed', () => {
  const feed: Feed = { epoch: anEpoch, head: 12, after: 3, cursor: 12, more: false, events: [{ seq: 9, id: anId(), at: '2026-11-24T03:00:00Z', sealed: 'jwe' }] }

  it('is taken when the office signed it for the cursor that was asked', async () => {
    const statement = await signFeed(feed, office.signingKey, office.signingKid)

    expect(await verifyFeed(statement, office.keySet, 3)).toEqual(feed)
    expect(await verifyFeed(statement, office.keySet, 4)).toBeNull()
    expect(await verifyFeed(statement, (await anOffice()).keySet, 3)).toBeNull()
  })
})

describe('a pack', () => {
  it('is taken when the office signed it, and its digest is that of its content and texts', async () => {
    const pack = { pack: birth, content: { b: 1, a: 2 }, texts: { vi: {}, en: {} } }
    const statement = await signPack(pack, office.signingKey, office.signingKid)

    expect(await verifyPack(statement, office.keySet)).toEqual(pack)
    expect(await packDigest({ pack: birth, content: { a: 2, b: 1 }, texts: { en: {}, vi: {} } })).toBe(await packDigest(pack))
    expect(await packDigest({ ...pack, content: { a: 3, b: 1 } })).not.toBe(await packDigest(pack))
  })

  it('that was altered after signing is not taken', async () => {
    const statement = await signPack({ pack: birth, content: { fee: 0 }, texts: {} }, office.signingKey, office.signingKid)
    const [head, , tail] = statement.split('.')
    const forged = `${head}.${base64url(new TextEncoder().encode(JSON.stringify({ pack: birth, content: { fee: 9 }, texts: {} })))}.${tail}`

    expect(await verifyPack(forged, office.keySet)).toBeNull()
  })
})

describe('a typed code', () => {
  it('may be written small, with dashes and with look-alikes', () => {
    expect(foldCode(' 7k3o-il9z ')).toBe('7K30119Z')
  })
})
