/** Volunteers and their badges. A code an officer hands over gives one badge on one device, once. */
import { failure, type Failure } from '../../core/failures.ts'
import { isVolunteerId, uuidv7, type DeviceId, type VolunteerId } from '../../core/ids.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { signBadge } from '../../core/sealing/badge.ts'
import type { Office } from '../office.ts'
import type { Tx } from '../postgres/database.ts'
import { nextNumber } from './counters.ts'
import { claimTicket, spendTicket } from './tickets.ts'

/** Half a year; an expired badge is a mark for the officer, never a refusal. */
const badgeLifeMs = 182 * 86_400_000

/** Makes a volunteer with the next number, such as TNV-007. */
export async function makeVolunteer({ db, clock, random }: Pick<Office, 'db' | 'clock' | 'random'>, name: string, demo = false): Promise<VolunteerId> {
  const nowMs = clock.now()
  const id = uuidv7(nowMs, random(10))
  if (!isVolunteerId(id)) throw new Error('a fresh id is a volunteer id')
  await db.transaction().execute(async (tx) => {
    const number = `TNV-${String(await nextNumber(tx, 'volunteer')).padStart(3, '0')}`
    await tx.insertInto('volunteers').values({ id, number, name, demo, created_at: nowMs, revoked_at: null }).execute()
  })
  return id
}

/** The badge for a one-time code on this device; the same device gets the same badge again. */
export async function giveBadge(office: Office, code: string, device: DeviceId): Promise<Result<string, Failure<'badgeCodeInvalid'>>> {
  return office.db.transaction().execute(async (tx) => {
    const claim = await claimTicket(tx, office, 'badge', code)
    if (!claim.ok) return fail(failure('badgeCodeInvalid', claim.failure.why))
    const { hash, volunteer, spentBy } = claim.value
    if (spentBy !== null) {
      const given = await tx.selectFrom('badges').select('statement').where('ticket', '=', hash).where('device', '=', device).executeTakeFirst()
      return given === undefined ? fail(failure('badgeCodeInvalid', 'used')) : ok(given.statement)
    }
    const holder = volunteer === null ? undefined : await tx.selectFrom('volunteers').selectAll().where('id', '=', volunteer).executeTakeFirst()
    if (holder?.revoked_at !== null) return fail(failure('badgeCodeInvalid', 'revoked'))
    return ok(await storeBadge(tx, office, { ticket: hash, device, id: holder.id, name: holder.name, number: holder.number }))
  })
}

async function storeBadge(
  tx: Tx,
  { clock, keys }: Office,
  { ticket, device, id, name, number }: { ticket: string; device: DeviceId; id: VolunteerId; name: string; number: string },
): Promise<string> {
  const nowMs = clock.now()
  const badge = { sub: id, name, number, cnf: { jkt: device }, iat: Math.floor(nowMs / 1000), exp: Math.floor((nowMs + badgeLifeMs) / 1000) }
  const statement = await signBadge(badge, keys.signing, keys.signingKid)
  await spendTicket(tx, ticket, device, nowMs)
  await tx.insertInto('badges').values({ volunteer: id, device, ticket, statement, issued_at: nowMs, expires_at: nowMs + badgeLifeMs }).execute()
  return statement
}

/** Ends a volunteer's work; badges already given become doubtful. */
export async function revokeVolunteer({ db, clock }: Office, id: VolunteerId): Promise<boolean> {
  const changed = await db
    .updateTable('volunteers')
    .set({ revoked_at: clock.now() })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}
