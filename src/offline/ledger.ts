/**
 * The ledger: how many applications this tablet has finalised and what else it holds, as a Response in Cache Storage, outside
 * the database. It is written after the commit, so it may be behind (killed in between) and never ahead; ahead means that the
 * database lost something, since Chromium answers one damaged block by deleting every database of the origin without a word.
 * Beside it lie public keys, the office's and those that this tablet has had, and what earlier starts found.
 */
import type * as v from 'valibot'
import { parseJson } from '../../core/sealing/signed.ts'
import { findingsShape, keptKeysShape, ledgerShape } from './findings.ts'
import type { Ledger, LedgerMark } from './ports.ts'

const cacheName = 'tiepsuc-ledger'
const [ledgerAddress, keysAddress, findingsAddress] = ['/.ledger', '/.keys', '/.findings'] as const

/** A ledger in Cache Storage. */
export function makeLedger(caches: CacheStorage): Ledger {
  async function read<S extends v.GenericSchema>(address: string, shape: S): Promise<v.InferOutput<S> | null> {
    const kept = await (await caches.open(cacheName)).match(address)
    return kept === undefined ? null : parseJson(await kept.text(), shape)
  }

  async function write(address: string, content: object): Promise<void> {
    const cache = await caches.open(cacheName)
    await cache.put(address, new Response(JSON.stringify(content), { headers: { 'content-type': 'application/json' } }))
  }

  return {
    read: () => read(ledgerAddress, ledgerShape),
    write: (mark) => write(ledgerAddress, mark),
    readKeys: () => read(keysAddress, keptKeysShape),
    writeKeys: (keys) => write(keysAddress, keys),
    readFindings: async () => (await read(findingsAddress, findingsShape)) ?? [],
    writeFindings: (findings) => write(findingsAddress, findings),
  }
}

/** What the ledger says about the database: behind and equal are normal, ahead is the alarm. */
export function compareLedger(ledger: LedgerMark | null, lastSequence: number): 'fine' | 'behind' | 'ahead' {
  if (ledger === null || ledger.lastSequence < lastSequence) return lastSequence === 0 ? 'fine' : 'behind'
  return ledger.lastSequence === lastSequence ? 'fine' : 'ahead'
}
