/**
 * Every draft has a key of its own, wrapped twice: under the vault key for the volunteer, and sealed to the office's
 * offline escrow key, so that unfinished applications of a volunteer who is gone can still be handed over.
 */
import { failure, type Failure } from '../../../core/failures.ts'
import type { ApplicationId } from '../../../core/ids.ts'
import { fail, type Result, ok } from '../../../core/result.ts'
import { sealToEscrow } from '../../../core/sealing/escrow.ts'
import { readPinned } from '../keys.ts'
import type { Database } from '../db.ts'
import type { Random } from '../ports.ts'
import type { Ciphertext } from '../rows.ts'
import { decrypt, encrypt, importCipherKey } from './cipher.ts'
import type { Session } from './key.ts'

export interface NewDraftKey {
  readonly key: CryptoKey
  readonly wrappedKey: Ciphertext
  readonly escrowKey: string
}

/** A fresh key for a draft. Fails on a tablet that is not enrolled: there is no escrow key yet. */
export async function makeDraftKey(
  { db, random }: { db: Database; random: Random },
  session: Session,
  id: ApplicationId,
): Promise<Result<NewDraftKey, Failure>> {
  const pinned = await readPinned(db)
  if (pinned === null) return fail(failure('keySetInvalid', 'not enrolled'))
  const bytes = random.bytes(32)
  const wrappedKey = await encrypt(session.key, { table: 'drafts.key', id, version: 1 }, bytes, random)
  const escrowKey = await sealToEscrow(bytes, pinned.keySet.escrow)
  const key = await importCipherKey(bytes)
  bytes.fill(0)
  session.draftKeys.set(id, key)
  return ok({ key, wrappedKey, escrowKey })
}

/** The key of a stored draft; remembered until the vault is locked. */
export async function openDraftKey(session: Session, id: ApplicationId, wrapped: Ciphertext): Promise<Result<CryptoKey, Failure>> {
  const known = session.draftKeys.get(id)
  if (known !== undefined) return ok(known)
  const opened = await decrypt(session.key, { table: 'drafts.key', id, version: 1 }, wrapped)
  if (!opened.ok) return opened
  const key = await importCipherKey(opened.value)
  opened.value.fill(0)
  session.draftKeys.set(id, key)
  return ok(key)
}
