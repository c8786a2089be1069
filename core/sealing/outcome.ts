/**
 * The office's signed word about one envelope. Only a verified outcome changes the state of an item on a tablet; a status
 * code, a redirect or a friendly page never does. Each carries epoch and ledger head, by which a tablet notices that the
 * office was restored from a backup.
 */
import * as v from 'valibot'
import { isApplicationId, isDeviceId, isDigest, isEpochId, type ApplicationId, type DeviceId, type Digest, type EpochId } from '../ids.ts'
import type { KeyHandle } from './keys.ts'
import { signerOf, type KeySet } from './keySet.ts'
import { signStatement, verifyStatement } from './signed.ts'

export const ledgerMarkShape = v.object({
  epoch: v.object({
    id: v.custom<EpochId>((value) => typeof value === 'string' && isEpochId(value)),
    number: v.pipe(v.number(), v.integer(), v.minValue(1)),
  }),
  /** Number of the newest event in the office's ledger when this was signed. */
  head: v.pipe(v.number(), v.integer(), v.minValue(0)),
})

/** Where the office's ledger stood. */
export type LedgerMark = v.InferOutput<typeof ledgerMarkShape>

const outcomeShape = v.object({
  ...ledgerMarkShape.entries,
  /** received: text is here, parts are missing. complete: all is here. refused, disputed: a person decides. */
  kind: v.picklist(['received', 'complete', 'refused', 'disputed']),
  id: v.custom<ApplicationId>((value) => typeof value === 'string' && isApplicationId(value)),
  digest: v.custom<Digest>((value) => typeof value === 'string' && isDigest(value)),
  device: v.custom<DeviceId>((value) => typeof value === 'string' && isDeviceId(value)),
  /** A failure kind; present on refused and disputed. */
  reason: v.optional(v.string()),
  at: v.pipe(v.string(), v.isoTimestamp()),
})

export type Outcome = v.InferOutput<typeof outcomeShape>
export type OutcomeKind = Outcome['kind']

/** Signs an outcome; `kid` names the office's signing key. */
export async function signOutcome(outcome: Outcome, key: KeyHandle, kid: string): Promise<string> {
  return signStatement('tiepsuc-outcome+jws', outcome, key, { kid })
}

/** The outcome, when a signing key of the pinned office signed it and it speaks of exactly this id, digest and device. */
export async function verifyOutcome(
  statement: string,
  keySet: KeySet,
  about: { id: ApplicationId; digest: Digest; device: DeviceId },
): Promise<Outcome | null> {
  const signer = await signerOf(statement, keySet)
  const outcome = signer && (await verifyStatement(statement, 'tiepsuc-outcome+jws', signer, outcomeShape))
  if (!outcome) return null
  const same = outcome.id === about.id && outcome.digest === about.digest && outcome.device === about.device
  return same ? outcome : null
}
