/** Keeps what lies outside of the database in step with it: the counts that tell of damage, and public keys. */
import type { DeviceId } from '../../../core/ids.ts'
import { mostFormerKeys } from '../../../core/sealing/enrolment.ts'
import { deviceIdOf, type PublicJwk } from '../../../core/sealing/keys.ts'
import { watchRows, type Database } from '../db.ts'
import { readIdentity, readKeys, readPinned } from '../keys.ts'
import { oneAtATime } from '../latest.ts'
import { countStock, noteStock } from '../outbox/stock.ts'
import type { Stop } from '../ports.ts'
import type { Inside } from './tabletPorts.ts'

/** Writes now and after every change, until it is stopped. */
export function keepLedger({ db, ledger, trouble }: Pick<Inside, 'db' | 'ledger' | 'trouble'>): Stop {
  const read = async () => ({ stock: await countStock(db), keys: await readKeys(db), own: await readOwnKeys(db) })
  let newest: Awaited<ReturnType<typeof read>> | null = null
  const write = oneAtATime(async () => {
    if (newest === null) return
    const { stock, keys, own } = newest
    await noteStock(ledger, stock)
    if (keys === null) return
    const before = await ledger.readKeys()
    const now = { root: keys.root, keySet: keys.statement, own: await noteKeys(before?.own ?? [], own) }
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

interface OwnKeys {
  /** The key by which the office knows this tablet, or null: one that no office has answered for has sealed nothing. */
  readonly present: PublicJwk | null
  readonly revoked: DeviceId | null
}

async function readOwnKeys(db: Database): Promise<OwnKeys> {
  const [identity, pinned] = [await readIdentity(db), await readPinned(db)]
  const office = pinned?.office
  if (office?.state === 'revoked') return { present: null, revoked: office.device }
  return { present: identity !== null && identity.device === office?.device ? identity.publicJwk : null, revoked: null }
}

/** The newest last, as many as can be named beside the present one. One that was revoked is not to come back. */
async function noteKeys(kept: readonly PublicJwk[], { present, revoked }: OwnKeys): Promise<PublicJwk[]> {
  const devices = await Promise.all(kept.map(deviceIdOf))
  const good = kept.filter((_, at) => devices[at] !== revoked)
  if (present === null || good.some(({ x }) => x === present.x)) return good
  return [...good, present].slice(-(mostFormerKeys + 1))
}
