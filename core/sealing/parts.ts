/**
 * Parts of an attachment: 256 KiB of it under AES-256-GCM, named by the SHA-256 of their ciphertext. The key belongs to one
 * attachment and cuts once, so the place of a part serves as its nonce. Id, place and count are authenticated: a part in
 * another place, of another attachment, or of one that was cut short does not open.
 */
import { concat, utf8, type Bytes } from '../bytes.ts'
import { canonical } from '../canonical.ts'
import { failure, type Failure } from '../failures.ts'
import { fail, ok, type Result } from '../result.ts'
import { sha256 } from './digest.ts'
import { partPlainBytes } from './limits.ts'

/** A part as it is stored and sent. */
export interface SealedPart {
  readonly name: string
  readonly bytes: Bytes
}

export const attachmentKeyBytes = 32

interface Place {
  readonly id: string
  readonly index: number
  readonly count: number
}

const boundTo = ({ id, index, count }: Place): Bytes => utf8(canonical(['tiepsuc', 'part', id, index, count]))

function gcm(place: Place): { name: string; iv: Bytes; additionalData: Bytes } {
  const iv = new Uint8Array(12)
  new DataView(iv.buffer).setUint32(8, place.index)
  return { name: 'AES-GCM', iv, additionalData: boundTo(place) }
}

/**
 * Cuts and encrypts an attachment. `key` is 32 fresh random bytes, never used before and never for another attachment:
 * two contents under one key and one place would share a nonce.
 */
export async function cutIntoParts(content: Bytes, id: string, key: Bytes): Promise<readonly SealedPart[]> {
  const handle = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt'])
  const count = Math.max(1, Math.ceil(content.length / partPlainBytes))
  const parts: SealedPart[] = []
  for (let index = 0; index < count; index += 1) {
    const piece = content.slice(index * partPlainBytes, (index + 1) * partPlainBytes)
    const bytes = new Uint8Array(await crypto.subtle.encrypt(gcm({ id, index, count }), handle, piece))
    parts.push({ name: await sha256(bytes), bytes })
  }
  return parts
}

/** The attachment again from all its parts in order. `unreadable`: one is altered, missing, misplaced or of another. */
export async function joinParts(parts: readonly Bytes[], id: string, key: Bytes): Promise<Result<Bytes, Failure<'unreadable'>>> {
  if (key.length !== attachmentKeyBytes || parts.length === 0) return fail(failure('unreadable', 'key or count of parts'))
  const handle = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt'])
  const pieces: Uint8Array[] = []
  for (const [index, part] of parts.entries()) {
    const piece = await openPart(part, { id, index, count: parts.length }, handle)
    if (piece === null) return fail(failure('unreadable', `part ${index + 1} of ${parts.length}`))
    pieces.push(piece)
  }
  return ok(concat(...pieces))
}

type Handle = Awaited<ReturnType<typeof crypto.subtle.importKey>>

async function openPart(part: Bytes, place: Place, key: Handle): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt(gcm(place), key, part))
  } catch (cause) {
    if (cause instanceof Error && (cause.name === 'OperationError' || cause.name === 'DataError')) return null
    throw cause
  }
}
