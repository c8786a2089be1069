/**
 * Keys that a tablet had before it lost them. What they sealed lies on that tablet still, and an office that was put back from
 * a backup may have forgotten them. The tablet names them when it enrols again, in its proof, and they are good for what they
 * sealed from the moment, and as long, as that tablet is: an officer confirms or revokes both with one act.
 *
 * Kept here: a key that the office knows already stays what it is, so a revoked one does not come back; and a former key
 * signs in nowhere (http/signedIn.ts). Whoever holds it still hands in a ticket and has a tablet of their own.
 */
import type { ExpressionBuilder } from 'kysely'
import type { DeviceId } from '../../core/ids.ts'
import { deviceIdOf, type PublicJwk } from '../../core/sealing/keys.ts'
import type { Tx } from '../postgres/database.ts'
import type { Tables } from '../postgres/tables.ts'
import { nextNumber } from './counters.ts'

/** Takes note of the keys that this enrolled device had before; those of a revoked device count for nothing. */
export async function admitFormerKeys(tx: Tx, device: DeviceId, former: readonly PublicJwk[], nowMs: number): Promise<void> {
  const { state, demo } = await tx.selectFrom('devices').select(['state', 'demo']).where('id', '=', device).executeTakeFirstOrThrow()
  if (state === 'revoked') return
  for (const jwk of former) {
    const id = await deviceIdOf(jwk)
    const known = await tx.selectFrom('devices').select('id').where('id', '=', id).executeTakeFirst()
    if (known !== undefined) continue
    const number = String(await nextNumber(tx, 'device')).padStart(2, '0')
    const row = { id, number, jwk: JSON.stringify(jwk), words: '', state, demo, enrolled_at: nowMs, last_seen_at: null, revoked_at: null, former_of: device } as const
    await tx.insertInto('devices').values(row).onConflict((conflict) => conflict.doNothing()).execute()
  }
}

/** A device and the keys it had before, for acts that are about all of them. */
export function withFormerKeys(id: DeviceId) {
  return (build: ExpressionBuilder<Tables, 'devices'>) => build.or([build('id', '=', id), build('former_of', '=', id)])
}
