/**
 * The officers of the ward. None is ever removed, because decisions name them; a disabled one cannot sign in. There is
 * always one who can: nobody disables themselves, and of two who disable each other at once one is too late.
 */
import { failure, type Failure } from '../../core/failures.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { Office } from '../office.ts'
import type { Tx } from '../postgres/database.ts'
import { makeTicket, type Ticket } from './tickets.ts'

const invitationLifeMs = 24 * 3_600_000

export interface ListedOfficer {
  readonly name: string
  readonly username: string
  readonly disabled: boolean
  readonly lastSignedInAt: string | null
}

/** All officers by name, those who may sign in first. */
export async function listOfficers({ db }: Pick<Office, 'db'>): Promise<readonly ListedOfficer[]> {
  const rows = await db.selectFrom('officers').select(['name', 'username', 'disabled_at', 'last_signed_in_at']).orderBy('name').orderBy('username').execute()
  const officers = rows.map(({ name, username, disabled_at, last_signed_in_at }) => ({
    name,
    username: username ?? '',
    disabled: disabled_at !== null,
    lastSignedInAt: last_signed_in_at === null ? null : new Date(last_signed_in_at).toISOString(),
  }))
  return [...officers.filter(({ disabled }) => !disabled), ...officers.filter(({ disabled }) => disabled)]
}

/** An invitation for one more officer: one use, 24 hours. */
export function inviteOfficer(office: Office): Promise<Ticket> {
  return makeTicket(office, { kind: 'officer', confirmed: false, volunteer: null, lifeMs: invitationLifeMs })
}

export type DisableFailure = Failure<'notSignedIn' | 'notFound' | 'conflict'>

/**
 * Ends an officer's access: no more signing in, no session, and no invitation that is still open, because nobody knows
 * which of those are theirs. Twice is the same as once.
 */
export async function disableOfficer(
  { db, clock }: Pick<Office, 'db' | 'clock'>,
  { username, byId }: { username: string; byId: string },
): Promise<Result<undefined, DisableFailure>> {
  return db.transaction().execute(async (tx) => {
    // All rows, in one order: whoever disables at the same moment waits here and then sees what has been done.
    const officers = await tx.selectFrom('officers').select(['id', 'username', 'disabled_at']).orderBy('id').forUpdate().execute()
    const able = officers.filter(({ disabled_at }) => disabled_at === null)
    if (!able.some(({ id }) => id === byId)) return fail(failure('notSignedIn', 'disabled'))
    const found = officers.find((officer) => officer.username === username)
    if (found === undefined) return fail(failure('notFound', 'officer'))
    if (found.id === byId) return fail(failure('conflict', 'oneself'))
    if (found.disabled_at === null) await endAccess(tx, found.id, clock.now())
    return ok(undefined)
  })
}

async function endAccess(tx: Tx, id: string, nowMs: number): Promise<void> {
  await tx.updateTable('officers').set({ disabled_at: nowMs }).where('id', '=', id).execute()
  await tx.deleteFrom('officer_sessions').where('userId', '=', id).execute()
  await tx.updateTable('tickets').set({ expires_at: nowMs - 1 }).where('kind', '=', 'officer').where('spent_at', 'is', null).where('expires_at', '>=', nowMs).execute()
}
