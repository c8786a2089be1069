/** Looks at an envelope from outside, without a key: who sent it, what was signed, what the protected header says. */
import * as v from 'valibot'
import type { Failure } from '../../core/failures.ts'
import type { Digest } from '../../core/ids.ts'
import type { Result } from '../../core/result.ts'
import { digestOf } from '../../core/sealing/digest.ts'
import { claimedDevice, differs, headerVersion, verifyHeader, type EnvelopeHeader } from '../../core/sealing/header.ts'
import { readProtected } from '../../core/sealing/open.ts'
import type { SealedFor } from '../../core/sealing/seal.ts'
import { verifyStatement } from '../../core/sealing/signed.ts'
import type { Envelope } from '../../core/wire/envelope.ts'
import { findDevice, type KnownDevice } from '../people/devices.ts'
import type { Database } from '../postgres/database.ts'

/** Everything that can be known of an envelope without opening it. */
export interface Seen {
  readonly device: KnownDevice | null
  /** The header as the device signed it; 'future' when a newer tablet wrote it; null when the signature is wrong. */
  readonly header: EnvelopeHeader | 'future' | null
  readonly digest: Digest
  readonly sealedFor: Result<SealedFor, Failure<'malformed' | 'wireVersionUnknown'>>
  /** The member in which header and protected header differ. */
  readonly difference: 'id' | 'device' | 'pack' | 'parts' | null
}

/** Examines an envelope; reads the device's row and nothing else. */
export async function examine(db: Database, envelope: Envelope): Promise<Seen> {
  const claimed = claimedDevice(envelope.header)
  const device = claimed === null ? null : await findDevice(db, claimed)
  const digest = await digestOf(envelope.envelope)
  const sealedFor = readProtected(envelope.envelope)
  const header = device === null ? null : await readHeader(envelope.header, device)
  const difference = header !== null && header !== 'future' && sealedFor.ok ? await differs(header, sealedFor.value) : null
  return { device, header, digest, sealedFor, difference }
}

async function readHeader(header: string, { id, jwk }: KnownDevice): Promise<EnvelopeHeader | 'future' | null> {
  const read = await verifyHeader(header, id, jwk)
  if (read !== null) return read
  const versioned = await verifyStatement(header, 'tiepsuc-header+jws', jwk, v.object({ v: v.number() }))
  return versioned !== null && versioned.v !== headerVersion ? 'future' : null
}
