/** Keeps what lies outside of the database in step with it: the counts that tell of damage, and the office's public keys. */
import { watchRows } from '../db.ts'
import { readKeys } from '../keys.ts'
import { oneAtATime } from '../latest.ts'
import { countStock, noteStock } from '../outbox/stock.ts'
import type { Stop } from '../ports.ts'
import type { Inside } from './tabletPorts.ts'

export function keepLedger({ db, ledger, trouble }: Pick<Inside, 'db' | 'ledger' | 'trouble'>): Stop {
  const read = async () => ({ stock: await countStock(db), keys: await readKeys(db) })
  let newest: Awaited<ReturnType<typeof read>> | null = null
  const write = oneAtATime(async () => {
    if (newest === null) return
    const { stock, keys } = newest
    await noteStock(ledger, stock)
    if (keys === null) return
    const [kept, own] = [await ledger.readKeys(), { root: keys.root, keySet: keys.statement }]
    if (JSON.stringify(kept) !== JSON.stringify(own)) await ledger.writeKeys(own)
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
