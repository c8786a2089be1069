/**
 * What an officer decided, as it is kept with the event: locked, bound to its case. An acceptance and a request for a
 * supplement are JSON, so that their parts stay apart; those of before stand as `code · date` and as the bare message, and
 * are read the same.
 */
import * as v from 'valibot'
import type { ApplicationId } from '../../core/ids.ts'
import { parseJson } from '../../core/sealing/signed.ts'
import type { Blobs } from '../keys/blobs.ts'

const place = (id: ApplicationId): string => `events/note/${id}`

export function lockNote(blobs: Blobs, id: ApplicationId, note: string): Buffer | null {
  return note === '' ? null : blobs.lock(note, place(id))
}

export function unlockNote(blobs: Blobs, id: ApplicationId, blob: Buffer | null): string | null {
  return blob === null ? null : blobs.unlock(blob, place(id))
}

const acceptanceShape = v.object({ code: v.string(), resultOn: v.pipe(v.string(), v.isoDate()) })
export type AcceptanceNote = v.InferOutput<typeof acceptanceShape>

/** The note of an acceptance. */
export function acceptanceNote({ code, resultOn }: AcceptanceNote): string {
  return JSON.stringify({ code, resultOn })
}

/** Code and date of the note of an acceptance; null for a text that is none. */
export function readAcceptance(note: string): AcceptanceNote | null {
  const before = /^(.+) · (\d{4}-\d{2}-\d{2})$/.exec(note)
  if (before?.[1] !== undefined && before[2] !== undefined) return { code: before[1], resultOn: before[2] }
  return parseJson(note, acceptanceShape)
}

const supplementShape = v.strictObject({ message: v.string(), papers: v.array(v.string()) })
export type SupplementNote = Readonly<v.InferOutput<typeof supplementShape>>

/** The note of a request for a supplement. */
export function supplementNote({ message, papers }: { readonly message: string; readonly papers: readonly string[] }): string {
  return JSON.stringify({ message, papers })
}

/** Message and papers of such a note; one of before names no papers. */
export function readSupplement(note: string): SupplementNote {
  return parseJson(note, supplementShape) ?? { message: note, papers: [] }
}
