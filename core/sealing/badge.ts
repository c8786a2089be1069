/**
 * A volunteer's badge: the office says that this volunteer may fill applications on this device. It travels inside every
 * sealed application. It proves an unlocked vault on that device, not a signature by the person; an expired or revoked
 * badge is a mark for the officer, never a refusal.
 */
import * as v from 'valibot'
import { isDeviceId, isVolunteerId, type DeviceId, type VolunteerId } from '../ids.ts'
import type { KeyHandle } from './keys.ts'
import { signerOf, type KeySet } from './keySet.ts'
import { signStatement, verifyStatement } from './signed.ts'

const badgeShape = v.object({
  sub: v.custom<VolunteerId>((value) => typeof value === 'string' && isVolunteerId(value)),
  name: v.string(),
  /** The volunteer's number, such as "TNV-007". */
  number: v.string(),
  cnf: v.object({ jkt: v.custom<DeviceId>((value) => typeof value === 'string' && isDeviceId(value)) }),
  /** Seconds since 1970, as JWT wants them. */
  iat: v.number(),
  exp: v.number(),
})

export type Badge = v.InferOutput<typeof badgeShape>

/** Signs a badge with the office's signing key. */
export async function signBadge(badge: Badge, key: KeyHandle, kid: string): Promise<string> {
  return signStatement('tiepsuc-badge+jwt', badge, key, { kid })
}

/** A badge that this office signed; its dates and device are judged by the caller. */
export async function verifyBadge(statement: string, keySet: KeySet): Promise<Badge | null> {
  const signer = await signerOf(statement, keySet)
  return signer === null ? null : verifyStatement(statement, 'tiepsuc-badge+jwt', signer, badgeShape)
}
