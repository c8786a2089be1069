import { describe, expect, it } from 'vitest'
import { addressOf } from '../../../../server/http/address.ts'
import { isFreshNonce, makeNonce } from '../../../../server/http/nonce.ts'
import { defaultLimits, makeRateLimits } from '../../../../server/http/rateLimit.ts'

const key = new Uint8Array(32).fill(3)

describe('a nonce', () => {
  it.each([
    [0, true],
    [300_000, true],
    [300_001, false],
    [-30_000, true],
    [-30_001, false],
  ])('of %i ms ago is fresh: %s', (ageMs, fresh) => {
    expect(isFreshNonce(key, makeNonce(key, 1_700_000_000_000), 1_700_000_000_000 + ageMs)).toBe(fresh)
  })

  it.each(['', '.', 'a', 'a.b', `${makeNonce(key, 1)}.c`, makeNonce(new Uint8Array(32), 1_700_000_000_000)])('is none: %s', (nonce) => {
    expect(isFreshNonce(key, nonce, 1_700_000_000_000)).toBe(false)
  })
})

describe('an address', () => {
  it.each([
    ['the socket without proxies, whatever is claimed', 0, '6.6.6.6', '1.1.1.1'],
    ['the last entry behind one proxy', 1, '6.6.6.6, 2.2.2.2', '2.2.2.2'],
    ['the last but one behind two', 2, '6.6.6.6, 3.3.3.3, 2.2.2.2', '3.3.3.3'],
    ['the first when there are fewer', 2, '2.2.2.2', '2.2.2.2'],
    ['the socket when a proxy says nothing', 1, null, '1.1.1.1'],
  ] as const)('is %s', (_, proxies, forwarded, address) => {
    expect(addressOf('1.1.1.1', forwarded, proxies)).toBe(address)
  })
})

describe('a limit', () => {
  const limits = { ...defaultLimits, guess: { burst: 2, refillMs: 1000 } }

  it('gives tokens back with time and says how long to wait', () => {
    const time = { nowMs: 0 }
    const { take, look } = makeRateLimits({ now: () => time.nowMs }, limits)
    const first = [take('guess', 'a'), take('guess', 'a'), look('guess', 'a'), take('guess', 'a'), take('guess', 'b')]
    time.nowMs = 1500
    const later = [take('guess', 'a'), take('guess', 'a')]

    expect(first).toEqual([null, null, 1000, 1000, null])
    expect(later).toEqual([null, 500])
  })

  it('takes a token back from whoever was right', () => {
    const { take, giveBack } = makeRateLimits({ now: () => 0 }, limits)
    take('guess', 'a')
    take('guess', 'a')
    giveBack('guess', 'a')

    expect([take('guess', 'a'), take('guess', 'a')]).toEqual([null, 1000])
  })

  it('forgets the sender of longest ago instead of growing without end', () => {
    const { take, look } = makeRateLimits({ now: () => 0 }, limits)
    take('guess', 'first')
    take('guess', 'first')
    const full = look('guess', 'first')
    for (let at = 0; at < 20_000; at += 1) take('guess', `sender ${at}`)

    expect([full, look('guess', 'first')]).toEqual([1000, null])
  })
})
