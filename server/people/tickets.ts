/**
 * One-time tickets for enrolment, badges and the first officer. Each is used once, in the transaction that makes what it
 * is for; of any number of parallel claims one wins. A typed code is found by its first four letters; every wrong second
 * half counts against it, and after five it is spent.
 */
import { sql } from 'kysely'
import { sameBytes, utf8 } from '../../core/bytes.ts'
import { failure, type Failure } from '../../core/failures.ts'
import type { DeviceId, VolunteerId } from '../../core/ids.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { foldCode } from '../../core/wire/people.ts'
import type { Office } from '../office.ts'
import type { Database, Tx } from '../postgres/database.ts'
import type { Tables } from '../postgres/tables.ts'
import { newSecret, readSecret, secretHash, type OneTimeSecret } from './codes.ts'

export const ticketLifeMs = 15 * 60_000
const tries = 5
const attempts = 20

export type TicketKind = Tables['tickets']['kind']

export interface Ticket extends OneTimeSecret {
  readonly expiresAtMs: number
}

/** Makes a ticket; only its hashes are stored. */
export async function makeTicket(
  { db, keys, random, clock }: Pick<Office, 'db' | 'keys' | 'random' | 'clock'>,
  wanted: { kind: TicketKind; confirmed: boolean; volunteer: VolunteerId | null; lifeMs?: number },
): Promise<Ticket> {
  const nowMs = clock.now()
  const expiresAtMs = nowMs + (wanted.lifeMs ?? ticketLifeMs)
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const fresh = newSecret(random)
    const letters = foldCode(fresh.code)
    const row = {
      hash: secretHash(keys.codeKey, 'secret', fresh.secret),
      kind: wanted.kind,
      selector: secretHash(keys.codeKey, 'selector', `${wanted.kind} ${letters.slice(0, 4)}`),
      code_hash: secretHash(keys.codeKey, 'code', letters),
      confirmed: wanted.confirmed,
      volunteer: wanted.volunteer,
      tries_left: tries,
      created_at: nowMs,
      expires_at: expiresAtMs,
      spent_at: null,
      device: null,
    }
    const made = await db.insertInto('tickets').values(row).onConflict((conflict) => conflict.doNothing()).returning('hash').executeTakeFirst()
    if (made !== undefined) return { ...fresh, expiresAtMs }
  }
  throw new Error('no free code was found: far too many tickets are stored')
}

export interface Claim {
  readonly hash: string
  readonly confirmed: boolean
  readonly volunteer: VolunteerId | null
  /** Null: it is yours now. Else who had it first; the caller answers the same device again and refuses all others. */
  readonly spentBy: DeviceId | 'nobody' | null
}

export type ClaimFailure = Failure<'ticketInvalid' | 'ticketSpent'>

/** Finds and locks the ticket that was handed in. A wrong try is counted, so the caller must commit also on failure. */
export async function claimTicket(
  tx: Tx,
  { keys, clock }: Pick<Office, 'keys' | 'clock'>,
  kind: TicketKind,
  given: string,
): Promise<Result<Claim, ClaimFailure>> {
  const read = readSecret(given)
  if (read === null) return fail(failure('ticketInvalid', 'shape'))
  const query = tx.selectFrom('tickets').selectAll().where('kind', '=', kind).forUpdate()
  const found = await ('secret' in read
    ? query.where('hash', '=', secretHash(keys.codeKey, 'secret', read.secret))
    : query.where('selector', '=', secretHash(keys.codeKey, 'selector', `${kind} ${read.code.slice(0, 4)}`))
  ).executeTakeFirst()
  if (found === undefined) return fail(failure('ticketInvalid', 'unknown'))
  if (found.tries_left <= 0) return fail(failure('ticketSpent', 'tries'))
  if ('code' in read && !sameBytes(utf8(found.code_hash ?? ''), utf8(secretHash(keys.codeKey, 'code', read.code)))) {
    await tx.updateTable('tickets').set({ tries_left: sql`tries_left - 1` }).where('hash', '=', found.hash).execute()
    return fail(failure('ticketInvalid', 'code'))
  }
  const { hash, confirmed, volunteer } = found
  if (found.spent_at !== null) return ok({ hash, confirmed, volunteer, spentBy: found.device ?? 'nobody' })
  if (found.expires_at < clock.now()) return fail(failure('ticketSpent', 'expired'))
  return ok({ hash, confirmed, volunteer, spentBy: null })
}

/** Marks a claimed ticket as used. */
export async function spendTicket(tx: Tx | Database, hash: string, device: DeviceId | null, nowMs: number): Promise<void> {
  await tx.updateTable('tickets').set({ spent_at: nowMs, device }).where('hash', '=', hash).execute()
}
