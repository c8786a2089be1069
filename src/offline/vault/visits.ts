/**
 * The visit at hand, one for each volunteer: a row of ciphertext under the vault key. Ending it removes the row, and a visit
 * older than half a day is not read any more (core/procedure/visit.ts).
 */
import * as v from 'valibot'
import { textOf, utf8 } from '../../../core/bytes.ts'
import { canonical } from '../../../core/canonical.ts'
import { failure, type Failure } from '../../../core/failures.ts'
import { readVisit, type Visit } from '../../../core/procedure/visit.ts'
import { fail, ok, type Result } from '../../../core/result.ts'
import { parseJson } from '../../../core/sealing/signed.ts'
import { attempt, type Database } from '../db.ts'
import type { Clock, Random } from '../ports.ts'
import { readRow, visitRowShape, type VisitRow } from '../rows.ts'
import { decrypt, encrypt } from './cipher.ts'
import type { Keyring, Session } from './key.ts'

interface VisitPorts {
  readonly db: Database
  readonly keyring: Keyring
  readonly clock: Clock
  readonly random: Random
}

/** The visit of the unlocked volunteer is kept, durable when it answers; the later of two pages wins. */
export async function keepVisit({ db, keyring, random }: VisitPorts, visit: Visit): Promise<Result<undefined, Failure>> {
  const session = keyring.session()
  if (session === null) return fail(failure('locked'))
  const owner = session.volunteer.id
  const before = readRow(visitRowShape, await db.visits.get(owner))
  const version = (before?.version ?? 0) + 1
  const sealed = await encrypt(session.key, { table: 'visits', id: owner, version }, utf8(canonical(visit)), random)
  const stored = await attempt(() => db.visits.put({ owner, version, visit: sealed }))
  return stored.ok ? ok() : stored
}

/** Forgets the visit and its facts. */
export async function endVisit({ db, keyring }: VisitPorts): Promise<Result<undefined, Failure>> {
  const session = keyring.session()
  if (session === null) return fail(failure('locked'))
  const gone = await attempt(() => db.visits.delete(session.volunteer.id))
  return gone.ok ? ok() : gone
}

export const readVisitRow = async (db: Database, owner: string): Promise<VisitRow | null> => readRow(visitRowShape, await db.visits.get(owner))

/** The visit in its row, as a list of one, or none. */
export function openVisit(session: Session, clock: Clock): (row: VisitRow | null) => Promise<Visit[]> {
  return async (row) => {
    if (row === null) return []
    const plain = await decrypt(session.key, { table: 'visits', id: row.owner, version: row.version }, row.visit)
    const visit = plain.ok ? readVisit(parseJson(textOf(plain.value), v.unknown()), clock.nowMs()) : null
    return visit === null ? [] : [visit]
  }
}
