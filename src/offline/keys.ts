/**
 * What this tablet has pinned: its own key, the office's root, and the newest key set that the root signed.
 * The root never changes by itself, a key set with a lower number is refused, and an office ledger of a lower epoch is
 * ignored. All of it is kept as rows and parsed when read.
 */
import { failure, type Failure } from '../../core/failures.ts'
import type { KeySet } from '../../core/sealing/keySet.ts'
import { verifyKeySet } from '../../core/sealing/keySet.ts'
import type { LedgerMark } from '../../core/sealing/outcome.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { hasCrashPoints, reached } from './crashPoints.ts'
import { attempt, type Database } from './db.ts'
import type { PublicJwk } from '../../core/sealing/keys.ts'
import {
  identityRowShape,
  nextIdentityRowShape,
  officeRowShape,
  pinnedRowShape,
  readRow,
  signInMarkShape,
  type IdentityRow,
  type NextIdentityRow,
  type OfficeRow,
  type SignInRefusal,
} from './rows.ts'

export interface Pinned {
  readonly office: OfficeRow
  readonly keySet: KeySet
}

/** The device's own key, or null before it was enrolled. */
export async function readIdentity(db: Database): Promise<IdentityRow | null> {
  return readRow(identityRowShape, await db.device.get('identity'))
}

/** The key that is handed in and that no office has answered for yet, or null. */
export async function readNextIdentity(db: Database): Promise<NextIdentityRow | null> {
  return readRow(nextIdentityRowShape, await db.device.get('nextIdentity'))
}

/** The pinned office with its verified key set, or null when this tablet is not enrolled. */
export async function readPinned(db: Database): Promise<Pinned | null> {
  const office = readRow(officeRowShape, await db.device.get('office'))
  if (office === null) return null
  const keySet = await verifyKeySet(office.keySet, office.root)
  return keySet.ok ? { office, keySet: keySet.value } : null
}

/** Root and key set of the office, also of a tablet that lost its own key and is not enrolled again yet. */
export async function readKeys(db: Database): Promise<{ readonly root: PublicJwk; readonly keySet: KeySet; readonly statement: string } | null> {
  const row = readRow(officeRowShape, await db.device.get('office')) ?? readRow(pinnedRowShape, await db.device.get('pinned'))
  if (row === null) return null
  const keySet = await verifyKeySet(row.keySet, row.root)
  return keySet.ok ? { root: row.root, keySet: keySet.value, statement: row.keySet } : null
}

/** What a person has to do something about: the last refusal that the office has not taken back since, or null. */
export async function readRefusal(db: Database): Promise<SignInRefusal> {
  return readRow(signInMarkShape, await db.marks.get('signIn'))?.refusal ?? null
}

/** Written only when it changes: news are asked for every few seconds. */
export async function noteRefusal(db: Database, refusal: SignInRefusal): Promise<void> {
  if ((await readRefusal(db)) !== refusal) await attempt(() => db.marks.put({ name: 'signIn', refusal }))
}

/** Pins a newer key set of the pinned root. The same number again changes nothing; a lower one is refused. */
export async function pinKeySet(db: Database, statement: string): Promise<Result<KeySet, Failure>> {
  const pinned = await readKeys(db)
  if (pinned === null) return fail(failure('keySetInvalid', 'not enrolled'))
  const newer = await verifyKeySet(statement, pinned.root, pinned.keySet.number)
  if (!newer.ok || newer.value.number === pinned.keySet.number) return newer.ok ? ok(pinned.keySet) : newer
  if (hasCrashPoints) await reached('keysHeard')
  return db.transaction('rw', db.device, async () => {
    const [office, kept] = [readRow(officeRowShape, await db.device.get('office')), readRow(pinnedRowShape, await db.device.get('pinned'))]
    for (const row of [office, kept]) if (row?.keySet === pinned.statement) await db.device.put({ ...row, keySet: statement })
    return ok(newer.value)
  })
}

/**
 * What a freshly signed mark says against the one pinned. `restored`: the office was put back from a backup, by its new
 * epoch or, after a disk snapshot, by a head below one already seen. `older`: a lower epoch number, which is ignored.
 * Stored outcomes are repeated with the mark of their first day, so only feed pages and indexes are judged by it.
 */
export function judgeMark(seen: LedgerMark, pinned: LedgerMark | null): 'first' | 'onward' | 'restored' | 'older' {
  if (pinned === null) return 'first'
  if (seen.epoch.number < pinned.epoch.number) return 'older'
  if (seen.epoch.number > pinned.epoch.number || seen.epoch.id !== pinned.epoch.id) return 'restored'
  return seen.head < pinned.head ? 'restored' : 'onward'
}
