/**
 * The ledger: how many applications this tablet has finalised, as a Response in Cache Storage, outside the database.
 * It is written after the commit, so it may be behind (killed in between) and never ahead; ahead means that the database
 * lost something, since Chromium answers one damaged block by deleting every database of the origin without a word.
 */
import * as v from 'valibot'
import { parseJson } from '../../core/sealing/signed.ts'
import type { Ledger, LedgerMark } from './ports.ts'

const cacheName = 'tiepsuc-ledger'
const address = '/.ledger'
const markShape = v.object({ count: v.number(), lastSequence: v.number() })

/** A ledger in Cache Storage. */
export function makeLedger(caches: CacheStorage): Ledger {
  return {
    async read() {
      const cache = await caches.open(cacheName)
      const kept = await cache.match(address)
      return kept === undefined ? null : parseJson(await kept.text(), markShape)
    },
    async write(mark) {
      const cache = await caches.open(cacheName)
      await cache.put(address, new Response(JSON.stringify(mark), { headers: { 'content-type': 'application/json' } }))
    },
  }
}

/** What the ledger says about the database: behind and equal are normal, ahead is the alarm. */
export function compareLedger(ledger: LedgerMark | null, lastSequence: number): 'fine' | 'behind' | 'ahead' {
  if (ledger === null || ledger.lastSequence < lastSequence) return lastSequence === 0 ? 'fine' : 'behind'
  return ledger.lastSequence === lastSequence ? 'fine' : 'ahead'
}
