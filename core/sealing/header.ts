/**
 * The device's word about an envelope: id, digest, device, pack, parts and its own sequence number, signed on the device.
 * Anybody may carry the bytes; this signature is what authorises them.
 */
import * as v from 'valibot'
import { fromBase64url, textOf } from '../bytes.ts'
import { isApplicationId, isDeviceId, isDigest, isPackRef, type ApplicationId, type DeviceId, type Digest, type PackRef } from '../ids.ts'
import { maxSequence } from '../identity/localCode.ts'
import { partsDigest } from './digest.ts'
import type { KeyHandle, PublicJwk } from './keys.ts'
import type { SealedFor } from './seal.ts'
import { namedKey, parseJson, signStatement, verifyStatement } from './signed.ts'

export const headerVersion = 1

const partName = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))

const headerShape = v.object({
  v: v.literal(headerVersion),
  id: v.custom<ApplicationId>((value) => typeof value === 'string' && isApplicationId(value)),
  digest: v.custom<Digest>((value) => typeof value === 'string' && isDigest(value)),
  device: v.custom<DeviceId>((value) => typeof value === 'string' && isDeviceId(value)),
  pack: v.custom<PackRef>((value) => typeof value === 'string' && isPackRef(value)),
  /** Names of the parts in order: SHA-256 of each part's ciphertext. */
  parts: v.pipe(v.array(partName), v.maxLength(4096)),
  /** How many applications this device has finalised, this one included. Gaps are shown at the office, never refused. */
  seq: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxSequence)),
})

export type EnvelopeHeader = v.InferOutput<typeof headerShape>

/** Signs a header with the device's key. */
export async function signHeader(header: Omit<EnvelopeHeader, 'v'>, key: KeyHandle): Promise<string> {
  return signStatement('tiepsuc-header+jws', { v: headerVersion, ...header }, key, { kid: header.device })
}

/** The device that a header claims to come from, unverified; null when the text is no header. */
export function claimedDevice(header: string): DeviceId | null {
  const kid = namedKey(header)?.kid
  return kid !== undefined && isDeviceId(kid) ? kid : null
}

/** What a header claims, unverified: enough to tell a whole copy from a foreign one. Only the office knows the device's key. */
export function claimedHeader(header: string): EnvelopeHeader | null {
  const claims = fromBase64url(header.split('.')[1] ?? '')
  return parseJson(claims && textOf(claims), headerShape)
}

/** The version that a header claims, unverified; null when the text is no header. One above ours is for a later office. */
export function claimedVersion(header: string): number | null {
  const claims = fromBase64url(header.split('.')[1] ?? '')
  return parseJson(claims && textOf(claims), v.object({ v: v.number() }))?.v ?? null
}

/** The header, when `device`'s key signed it and it names that very device. */
export async function verifyHeader(header: string, device: DeviceId, jwk: PublicJwk): Promise<EnvelopeHeader | null> {
  const read = await verifyStatement(header, 'tiepsuc-header+jws', jwk, headerShape)
  return read !== null && read.device === device ? read : null
}

/** The member in which a signed header and a protected header differ, or null when they say the same. */
export async function differs(header: EnvelopeHeader, sealed: SealedFor): Promise<'id' | 'device' | 'pack' | 'parts' | null> {
  if (header.id !== sealed.id) return 'id'
  if (header.device !== sealed.device) return 'device'
  if (header.pack !== sealed.pack) return 'pack'
  return (await partsDigest(header.parts)) === sealed.parts ? null : 'parts'
}
