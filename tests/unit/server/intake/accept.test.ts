import { describe, expect, it } from 'vitest'
import { failure } from '../../../../core/failures.ts'
import type { ApplicationId, DeviceId, Digest } from '../../../../core/ids.ts'
import { fail, ok } from '../../../../core/result.ts'
import { idOf, judge, type Bound } from '../../../../server/intake/accept.ts'
import type { Seen } from '../../../../server/intake/examine.ts'
import { anId, birth } from '../../../support/office.ts'

const id = anId()
const digest = 'd'.repeat(43) as Digest
const device = 'v'.repeat(43) as DeviceId
const header = { v: 1, id, digest, device, pack: birth, parts: [], seq: 1 } as const
const jwk = { kty: 'EC', crv: 'P-256', x: '', y: '' } as const
const right: Seen = {
  device: { id: device, jwk, state: 'active' },
  header: { ...header, parts: [] },
  digest,
  sealedFor: ok({ id, device, pack: birth, parts: '' }),
  difference: null,
}
const revoked = { id: device, jwk, state: 'revoked' } as const
const bound = (changed: Partial<Bound> = {}): Bound => ({ digest, device, ...changed })
const kindOf = (seen: Partial<Seen>, road: 'http' | 'desk' = 'http', path: string | null = id, to: Bound | null = null) => {
  const verdict = judge({ ...right, ...seen }, road, path, to)
  return verdict.kind === 'problem' ? verdict.failure.kind : verdict.kind
}

describe('the first that applies is the answer', () => {
  const wrong: Partial<Seen> = { header: { ...header, parts: [], digest: 'x'.repeat(43) as Digest }, sealedFor: fail(failure('malformed')), difference: 'id' }

  it.each([
    ['an unknown device before everything', { ...wrong, device: null, header: null }, 'deviceUnknown'],
    ['a waiting device as an unknown one', { ...wrong, device: { id: device, jwk, state: 'waiting' } }, 'deviceUnknown'],
    ['a future header before its signature', { ...wrong, header: 'future' }, 'wireVersionUnknown'],
    ['a wrong signature before a revoked device', { ...wrong, device: revoked, header: null }, 'malformed'],
    ['a revoked device before a wrong digest', { ...wrong, device: revoked }, 'deviceRevoked'],
    ['a wrong digest before a broken sealing', wrong, 'digestMismatch'],
    ['a broken sealing before a mismatch', { ...wrong, header: right.header }, 'malformed'],
    ['a mismatch before what is stored', { difference: 'pack' }, 'refuse'],
    ['nothing wrong', {}, 'store'],
  ] as const)('%s', (_, seen, kind) => {
    expect(kindOf(seen)).toBe(kind)
  })
})

it('holds the id in the address against the header, and asks for none in a carrier', () => {
  expect(kindOf({}, 'http', anId())).toBe('malformed')
  expect(kindOf({}, 'http', null)).toBe('store')
})

it('knows the same again, and disputes other bytes or another device', () => {
  expect(kindOf({}, 'http', id, bound())).toBe('again')
  expect(kindOf({}, 'http', id, bound({ digest: 'e'.repeat(43) as Digest }))).toBe('dispute')
  expect(kindOf({}, 'http', id, bound({ device: 'w'.repeat(43) as DeviceId }))).toBe('dispute')
})

it('takes a revoked device from a stick, into quarantine', () => {
  expect(judge({ ...right, device: revoked }, 'desk', null, null)).toMatchObject({ kind: 'store', quarantine: true })
  expect(judge(right, 'desk', null, null)).toMatchObject({ kind: 'store', quarantine: false })
})

it('looks up no id before a signature holds', () => {
  expect(idOf({ ...right, header: null })).toBeNull()
  expect(idOf(right)).toBe(id satisfies ApplicationId)
})
