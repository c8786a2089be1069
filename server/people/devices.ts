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
import { admitNamedKeys, nameFormerKeys, withFormerKeys } from './formerKeys.ts'
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
  const admitted = { state: confirmed ? 'active' : 'waiting', words: words.join(' '), former_of: null, revoked_at: null } as const
  if (known === undefined) {
    const number = String(await nextNumber(tx, 'device')).padStart(2, '0')
    const row = { id: device, number, jwk: JSON.stringify(key), demo: false, enrolled_at: nowMs, last_seen_at: nowMs, ...admitted }
    // Another tablet may be naming it as lost in this very moment.
    await tx.insertInto('devices').values(row).onConflict((conflict) => conflict.column('id').doUpdateSet(admitted)).execute()
  } else if (known.former_of !== null) {
    // Its holder has it still, whatever became of the tablet that named it, and is asked for like anybody else.
    await tx.updateTable('devices').set(admitted).where('id', '=', device).execute()
  } else if (known.state === 'waiting' && confirmed) {
    await tx.updateTable('devices').set({ state: 'active' }).where('id', '=', device).execute()
  }
  await nameFormerKeys(tx, device, former)
  const { state } = await tx.selectFrom('devices').select('state').where('id', '=', device).executeTakeFirstOrThrow()
  if (state === 'active') await admitNamedKeys(tx, device, nowMs)
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
export async function confirmDevice(db: Database, id: DeviceId, nowMs: number): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const waiting = await tx.selectFrom('devices').select('revoked_at').where('id', '=', id).where('state', '=', 'waiting').forUpdate().executeTakeFirst()
    if (waiting === undefined) return false
    const active = { state: 'active', revoked_at: null } as const
    await tx.updateTable('devices').set(active).where('id', '=', id).execute()
    // Its lost keys went with it and come back with it; one that was revoked alone stays so.
    if (waiting.revoked_at !== null) await tx.updateTable('devices').set(active).where('former_of', '=', id).where('revoked_at', '=', waiting.revoked_at).execute()
    await admitNamedKeys(tx, id, nowMs)
    return true
  })
}

/**
 * A tablet that was found again, or revoked by mistake, waits once more: an officer compares the six words of the key that it
 * has. False when there is none, or when it is only a key that another tablet has lost.
 */
export async function reinstateDevice(db: Database, id: DeviceId): Promise<boolean> {
  const waiting = { state: 'waiting' } as const
  const changed = await db.updateTable('devices').set(waiting).where('id', '=', id).where('state', '=', 'revoked').where('former_of', 'is', null).returning('id').executeTakeFirst()
  return changed !== undefined
}

/** Takes a device out of use, and the keys it has lost. False when there is none that could be. */
export async function revokeDevice(db: Database, id: DeviceId, nowMs: number): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    // Waits for an enrolment of this device, whose lost keys the next line must see.
    await tx.selectFrom('devices').select('id').where('id', '=', id).forUpdate().execute()
    // One that only waited to be taken back keeps its time, which its lost keys share.
    const changed = await tx
      .updateTable('devices')
      .set((build) => ({ state: 'revoked', revoked_at: build.fn.coalesce('revoked_at', build.val(nowMs)) }))
      .where(withFormerKeys(id))
      .where('state', '!=', 'revoked')
      .returning('id')
      .execute()
    return changed.length > 0
  })
}
