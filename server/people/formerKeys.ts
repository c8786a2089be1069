/**
 * Keys that a tablet has lost. What they sealed lies on that tablet still, and an office that was put back from a backup may
 * have forgotten them. The tablet names them when it enrols again, in its proof; once an officer has confirmed the tablet they
 * are good for envelopes, and no longer than the tablet is.
 *
 * Kept here: a name binds nothing before its tablet is confirmed, so turning a tablet away takes nothing from anybody; a key
 * that the office knows stays what it is, so a revoked one does not come back; and a former key signs in nowhere
 * (http/signedIn.ts). Whoever holds it hands in a ticket of their own, and has a tablet of their own.
 */
import type { ExpressionBuilder } from 'kysely'
import type { DeviceId } from '../../core/ids.ts'
import { deviceIdOf, type PublicJwk } from '../../core/sealing/keys.ts'
import type { Tx } from '../postgres/database.ts'
import type { Tables } from '../postgres/tables.ts'
import { nextNumber } from './counters.ts'

/** Notes which keys this tablet says to have lost. */
export async function nameFormerKeys(tx: Tx, tablet: DeviceId, former: readonly PublicJwk[]): Promise<void> {
  const rows = await Promise.all(former.map(async (jwk) => ({ tablet, id: await deviceIdOf(jwk), jwk: JSON.stringify(jwk) })))
  if (rows.length > 0) await tx.insertInto('named_keys').values(rows).onConflict((conflict) => conflict.doNothing()).execute()
}

/** Takes up the keys that this tablet named, now that it is confirmed: those that the office does not know, or never confirmed. */
export async function admitNamedKeys(tx: Tx, tablet: DeviceId, nowMs: number): Promise<void> {
  const named = await tx.deleteFrom('named_keys').where('tablet', '=', tablet).returning(['id', 'jwk']).execute()
  for (const { id, jwk } of named) {
    const known = await tx.selectFrom('devices').select('state').where('id', '=', id).forUpdate().executeTakeFirst()
    if (known !== undefined && known.state !== 'waiting') continue
    const admitted = { state: 'active', former_of: tablet } as const
    if (known !== undefined) {
      await tx.updateTable('devices').set(admitted).where('id', '=', id).execute()
      continue
    }
    const number = String(await nextNumber(tx, 'device')).padStart(2, '0')
    const row = { id, number, jwk, words: '', demo: false, enrolled_at: nowMs, last_seen_at: null, revoked_at: null, ...admitted }
    await tx.insertInto('devices').values(row).onConflict((conflict) => conflict.column('id').doNothing()).execute()
  }
}

/** A tablet and the keys it has lost, for acts that are about all of them. */
export function withFormerKeys(id: DeviceId) {
  return (build: ExpressionBuilder<Tables, 'devices'>) => build.or([build('id', '=', id), build('former_of', '=', id)])
}
