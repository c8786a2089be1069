/**
 * Enrolling a tablet: the device proves that it holds its key, and two people compare six words before an officer
 * confirms. The words are a slow hash of both keys, so that somebody in between cannot search for keys that give the
 * same words while the two people look at each other.
 *
 * A tablet that lost its database lost its key with it, not what that key had sealed. It names the keys it had before: an
 * office that was put back from a backup may have forgotten them, and could not tell who sealed those applications.
 */
import * as v from 'valibot'
import { base64url, utf8 } from '../bytes.ts'
import { isDeviceId, type DeviceId } from '../ids.ts'
import { sha256 } from './digest.ts'
import { thumbprint, type KeyHandle, type PublicJwk } from './keys.ts'
import { signStatement, verifyStatement } from './signed.ts'
import { words } from './words.ts'

/** How many keys that a tablet had before its present one are named. Nobody's tablet loses its database that often. */
export const mostFormerKeys = 8

const enrolShape = v.object({
  /** SHA-256 of the one-time ticket or typed code: the proof is worthless for any other. */
  ticket: v.string(),
  device: v.custom<DeviceId>((value) => typeof value === 'string' && isDeviceId(value)),
  /** Thumbprints of the keys it had before, in the order in which they are handed in; absent when there were none. */
  former: v.optional(v.array(v.string()), []),
})

/** The device's proof of possession for one ticket, and its word for the keys it had before. */
export async function signEnrolment(ticket: string, device: DeviceId, key: KeyHandle, former: readonly PublicJwk[] = []): Promise<string> {
  const named = former.length === 0 ? {} : { former: await Promise.all(former.map(thumbprint)) }
  return signStatement('tiepsuc-enrol+jws', { ticket: await sha256(utf8(ticket)), device, ...named }, key)
}

/** True when the holder of `jwk` signed for exactly this ticket and exactly these former keys. */
export async function verifyEnrolment(statement: string, ticket: string, jwk: PublicJwk, former: readonly PublicJwk[] = []): Promise<boolean> {
  const claims = await verifyStatement(statement, 'tiepsuc-enrol+jws', jwk, enrolShape)
  if (claims?.device !== (await thumbprint(jwk)) || claims.ticket !== (await sha256(utf8(ticket)))) return false
  return claims.former.join() === (await Promise.all(former.map(thumbprint))).join()
}

/** 200,000 rounds: a tenth of a second for two honest screens, days for somebody who searches 2^24 keys on each side. */
const wordRounds = 200_000

/** The six words that tablet and desk show for a root key and a device key. */
export async function sixWords(root: PublicJwk, device: DeviceId): Promise<readonly string[]> {
  const secret = await crypto.subtle.importKey('raw', utf8(`${await thumbprint(root)}.${device}`), 'PBKDF2', false, ['deriveBits'])
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt: utf8('tiepsuc six words'), iterations: wordRounds },
    secret,
    48,
  )
  return Array.from(new Uint8Array(bits), (byte) => words[byte] ?? base64url(new Uint8Array([byte])))
}
