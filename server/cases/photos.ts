/**
 * Photos of a case. Their parts lie sealed on disk; one photo is put together and opened in memory for one answer, and
 * nothing of it is kept. What it is said to be counts for nothing: its own first bytes are looked at before it goes out.
 */
import type { Attachment } from '../../core/application/attachment.ts'
import { readImageHeader, type PhotoType } from '../../core/application/imageHeader.ts'
import { fromBase64url, type Bytes } from '../../core/bytes.ts'
import { failure, type Failure } from '../../core/failures.ts'
import type { ApplicationId } from '../../core/ids.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { maxAttachmentBytes, partPlainBytes } from '../../core/sealing/limits.ts'
import { joinParts } from '../../core/sealing/parts.ts'
import type { CaseFile } from '../../core/wire/desk.ts'
import { missingParts } from '../intake/parts.ts'
import type { Office } from '../office.ts'
import { lookInside, type Inside } from './inside.ts'

/** The photos that an application speaks of, and how many parts of each are still on their way. */
export async function listPhotos({ db }: Office, id: ApplicationId, inside: Inside): Promise<CaseFile['photos']> {
  if (inside.kind === 'unreadable' || inside.application.attachments.length === 0) return []
  const missing = new Set(await missingParts(db, id))
  return inside.application.attachments.map(({ id: photo, document, order, widthPx, heightPx, sizeBytes, parts }) => ({
    ...{ id: photo, document, order, widthPx, heightPx, sizeBytes },
    missing: parts.filter((name) => missing.has(name)).length,
  }))
}

export interface OpenedPhoto {
  readonly mediaType: PhotoType
  readonly bytes: Bytes
}

/**
 * One photo in the clear. `notFound`: no such case or photo, or parts of it are not here yet; `tooLarge`: more than an
 * office opens; `unsupportedType`: it does not open, or is no photo.
 */
export async function openPhoto(office: Office, id: ApplicationId, photo: string): Promise<Result<OpenedPhoto, Failure<'notFound' | 'tooLarge' | 'unsupportedType'>>> {
  const envelope = await office.db.selectFrom('envelopes').selectAll().where('id', '=', id).executeTakeFirst()
  const inside = envelope === undefined ? null : await lookInside(office, office.db, envelope)
  const attachment = inside?.kind === 'opened' ? inside.application.attachments.find((one) => one.id === photo) : undefined
  if (attachment === undefined) return fail(failure('notFound', 'photo'))
  if (attachment.parts.length * partPlainBytes > maxAttachmentBytes) return fail(failure('tooLarge', 'photo'))
  return putTogether(office, attachment)
}

async function putTogether({ parts }: Office, { id, key, parts: names }: Attachment): Promise<Result<OpenedPhoto, Failure<'notFound' | 'unsupportedType'>>> {
  const sealed: Bytes[] = []
  for (const name of names) {
    const bytes = await parts.read(name)
    if (bytes === null) return fail(failure('notFound', 'parts'))
    sealed.push(bytes)
  }
  const joined = await joinParts(sealed, id, fromBase64url(key) ?? new Uint8Array())
  if (!joined.ok) return fail(failure('unsupportedType', 'does not open'))
  const header = readImageHeader(joined.value)
  return header.ok ? ok({ mediaType: header.value.mediaType, bytes: joined.value }) : fail(failure('unsupportedType', header.failure))
}
