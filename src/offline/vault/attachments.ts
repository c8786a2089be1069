/**
 * Photos of papers. A page is encrypted under a key of its own and lies on disk, flushed and read back, before anybody is
 * told of it; its key and the names of its parts live in the draft's sealed content, so that one compare-and-set covers
 * answers and photos alike. Parts that no saved draft names are nobody's, and go at a later start.
 */
import { base64url, fromBase64url, type Bytes } from '../../../core/bytes.ts'
import type { Attachment } from '../../../core/application/attachment.ts'
import { failure, type Failure } from '../../../core/failures.ts'
import { uuidv7 } from '../../../core/ids.ts'
import { fail, ok, type Result } from '../../../core/result.ts'
import { sha256 } from '../../../core/sealing/digest.ts'
import { maxAttachmentBytes } from '../../../core/sealing/limits.ts'
import { attachmentKeyBytes, cutIntoParts, joinParts } from '../../../core/sealing/parts.ts'
import { hasCrashPoints, reached } from '../crashPoints.ts'
import type { Database } from '../db.ts'
import { forgetParts } from '../namedParts.ts'
import type { Clock, PartFiles, PartReader, Random, Storage } from '../ports.ts'
import { hasRoomForPhotos, measureRoom } from '../storage.ts'
import type { NewPhoto, PhotoSide } from '../tablet.ts'
import type { Keyring } from './key.ts'

export interface AttachmentPorts {
  readonly db: Database
  readonly keyring: Keyring
  readonly parts: PartFiles
  readonly clock: Clock
  readonly random: Random
  readonly storage: Storage
  /** Gives up bytes of completed applications; how many gave. */
  readonly makeRoom: () => Promise<number>
}

export function makeAttachments(ports: AttachmentPorts): PhotoSide {
  return {
    keep: (photo) => keep(ports, photo),
    read: async (attachment) => (ports.keyring.session() === null ? fail(failure('locked')) : readAttachment(ports.parts, attachment)),
    forget: (attachments) => forgetParts(ports.db, ports.parts, attachments.flatMap(({ parts }) => parts)),
  }
}

/** Photos are refused before anything else when room gets short; what the office has completed goes first. */
async function hasRoom({ storage, makeRoom }: AttachmentPorts): Promise<boolean> {
  if (hasRoomForPhotos(await measureRoom(storage))) return true
  return (await makeRoom()) > 0 && hasRoomForPhotos(await measureRoom(storage))
}

async function keep(ports: AttachmentPorts, { document, mediaType, widthPx, heightPx, bytes }: NewPhoto): Promise<Result<Attachment, Failure>> {
  const { keyring, clock, random, parts } = ports
  if (keyring.session() === null) return fail(failure('locked'))
  if (bytes.length === 0 || bytes.length > maxAttachmentBytes) return fail(failure('tooLargeToSeal', `photo of ${bytes.length} bytes`))
  if (!(await hasRoom(ports))) return fail(failure('storageFull', 'before a photo'))
  const id = uuidv7(clock.nowMs(), random.bytes(10))
  const key = random.bytes(attachmentKeyBytes)
  const cut = await cutIntoParts(bytes, id, key)
  const attachment: Attachment = {
    ...{ id, document, order: 1, mediaType, widthPx, heightPx, sizeBytes: bytes.length },
    ...{ key: base64url(key), parts: cut.map(({ name }) => name) },
  }
  key.fill(0)
  for (const [at, part] of cut.entries()) {
    const written = await parts.write(part.name, part.bytes)
    if (hasCrashPoints) await reached('photoPartStored')
    if (written.ok) continue
    for (const { name } of cut.slice(0, at + 1)) await parts.remove(name)
    return written
  }
  return ok(attachment)
}

/** The photo, decrypted in memory. `storageBroken` when a part is gone or altered: it must be taken again. */
async function readAttachment(parts: PartReader, { id, key, parts: names }: Attachment): Promise<Result<Bytes, Failure>> {
  const sealed = await Promise.all(names.map((name) => parts.read(name)))
  const there = sealed.filter((bytes) => bytes !== null)
  if (there.length < names.length) return fail(failure('storageBroken', `${names.length - there.length} parts gone`))
  const joined = await joinParts(there, id, fromBase64url(key) ?? new Uint8Array())
  return joined.ok ? joined : fail(failure('storageBroken', joined.failure.why))
}

/** True when every part is on disk and is what its name says: what is announced must be there to be sent. */
export async function allPartsHere(parts: Pick<PartReader, 'read'>, names: readonly string[]): Promise<boolean> {
  for (const name of names) {
    const bytes = await parts.read(name)
    if (bytes === null || (await sha256(bytes)) !== name) return false
  }
  return true
}
