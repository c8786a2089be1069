/** Keeps what lies outside of the database in step with it: the counts that tell of damage, and public keys. */
import { mostFormerKeys } from '../../../core/sealing/enrolment.ts'
import type { PublicJwk } from '../../../core/sealing/keys.ts'
import { watchRows } from '../db.ts'
import { readIdentity, readKeys } from '../keys.ts'
import { oneAtATime } from '../latest.ts'
import { countStock, noteStock } from '../outbox/stock.ts'
import type { Stop } from '../ports.ts'
import type { Inside } from './tabletPorts.ts'

export function keepLedger({ db, ledger, trouble }: Pick<Inside, 'db' | 'ledger' | 'trouble'>): Stop {
  const read = async () => ({ stock: await countStock(db), keys: await readKeys(db), identity: await readIdentity(db) })
  let newest: Awaited<ReturnType<typeof read>> | null = null
  const write = oneAtATime(async () => {
    if (newest === null) return
    const { stock, keys, identity } = newest
    await noteStock(ledger, stock)
    if (keys === null) return
    const before = await ledger.readKeys()
    const now = { root: keys.root, keySet: keys.statement, own: withKey(before?.own ?? [], identity?.publicJwk) }
    if (JSON.stringify(before) !== JSON.stringify(now)) await ledger.writeKeys(now)
  })
  return watchRows(
    read,
    (rows) => {
      newest = rows
      write().catch(trouble)
    },
    trouble,
  )
}

/** The newest last, as many as can be named beside the present one. */
function withKey(kept: readonly PublicJwk[], key: PublicJwk | undefined): PublicJwk[] {
  if (key === undefined || kept.some(({ x }) => x === key.x)) return [...kept]
  return [...kept, key].slice(-(mostFormerKeys + 1))
}
