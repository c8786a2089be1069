/** Enrolling a tablet and changing what it may do. */
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
import { nextNumber } from './counters.ts'
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

/** Enrols the device that proved to hold `key`. The same key with the same ticket gets the same answer again. */
export async function enrolDevice(
  office: Office,
  request: { ticket: string; key: PublicJwk; proof: string },
): Promise<Result<DeviceAnswer, EnrolFailure>> {
  if (!(await isOnCurve(request.key)) || !(await verifyEnrolment(request.proof, request.ticket, request.key))) {
    return fail(failure('malformed', 'proof'))
  }
  const device = await deviceIdOf(request.key)
  const words = await sixWords(office.keys.root, device)
  return office.db.transaction().execute(async (tx) => {
    const claim = await claimTicket(tx, office, 'enrol', request.ticket)
    if (!claim.ok) return claim
    if (claim.value.spentBy !== null && claim.value.spentBy !== device) return fail(failure('ticketSpent', 'used'))
    if (claim.value.spentBy === null) await admitDevice(tx, office, claim.value, { device, key: request.key, words })
    const answer = await deviceAnswer(tx, office, device)
    return answer === null ? fail(failure('ticketSpent', 'used')) : ok(answer)
  })
}

async function admitDevice(
  tx: Tx,
  { clock }: Office,
  { hash, confirmed }: Claim,
  { device, key, words }: { device: DeviceId; key: PublicJwk; words: readonly string[] },
): Promise<void> {
  const nowMs = clock.now()
  await spendTicket(tx, hash, device, nowMs)
  const known = await tx.selectFrom('devices').select('state').where('id', '=', device).forUpdate().executeTakeFirst()
  if (known === undefined) {
    const number = String(await nextNumber(tx, 'device')).padStart(2, '0')
    const state = confirmed ? 'active' : 'waiting'
    const row = { id: device, number, jwk: JSON.stringify(key), words: words.join(' '), state, demo: false, enrolled_at: nowMs, last_seen_at: nowMs, revoked_at: null } as const
    await tx.insertInto('devices').values(row).execute()
  } else if (known.state === 'waiting' && confirmed) {
    await tx.updateTable('devices').set({ state: 'active' }).where('id', '=', device).execute()
  }
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

/** An officer has compared the six words. False when there is no such waiting device. */
export async function confirmDevice(db: Database, id: DeviceId): Promise<boolean> {
  const changed = await db.updateTable('devices').set({ state: 'active' }).where('id', '=', id).where('state', '=', 'waiting').returning('id').executeTakeFirst()
  return changed !== undefined
}

/** Takes a device out of use for good. False when there is none that could be. */
export async function revokeDevice(db: Database, id: DeviceId, nowMs: number): Promise<boolean> {
  const changed = await db
    .updateTable('devices')
    .set({ state: 'revoked', revoked_at: nowMs })
    .where('id', '=', id)
    .where('state', '!=', 'revoked')
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}
