/**
 * Finalising: the only door from the vault to the outbox. The order is the promise (architecture 5):
 *
 *   canonical bytes -> sealed to office and escrow -> digest -> header signed with the next device sequence
 *   -> mirror in OPFS, flushed and read back -> ONE strict transaction: item, envelope and stub in, draft out
 *   -> ledger -> signal
 *
 * Killed before the transaction, the draft stands and the mirror is adopted or removed at the next start; killed after it,
 * the item is queued. Of two tabs that finalise at once the loser signs again with the next number. Sealing happens once a
 * try, and no try that was not committed is ever sent. Photos were encrypted when they were taken: their keys move into the
 * sealed application, the names of their parts into the header, their bytes stay where they are.
 */
import { secretText, type ApplicationId } from '../../../core/ids.ts'
import { partNames } from '../../../core/application/attachment.ts'
import { applicationBytes, type Application } from '../../../core/application/application.ts'
import { utf8 } from '../../../core/bytes.ts'
import { canonical } from '../../../core/canonical.ts'
import { failure, type Failure } from '../../../core/failures.ts'
import { makeLocalCode } from '../../../core/identity/localCode.ts'
import { fail, ok, type Result } from '../../../core/result.ts'
import { digestOf, partsDigest } from '../../../core/sealing/digest.ts'
import { signHeader } from '../../../core/sealing/header.ts'
import { seal } from '../../../core/sealing/seal.ts'
import { fitsCarrier } from '../../../core/wire/carrier.ts'
import { writeEnvelope } from '../../../core/wire/envelope.ts'
import { hasCrashPoints, reached } from '../crashPoints.ts'
import { attempt, type Database } from '../db.ts'
import { readIdentity, readPinned, type Pinned } from '../keys.ts'
import { commitFinalised, type Commit } from '../outbox/commit.ts'
import { mirrorName, readMirrorName, writeMirrored, type Finalised } from '../outbox/mirrored.ts'
import { countStock, noteStock } from '../outbox/stock.ts'
import type { Clock, Ledger, Mirror, PartReader, Random, Reserve } from '../ports.ts'
import { itemRowShape, readRow, sequenceRowShape, type DraftRowStored, type IdentityRow } from '../rows.ts'
import type { DraftContent } from '../tablet.ts'
import { allPartsHere } from './attachments.ts'
import { encrypt } from './cipher.ts'
import { openRow } from './drafts.ts'
import type { Keyring, Session } from './key.ts'

export interface FinalisePorts {
  readonly db: Database
  readonly keyring: Keyring
  readonly mirror: Mirror
  readonly parts: PartReader
  readonly ledger: Ledger
  readonly reserve: Reserve
  readonly clock: Clock
  readonly random: Random
  /** Told after the commit; whoever may send looks. */
  readonly queued: () => void
}

/** More than two tabs could ever need; past that something else is wrong. */
const tries = 20

export async function finalise(
  ports: FinalisePorts,
  id: ApplicationId,
  version: number,
): Promise<Result<{ localCode: string }, Failure>> {
  const session = ports.keyring.session()
  if (session === null) return fail(failure('locked'))
  for (let left = tries; left > 0; left -= 1) {
    const sealed = await sealOnce(ports, session, id, version)
    if (!sealed.ok) return sealed.failure.kind === 'notFound' ? alreadyThere(ports.db, id) : sealed
    if (hasCrashPoints) await reached('sealed')
    const done = await store(ports, sealed.value)
    if (!done.ok) return done
    if (done.value === 'draftChanged') return fail(failure('draftChanged'))
    if (done.value === 'sequenceTaken') continue
    return done.value === 'alreadyFinalised' ? alreadyThere(ports.db, id) : ok({ localCode: sealed.value.item.localCode })
  }
  return fail(failure('storageBroken', 'device sequence'))
}

/** Steps before anything is written. Failing here leaves the draft as it was. */
async function sealOnce(ports: FinalisePorts, session: Session, id: ApplicationId, version: number): Promise<Result<Finalised, Failure>> {
  const { db, clock, random } = ports
  const opened = await openRow(db, session, id)
  if (!opened.ok) return opened
  if (opened.value.row.version !== version) return fail(failure('draftChanged', `version ${opened.value.row.version}`))
  // A part that is announced and not here would leave the application incomplete for ever.
  if (!(await allPartsHere(ports.parts, partNames(opened.value.content.attachments)))) return fail(failure('storageBroken', 'parts'))
  const [identity, pinned] = [await readIdentity(db), await readPinned(db)]
  const sequence = readRow(sequenceRowShape, await db.device.get('sequence'))
  if (identity === null || pinned === null || sequence === null) return fail(failure('keySetInvalid', 'not enrolled'))
  const finalisedAt = new Date(clock.nowMs()).toISOString()
  const facts = { identity, pinned, sequence: sequence.last + 1, finalisedAt, replyKey: secretText(random.bytes(32)) }
  return build(ports, session, opened.value, facts)
}

interface Facts {
  readonly identity: IdentityRow
  readonly pinned: Pinned
  readonly sequence: number
  readonly finalisedAt: string
  readonly replyKey: string
}

async function build(
  { random }: FinalisePorts,
  session: Session,
  { row, content }: { row: DraftRowStored; content: DraftContent },
  { identity, pinned, sequence, finalisedAt, replyKey }: Facts,
): Promise<Result<Finalised, Failure>> {
  const { id, pack } = row
  const { device } = identity
  const localCode = makeLocalCode({ device: pinned.office.number, date: dayInVietnam(finalisedAt), sequence })
  const attachments = [...content.attachments]
  const parts = [...partNames(attachments)]
  const application: Application = {
    v: 1,
    ...{ id, localCode, pack, packDigest: row.packDigest, answers: content.answers, papers: content.papers, attachments },
    ...{ badge: session.badge, startedAt: row.startedAt, finalisedAt, replyKey },
    ...(row.inReplyTo === null ? {} : { inReplyTo: row.inReplyTo }),
  }
  const about = { id, device, pack, parts: await partsDigest(parts) }
  const sealed = await seal(applicationBytes(application), about, pinned.keySet)
  if (!sealed.ok) return sealed
  const digest = await digestOf(sealed.value)
  const header = await signHeader({ id, digest, device, pack, parts, seq: sequence }, identity.privateKey)
  const envelope = { envelope: sealed.value, header }
  const stub = utf8(canonical({ pack, localCode, label: content.label, finalisedAt, replyKey, ...(content.slip === undefined ? {} : { slip: content.slip }) }))
  return ok({
    draftVersion: row.version,
    item: {
      ...{ id, device, digest, pack, localCode, sequence, state: 'queued', queuedAt: finalisedAt },
      ...{ sizeBytes: utf8(writeEnvelope(envelope)).length, fitsCarrier: fitsCarrier(envelope) },
      ...{ parts, missing: null, outcome: null, reason: null, note: null, settledAt: null, exportedAt: null, held: true },
    },
    envelope: { id, ...envelope },
    case: { id, owner: row.owner, stub: await encrypt(session.key, { table: 'cases.stub', id, version: 1 }, stub, random) },
  })
}

/** Mirror first, then the transaction; the reserve is given up when the tablet is full, and the step tried once more. */
async function store(ports: FinalisePorts, finalised: Finalised): Promise<Result<Commit, Failure>> {
  const first = await storeOnce(ports, finalised)
  if (first.ok || first.failure.kind !== 'storageFull') return first
  await ports.reserve.release()
  return storeOnce(ports, finalised)
}

async function storeOnce({ db, mirror, ledger, queued }: FinalisePorts, finalised: Finalised): Promise<Result<Commit, Failure>> {
  const name = mirrorName(finalised.item)
  const mirrored = await mirror.write(name, writeMirrored(finalised))
  if (!mirrored.ok) return mirrored
  if (hasCrashPoints) await reached('mirrored')
  const commit = await attempt(() => commitFinalised(db, finalised))
  if (hasCrashPoints) await reached('finaliseCommitted')
  const isOurs = commit.ok && commit.value === 'alreadyFinalised' && (await isCopyOf(db, finalised))
  if (!isOurs && !(commit.ok && commit.value === 'committed')) {
    // Nobody sent it and nobody will: the draft is still there, or another sealing won. Of a broken store nobody knows; the
    // next start looks.
    if (commit.ok || commit.failure.kind === 'storageFull') await mirror.remove(name)
    return commit
  }
  await attempt(() => removeOtherSealings(mirror, finalised))
  // A ledger that could not be written is behind, which is normal; the next start brings it up.
  await attempt(async () => noteStock(ledger, await countStock(db)))
  if (hasCrashPoints) await reached('ledgerWritten')
  queued()
  return commit
}

/** Earlier tries, of which nobody knew whether they were stored: a lost database must not get one of those back. None was sent. */
async function removeOtherSealings(mirror: Mirror, { item }: Finalised): Promise<void> {
  for (const name of await mirror.names()) {
    if (name !== mirrorName(item) && readMirrorName(name)?.id === item.id) await mirror.remove(name)
  }
}

/** True when another tab's recovery adopted this very mirror in the meantime. */
async function isCopyOf(db: Database, { item }: Finalised): Promise<boolean> {
  return readRow(itemRowShape, await db.items.get(item.id))?.digest === item.digest
}

/** Another tab finalised this draft: the application is in the outbox, which is what was asked for. */
async function alreadyThere(db: Database, id: ApplicationId): Promise<Result<{ localCode: string }, Failure>> {
  const item = readRow(itemRowShape, await db.items.get(id))
  return item === null ? fail(failure('notFound', 'drafts')) : ok({ localCode: item.localCode })
}

/** The date in Vietnam (UTC+7 all year), whatever the tablet's zone says. */
function dayInVietnam(at: string): string {
  return new Date(Date.parse(at) + 7 * 3_600_000).toISOString().slice(0, 10)
}
