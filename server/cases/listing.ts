/** The few words of a case that lists show. Stored only as one locked blob, bound to its case. */
import * as v from 'valibot'
import type { ApplicationId } from '../../core/ids.ts'
import { parseJson } from '../../core/sealing/signed.ts'
import type { Blobs } from '../keys/blobs.ts'

const listingShape = v.object({
  localCode: v.nullable(v.string()),
  subject: v.nullable(v.string()),
  volunteer: v.nullable(v.string()),
  officialCode: v.nullable(v.string()),
  resultOn: v.nullable(v.string()),
})

export type Listing = v.InferOutput<typeof listingShape>

export const emptyListing: Listing = { localCode: null, subject: null, volunteer: null, officialCode: null, resultOn: null }

const place = (id: ApplicationId): string => `cases/listing/${id}`

/** The blob of a listing. */
export function lockListing(blobs: Blobs, id: ApplicationId, listing: Listing): Buffer {
  return blobs.lock(JSON.stringify(listing), place(id))
}

/** The listing again; empty for a case that has none or whose blob is not its own. */
export function unlockListing(blobs: Blobs, id: ApplicationId, blob: Buffer | null): Listing {
  return (blob === null ? null : parseJson(blobs.unlock(blob, place(id)), listingShape)) ?? emptyListing
}
