/** What an officer wrote with an event: locked, bound to its case. */
import type { ApplicationId } from '../../core/ids.ts'
import type { Blobs } from '../keys/blobs.ts'

const place = (id: ApplicationId): string => `events/note/${id}`

export function lockNote(blobs: Blobs, id: ApplicationId, note: string): Buffer | null {
  return note === '' ? null : blobs.lock(note, place(id))
}

export function unlockNote(blobs: Blobs, id: ApplicationId, blob: Buffer | null): string | null {
  return blob === null ? null : blobs.unlock(blob, place(id))
}
