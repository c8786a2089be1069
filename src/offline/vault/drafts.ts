/**
 * Drafts: ciphertext in, ciphertext out. A save encrypts first and then, in one strict transaction, compares the version
 * and sets the next; it answers only after the commit is on disk. Two tabs that save the same draft: one wins, the other
 * hears `draftChanged` and loses nothing that was stored. A row that cannot be decrypted is kept and never overwritten.
 */
import * as v from 'valibot'
import { attachmentsShape, partNames } from '../../../core/application/attachment.ts'
import { sameBytes, textOf, utf8 } from '../../../core/bytes.ts'
import { slipShape } from '../../../core/application/slip.ts'
import { canonical } from '../../../core/canonical.ts'
import { failure, type Failure } from '../../../core/failures.ts'
import { newApplicationId, type ApplicationId, type PackRef } from '../../../core/ids.ts'
import { fail, ok, type Result } from '../../../core/result.ts'
import { maxApplicationBytes } from '../../../core/sealing/limits.ts'
import { parseJson } from '../../../core/sealing/signed.ts'
import { hasCrashPoints, reached } from '../crashPoints.ts'
import { attempt, type Database } from '../db.ts'
import { forgetParts } from '../namedParts.ts'
import type { Clock, PartReader, Random, Reserve, Storage } from '../ports.ts'
import { draftRowShape, packRowShape, readRow, type DraftRowStored } from '../rows.ts'
import { measureRoom } from '../storage.ts'
import type { Draft, DraftContent, DraftSide } from '../tablet.ts'
import { decrypt, encrypt } from './cipher.ts'
import { makeDraftKey, openDraftKey } from './draftKeys.ts'
import type { Keyring, Session } from './key.ts'

const jsonShape: v.GenericSchema<Json> = v.lazy(() =>
  v.union([v.null(), v.boolean(), v.number(), v.string(), v.array(jsonShape), v.record(v.string(), jsonShape)]),
)
type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const contentShape = v.object({
  answers: v.record(v.string(), v.unknown()),
  papers: v.record(v.string(), v.string()),
  attachments: v.optional(attachmentsShape, []),
  touched: v.array(v.string()),
  place: v.nullable(v.string()),
  label: v.string(),
  slip: v.optional(slipShape),
})

export interface DraftPorts {
  readonly db: Database
  readonly keyring: Keyring
  readonly clock: Clock
  readonly random: Random
  readonly storage: Storage
  readonly reserve: Reserve
  readonly parts: PartReader
}

/** Everything about drafts but watching and finalising. */
export function makeDrafts(ports: DraftPorts): Pick<DraftSide, 'start' | 'open' | 'save' | 'move' | 'discard'> {
  return {
    start: (pack, from) => start(ports, pack, from),
    open: async (id) => {
      const session = ports.keyring.session()
      return session === null ? fail(failure('locked')) : openDraft(ports.db, session, id)
    },
    save: async (id, version, content, why) => {
      const saved = await save(ports, id, version, content)
      if (why !== 'toSeal' || saved.ok || saved.failure.kind !== 'storageFull') return saved
      await ports.reserve.release()
      return save(ports, id, version, content)
    },
    move: async (id, version, pack, content) => {
      const kept = readRow(packRowShape, await ports.db.packs.get(pack))
      return kept === null ? fail(failure('packUnknown', pack)) : save(ports, id, version, content, { pack, packDigest: kept.digest })
    },
    discard: (id) => discard(ports, id),
  }
}

async function start(ports: DraftPorts, pack: PackRef, from?: { inReplyTo: ApplicationId; answers: Record<string, unknown> }) {
  const { db, keyring, clock, random } = ports
  const session = keyring.session()
  if (session === null) return fail(failure('locked'))
  // Chromium may tell 10 GiB of room on a full disk: what holds is whether the room for sealing is there.
  const isFull = (await measureRoom(ports.storage)).level === 'full' || !(await ports.reserve.hold())
  if (isFull) return fail(failure('storageFull', 'before a new draft'))
  const kept = readRow(packRowShape, await db.packs.get(pack))
  if (kept === null) return fail(failure('packUnknown', pack))
  const id = newApplicationId(clock.nowMs(), random.bytes(10))
  const draftKey = await makeDraftKey(ports, session, id)
  if (!draftKey.ok) return draftKey
  const startedAt = new Date(clock.nowMs()).toISOString()
  const content: DraftContent = { answers: from?.answers ?? {}, papers: {}, attachments: [], touched: [], place: null, label: '' }
  const sealed = await sealContent(ports, session, draftKey.value.key, { id, version: 1, content })
  if (!sealed.ok) return sealed
  const { wrappedKey, escrowKey } = draftKey.value
  const row: DraftRowStored = {
    ...{ id, owner: session.volunteer.id, pack, packDigest: kept.digest, version: 1 },
    ...{ startedAt, updatedAt: startedAt, inReplyTo: from?.inReplyTo ?? null },
    ...{ wrappedKey, escrowKey, ...sealed.value, parts: [] },
  }
  const stored = await attempt(() => db.drafts.put(row))
  if (hasCrashPoints) await reached('draftStored')
  return stored.ok ? ok(draftOf(row, content)) : stored
}

/** A draft of the unlocked volunteer, decrypted. `notFound` for another's, since it is none of this volunteer's. */
export async function openDraft(db: Database, session: Session, id: ApplicationId): Promise<Result<Draft, Failure>> {
  const opened = await openRow(db, session, id)
  return opened.ok ? ok(draftOf(opened.value.row, opened.value.content)) : opened
}

/** The stored row with its content and key, for saving and finalising. */
export async function openRow(
  db: Database,
  session: Session,
  id: ApplicationId,
): Promise<Result<{ row: DraftRowStored; content: DraftContent; key: CryptoKey }, Failure>> {
  const read = await attempt(() => db.drafts.get(id))
  if (!read.ok) return read
  const row = readRow(draftRowShape, read.value)
  if (row === null) return fail(failure(read.value === undefined ? 'notFound' : 'cannotDecrypt', 'drafts'))
  if (row.owner !== session.volunteer.id) return fail(failure('notFound', 'drafts'))
  const key = await openDraftKey(session, id, row.wrappedKey)
  if (!key.ok) return key
  const plain = await decrypt(key.value, { table: 'drafts.content', id, version: row.version }, row.content)
  if (!plain.ok) return plain
  const content = parseJson(textOf(plain.value), contentShape)
  return content === null ? fail(failure('cannotDecrypt', 'shape of a draft')) : ok({ row, content, key: key.value })
}

/** `under` is the pack that the draft names from now on, when that changes with this save. */
async function save(
  ports: DraftPorts,
  id: ApplicationId,
  version: number,
  content: DraftContent,
  under: Partial<Pick<DraftRowStored, 'pack' | 'packDigest'>> = {},
): Promise<Result<number, Failure>> {
  const { db, keyring, clock } = ports
  const session = keyring.session()
  if (session === null) return fail(failure('locked'))
  const opened = await attempt(() => db.drafts.get(id))
  if (!opened.ok) return opened
  const row = readRow(draftRowShape, opened.value)
  if (row?.owner !== session.volunteer.id) return fail(failure('notFound', 'drafts'))
  if (row.version !== version) return fail(failure('draftChanged', `version ${row.version}`))
  const key = await openDraftKey(session, id, row.wrappedKey)
  if (!key.ok) return key
  const next = version + 1
  const sealed = await sealContent(ports, session, key.value, { id, version: next, content })
  if (!sealed.ok) return sealed
  const updatedAt = new Date(clock.nowMs()).toISOString()
  if (hasCrashPoints) await reached('answersSealed')
  const stored = await attempt(() =>
    db.transaction('rw', db.drafts, async () => {
      const now = readRow(draftRowShape, await db.drafts.get(id))
      // Done once more after a lost connection: the first time may have reached the disk.
      if (now?.version === next && sameBytes(now.content.iv, sealed.value.content.iv)) return true
      if (now?.version !== version) return false
      await db.drafts.put({ ...now, ...under, ...sealed.value, parts: [...partNames(content.attachments)], version: next, updatedAt })
      return true
    }),
  )
  if (!stored.ok) return stored
  if (hasCrashPoints) await reached('answersStored')
  return stored.value ? ok(next) : fail(failure('draftChanged'))
}

/** The row goes first, then its photos: killed in between, a later start removes them. */
async function discard({ db, keyring, parts }: DraftPorts, id: ApplicationId): Promise<Result<undefined, Failure>> {
  const session = keyring.session()
  if (session === null) return fail(failure('locked'))
  const gone = await attempt(() =>
    db.transaction('rw', db.drafts, async () => {
      const row = readRow(draftRowShape, await db.drafts.get(id))
      if (row?.owner !== session.volunteer.id) return null
      await db.drafts.delete(id)
      return row.parts
    }),
  )
  if (!gone.ok) return gone
  if (hasCrashPoints) await reached('draftDiscarded')
  session.draftKeys.delete(id)
  if (gone.value === null) return fail(failure('notFound', 'drafts'))
  await forgetParts(db, parts, gone.value)
  return ok()
}

/** Content under the draft's key, label under the vault's: the list needs one decryption a row. */
async function sealContent(
  { random }: DraftPorts,
  session: Session,
  key: CryptoKey,
  { id, version, content }: { id: ApplicationId; version: number; content: DraftContent },
) {
  const plain = utf8(canonical(v.parse(jsonShape, JSON.parse(JSON.stringify(content)))))
  if (plain.length > maxApplicationBytes) return fail(failure('tooLargeToSeal', `${plain.length} bytes`))
  return ok({
    content: await encrypt(key, { table: 'drafts.content', id, version }, plain, random),
    label: await encrypt(session.key, { table: 'drafts.label', id, version }, utf8(content.label), random),
  })
}

function draftOf({ id, pack, version, startedAt, inReplyTo }: DraftRowStored, content: DraftContent): Draft {
  return { id, pack, version, content, startedAt, inReplyTo }
}
