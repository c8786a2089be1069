import { describe, expect, it } from 'vitest'
import { addressOf } from '../../../../server/http/address.ts'
import { isFreshNonce, makeNonce } from '../../../../server/http/nonce.ts'
import { defaultLimits, makeRateLimits, mostSenders } from '../../../../server/http/rateLimit.ts'

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
    ['the half of an IPv6 address that names a subscriber', 1, '2001:DB8:0:7::1', '2001:db8:0:7::/64'],
    ['the same however it is written', 1, '2001:0db8:0000:0007:a:b:c:d', '2001:db8:0:7::/64'],
    ['the same where zeros are left out in front', 1, '2001:db8::7:1', '2001:db8:0:0::/64'],
    ['the machine itself', 1, '::1', '0:0:0:0::/64'],
    ['of a zone without its name', 1, 'fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['IPv4 inside of IPv6', 1, '::ffff:192.0.2.1', '192.0.2.1'],
    ['a word of a proxy that is no address', 1, 'unknown', 'unknown'],
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
    for (let at = 0; at < mostSenders; at += 1) take('guess', `sender ${at}`)

    expect([full, look('guess', 'first')]).toEqual([1000, null])
  })

  it('of one kind is not forgotten in a flood of another', () => {
    const { take, look } = makeRateLimits({ now: () => 0 }, limits)
    take('guess', 'first')
    take('guess', 'first')
    for (let at = 0; at <= mostSenders; at += 1) take('address', `sender ${at}`)

    expect(look('guess', 'first')).toBe(1000)
  })

  it('keeps no more of a name than its beginning', () => {
    const { take } = makeRateLimits({ now: () => 0 }, limits)
    take('guess', 'x'.repeat(100))
    take('guess', 'x'.repeat(16_000))

    expect(take('guess', 'x'.repeat(5_000_000))).toBe(1000)
  })
})

describe('the limits of an office that nobody set up otherwise', () => {
  /** How many of so many requests, that many apart, are let through. */
  function through(name: keyof typeof defaultLimits, requests: number, apartMs = 0): number {
    const time = { nowMs: 0 }
    const { take } = makeRateLimits({ now: () => time.nowMs })
    return Array.from({ length: requests }).filter(() => {
      const wait = take(name, 'one')
      time.nowMs += apartMs
      return wait === null
    }).length
  }

  it('let a tablet send what it gathered on a day without a network, and a batch every tenth of a second for as long as it likes', () => {
    expect([through('device', 500), through('sender', 500)]).toEqual([500, 500])
    expect([through('device', 5_000, 100), through('sender', 5_000, 100)]).toEqual([5_000, 5_000])
  })

  it('hold back a device that asks a thousand times at once, and one that asks a hundred times a second', () => {
    expect(through('device', 1_000)).toBeLessThan(700)
    expect(through('sender', 6_000, 10)).toBeLessThan(2_000)
  })

  it('let fifty tablets behind one address be enrolled and asked for at once, and nobody flood from there', () => {
    expect(through('address', 50 * 50)).toBe(2_500)
    expect(through('address', 10_000)).toBeLessThan(4_000)
  })

  it('give whoever guesses a hundred and forty codes of an address in an hour, and seventy words of one user', () => {
    expect(through('guess', 3_600, 1_000)).toBeLessThanOrEqual(140)
    expect(through('account', 3_600, 1_000)).toBeLessThanOrEqual(70)
    expect([through('guess', 10), through('account', 5)]).toEqual([10, 5])
  })
})
