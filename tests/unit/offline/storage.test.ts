import { describe, expect, it } from 'vitest'
import { compareLedger, makeLedger } from '../../../src/offline/ledger.ts'
import { makeStorage, roomLevel } from '../../../src/offline/storage.ts'

const GiB = 1024 ** 3
const MiB = 1024 ** 2

describe('room', () => {
  it.each([
    [0, GiB, 'fine'],
    [GiB - 100 * MiB, GiB, 'fine'],
    [GiB - 100 * MiB + 1, GiB, 'low'],
    [GiB - 20 * MiB, GiB, 'low'],
    [GiB - 20 * MiB + 1, GiB, 'full'],
    [null, GiB, 'fine'],
    [0, null, 'fine'],
  ] as const)('%s used of %s is %s', (used, quota, level) => {
    expect(roomLevel(used, quota)).toBe(level)
  })

  it('that a browser cannot promise to keep is said to be unknown, and asking for it gives no', async () => {
    const storage = makeStorage({ estimate: async () => ({}) })

    expect(await storage.persisted()).toBeNull()
    expect(await storage.persist()).toBe(false)
    expect(await storage.estimate()).toEqual({ usedBytes: null, quotaBytes: null })
  })
})

describe('the ledger', () => {
  it('is read back as it was written, and is null when there is none or it is damaged', async () => {
    const kept = new Map<string, Response>()
    const caches = {
      open: async () => ({
        match: async (address: string) => kept.get(address)?.clone(),
        put: async (address: string, response: Response) => void kept.set(address, response),
      }),
    } as unknown as CacheStorage
    const ledger = makeLedger(caches)

    const before = await ledger.read()
    await ledger.write({ count: 3, lastSequence: 4 })
    const written = await ledger.read()
    kept.set('/.ledger', new Response('{'))

    expect([before, written, await ledger.read()]).toEqual([null, { count: 3, lastSequence: 4 }, null])
  })

  it('behind the database is normal, ahead is the alarm', () => {
    expect(compareLedger(null, 0)).toBe('fine')
    expect(compareLedger(null, 1)).toBe('behind')
    expect(compareLedger({ count: 1, lastSequence: 1 }, 2)).toBe('behind')
    expect(compareLedger({ count: 2, lastSequence: 2 }, 2)).toBe('fine')
    expect(compareLedger({ count: 2, lastSequence: 2 }, 1)).toBe('ahead')
    expect(compareLedger({ count: 2, lastSequence: 2 }, 0)).toBe('ahead')
  })
})
