/** Enrolling a tablet and changing what it may do. */
import type { ExpressionBuilder } from 'kysely'
import * as v from 'valibot'
import { failure, type Failure } from '../../core/failures.ts'
import type { DeviceId } from '../../core/ids.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { sixWords, verifyEnrolment } from '../../core/sealing/enrolment.ts'
import { deviceIdOf, importVerifyingKey, publicJwkShape, type PublicJwk } from '../../core/sealing/keys.ts'
import { parseJson } from '../../core/sealing/signed.ts'
import type { DeviceAnswer, DeviceState } from '../../core/wire/people.ts'
import type { Office } from '../office.ts'
import type { Database, Tx } from '../postgres/database.ts'
import type { Tables } from '../postgres/tables.ts'
import { nextNumber } from './counters.ts'
import { admitFormerKeys, withFormerKeys } from './formerKeys.ts'
import { claimTicket, spendTicket, type Claim } from './tickets.ts'

export interface KnownDevice {
  readonly id: DeviceId
  readonly jwk: PublicJwk
  readonly state: DeviceState
}

/** A device as intake needs it, or null when it never enrolled. */
export async function findDevice(db: Database | Tx, id: DeviceId): Promise<KnownDevice | null> {
  const row = await db.selectFrom('devices').select(['id', 'jwk', 'state']).where('id', '=', id).executeTakeFirst()
  const jwk = row === undefined ? null : parseJson(row.jwk, publicJwkShape)
  return row === undefined || jwk === null ? null : { id: row.id, jwk, state: row.state }
}

/** What a tablet is told about itself. */
export async function deviceAnswer(db: Database | Tx, { keys }: Pick<Office, 'keys'>, id: DeviceId): Promise<DeviceAnswer | null> {
  const row = await db.selectFrom('devices').select(['number', 'state']).where('id', '=', id).executeTakeFirst()
  if (row === undefined) return null
  return { device: id, number: row.number, state: row.state, root: keys.root, keySet: keys.keySetStatement }
}

export type EnrolFailure = Failure<'ticketInvalid' | 'ticketSpent' | 'malformed'>

/** What a tablet hands in. `former` are keys that it had before (formerKeys.ts). */
export interface EnrolRequest {
  readonly ticket: string
  readonly key: PublicJwk
  readonly former: readonly PublicJwk[]
  readonly proof: string
}

/** Enrols the device that proved to hold `key`. The same key with the same ticket gets the same answer again. */
export async function enrolDevice(office: Office, request: EnrolRequest): Promise<Result<DeviceAnswer, EnrolFailure>> {
  const { ticket, key, former, proof } = request
  const areOnCurve = (await Promise.all([key, ...former].map(isOnCurve))).every(Boolean)
  if (!areOnCurve || !(await verifyEnrolment(proof, ticket, key, former))) return fail(failure('malformed', 'proof'))
  const device = await deviceIdOf(key)
  const words = await sixWords(office.keys.root, device)
  return office.db.transaction().execute(async (tx) => {
    const claim = await claimTicket(tx, office, 'enrol', ticket)
    if (!claim.ok) return claim
    if (claim.value.spentBy !== null && claim.value.spentBy !== device) return fail(failure('ticketSpent', 'used'))
    if (claim.value.spentBy === null) await admitDevice(tx, office, claim.value, { device, key, former, words })
    const answer = await deviceAnswer(tx, office, device)
    return answer === null ? fail(failure('ticketSpent', 'used')) : ok(answer)
  })
}

async function admitDevice(
  tx: Tx,
  { clock }: Office,
  { hash, confirmed }: Claim,
  { device, key, former, words }: Pick<EnrolRequest, 'key' | 'former'> & { device: DeviceId; words: readonly string[] },
): Promise<void> {
  const nowMs = clock.now()
  await spendTicket(tx, hash, device, nowMs)
  const known = await tx.selectFrom('devices').select(['state', 'former_of']).where('id', '=', device).forUpdate().executeTakeFirst()
  const state = confirmed ? 'active' : 'waiting'
  if (known === undefined) {
    const number = String(await nextNumber(tx, 'device')).padStart(2, '0')
    const row = { id: device, number, jwk: JSON.stringify(key), words: words.join(' '), state, demo: false, enrolled_at: nowMs, last_seen_at: nowMs, revoked_at: null } as const
    await tx.insertInto('devices').values(row).execute()
  } else if (known.former_of !== null && known.state !== 'revoked') {
    // Its holder has it still, and is asked for like anybody else.
    await tx.updateTable('devices').set({ state, words: words.join(' '), former_of: null }).where('id', '=', device).execute()
  } else if (known.state === 'waiting' && confirmed) {
    await tx.updateTable('devices').set({ state }).where(withFormerKeys(device)).where('state', '=', 'waiting').execute()
  }
  await admitFormerKeys(tx, device, former, nowMs)
}

async function isOnCurve(key: PublicJwk): Promise<boolean> {
  try {
    await importVerifyingKey(v.parse(publicJwkShape, key))
    return true
  } catch (cause) {
    if (cause instanceof Error && (cause.name === 'DataError' || cause instanceof TypeError)) return false
    throw cause
  }
}

/** An officer has compared the six words. False when there is no such waiting device; a former key has no words of its own. */
export async function confirmDevice(db: Database, id: DeviceId): Promise<boolean> {
  const isTablet = (build: ExpressionBuilder<Tables, 'devices'>) =>
    build.exists(build.selectFrom('devices as tablet').select('tablet.id').where('tablet.id', '=', id).where('tablet.former_of', 'is', null).where('tablet.state', '=', 'waiting'))
  const changed = await db.updateTable('devices').set({ state: 'active' }).where(withFormerKeys(id)).where('state', '=', 'waiting').where(isTablet).returning('id').execute()
  return changed.length > 0
}

/** Takes a device out of use for good, and the keys it had before. False when there is none that could be. */
export async function revokeDevice(db: Database, id: DeviceId, nowMs: number): Promise<boolean> {
  const changed = await db.updateTable('devices').set({ state: 'revoked', revoked_at: nowMs }).where(withFormerKeys(id)).where('state', '!=', 'revoked').returning('id').execute()
  return changed.length > 0
}
