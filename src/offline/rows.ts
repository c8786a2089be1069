/**
 * Shapes of the rows in IndexedDB. A row is outside text: it is parsed whenever it is read. No row holds a citizen's word
 * in the clear (invariant 4), and none but the device's own holds a key object.
 */
import * as v from 'valibot'
import type { Bytes } from '../../core/bytes.ts'
import { isFailureKind, type FailureKind } from '../../core/failures.ts'
import { isApplicationId, isDeviceId, isDigest, isEpochId, isPackRef, isVolunteerId, type ApplicationId, type DeviceId, type Digest, type EpochId, type PackRef, type VolunteerId } from '../../core/ids.ts'
import { publicJwkShape, type KeyHandle } from '../../core/sealing/keys.ts'
import { ledgerMarkShape } from '../../core/sealing/outcome.ts'
import { deviceStateShape } from '../../core/wire/people.ts'

const text = <T extends string>(is: (value: string) => value is T) => v.custom<T>((value) => typeof value === 'string' && is(value))
const applicationId = text<ApplicationId>(isApplicationId)
const deviceId = text<DeviceId>(isDeviceId)
const digest = text<Digest>(isDigest)
const pack = text<PackRef>(isPackRef)
const volunteerId = text<VolunteerId>(isVolunteerId)
const failureKind = text<FailureKind>(isFailureKind)
const bytes = v.custom<Bytes>((value) => value instanceof Uint8Array)
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const at = v.pipe(v.string(), v.isoTimestamp())
const keyHandle = v.custom<KeyHandle>((value) => typeof value === 'object' && value !== null && 'algorithm' in value && 'usages' in value)

/** One ciphertext: AES-256-GCM, 96 bits of nonce, tag at the end. */
export const ciphertextShape = v.object({ iv: bytes, bytes })
export type Ciphertext = v.InferOutput<typeof ciphertextShape>

/** The tablet's own key. No rows but this and the next hold a key object. */
export const identityRowShape = v.object({ name: v.literal('identity'), device: deviceId, publicJwk: publicJwkShape, privateKey: keyHandle })
/** The key that becomes the tablet's own once the office has taken a ticket for it; until then it seals nothing. */
export const nextIdentityRowShape = v.object({ ...identityRowShape.entries, name: v.literal('nextIdentity') })
/** What the office said about this tablet, and the office's pinned keys. */
export const officeRowShape = v.object({
  name: v.literal('office'),
  device: deviceId,
  number: v.string(),
  state: deviceStateShape,
  words: v.array(v.string()),
  root: publicJwkShape,
  keySet: v.string(),
})
/** The office's public keys of a tablet whose own key is gone: what it sealed still goes out and is settled. */
export const pinnedRowShape = v.object({ name: v.literal('pinned'), root: publicJwkShape, keySet: v.string() })
/** How many applications this device has finalised. */
export const sequenceRowShape = v.object({ name: v.literal('sequence'), device: deviceId, last: count })

export const vaultRowShape = v.object({
  id: volunteerId,
  name: v.string(),
  number: v.string(),
  badge: v.string(),
  badgeExpiresAt: at,
  kdf: v.object({ kind: v.literal('argon2id'), memoryKiB: count, passes: count, salt: bytes }),
  wrappedKey: ciphertextShape,
  createdAt: at,
})

export const draftRowShape = v.object({
  id: applicationId,
  owner: volunteerId,
  pack,
  packDigest: v.string(),
  version: count,
  startedAt: at,
  updatedAt: at,
  inReplyTo: v.nullable(applicationId),
  /** The draft's key under the vault key. */
  wrappedKey: ciphertextShape,
  /** The draft's key for the offline escrow key. */
  escrowKey: v.string(),
  /** Answers and the rest, under the draft's key. */
  content: ciphertextShape,
  /** The line of the list, under the vault key. */
  label: ciphertextShape,
  /** Names of the parts of its photos, so that a locked tablet knows who needs them; rows of older versions have none. */
  parts: v.optional(v.array(v.string()), []),
})

export const itemStateShape = v.picklist(['queued', 'received', 'complete', 'refused', 'disputed'])

export const itemRowShape = v.object({
  id: applicationId,
  device: deviceId,
  digest,
  pack,
  localCode: v.string(),
  sequence: count,
  state: itemStateShape,
  queuedAt: at,
  sizeBytes: count,
  fitsCarrier: v.boolean(),
  parts: v.array(v.string()),
  /** Announced parts that the office lacks; null when it was never asked. */
  missing: v.nullable(v.array(v.string())),
  /** The newest verified outcome, as signed. */
  outcome: v.nullable(v.string()),
  reason: v.nullable(v.string()),
  note: v.nullable(v.object({ kind: failureKind, attempts: count, nextAt: v.nullable(at) })),
  settledAt: v.nullable(at),
  /** When it was last written to a file; a note for people, never a state. Rows of older versions have none. */
  exportedAt: v.optional(v.nullable(at), null),
  /** False once the sealed bytes were given up, which happens only after `complete`. */
  held: v.boolean(),
  /** Since when, without a break and in which epoch, the office says that a verified backup holds it; rows of older versions have none. */
  covered: v.optional(v.object({ epoch: text<EpochId>(isEpochId), at })),
  /** When the restore was noticed after which it was offered again. */
  offeredAgainAt: v.optional(at),
  /** True when the office lost it after this tablet had given up the bytes: only people can help then. */
  gone: v.optional(v.boolean()),
})

export const envelopeRowShape = v.object({ id: applicationId, envelope: v.string(), header: v.string() })

export const caseRowShape = v.object({ id: applicationId, owner: volunteerId, stub: ciphertextShape })

export const visitRowShape = v.object({ owner: volunteerId, version: count, visit: ciphertextShape })

/** The second copy of a part just written, until its file has settled. Ciphertext, like the file. */
export const freshPartRowShape = v.object({ name: v.string(), bytes, writtenAtMs: v.number() })

export const feedEventRowShape = v.object({ generation: count, seq: count, id: applicationId, at, sealed: v.string() })

export const packRowShape = v.object({ pack, digest: v.string(), statement: v.string(), current: v.boolean(), addedAt: at })

/** Where the office's ledger stood, and how many times this tablet has begun the feed anew. */
export const feedMarkShape = v.object({
  name: v.literal('feed'),
  ledger: v.nullable(ledgerMarkShape),
  generation: count,
  cursor: count,
})
/** The last restore of the office that was noticed here. `asking` until the office has answered about everything. */
export const restoredMarkShape = v.object({ name: v.literal('restored'), round: count, at, asking: v.boolean() })

export const roadMarkShape = v.object({
  name: v.literal('road'),
  state: v.picklist(['unknown', 'reachable', 'unreachable', 'portal', 'paused', 'waiting']),
  because: v.nullable(failureKind),
  lastReachedAt: v.nullable(at),
})

/** Packs that this version of the app could not read when they came. */
export const tooNewMarkShape = v.object({ name: v.literal('packsTooNew'), packs: v.array(pack) })
export const partsMarkShape = v.object({ name: v.literal('parts'), paused: v.boolean() })
/** What the last signed-in request was refused for, when a person has to do something about it. */
export const signInMarkShape = v.object({ name: v.literal('signIn'), refusal: v.nullable(v.picklist(['notSignedIn', 'updateNeeded'])) })

export type IdentityRow = v.InferOutput<typeof identityRowShape>
export type NextIdentityRow = v.InferOutput<typeof nextIdentityRowShape>
export type OfficeRow = v.InferOutput<typeof officeRowShape>
export type SequenceRow = v.InferOutput<typeof sequenceRowShape>
export type VaultRow = v.InferOutput<typeof vaultRowShape>
export type DraftRowStored = v.InferOutput<typeof draftRowShape>
export type ItemRow = v.InferOutput<typeof itemRowShape>
export type EnvelopeRow = v.InferOutput<typeof envelopeRowShape>
export type CaseRow = v.InferOutput<typeof caseRowShape>
export type VisitRow = v.InferOutput<typeof visitRowShape>
export type FreshPartRow = v.InferOutput<typeof freshPartRowShape>
export type FeedEventRow = v.InferOutput<typeof feedEventRowShape>
export type PackRow = v.InferOutput<typeof packRowShape>
export type FeedMark = v.InferOutput<typeof feedMarkShape>
export type RestoredMark = v.InferOutput<typeof restoredMarkShape>
export type SignInRefusal = v.InferOutput<typeof signInMarkShape>['refusal']
export type RoadMark = v.InferOutput<typeof roadMarkShape>

/** A row of a given shape, or null: absent, or damaged and therefore left alone. */
export function readRow<S extends v.GenericSchema>(shape: S, row: unknown): v.InferOutput<S> | null {
  const parsed = v.safeParse(shape, row)
  return parsed.success ? parsed.output : null
}

/** The readable rows of a list. A damaged row stays on disk and hides nobody else. */
export function readRows<S extends v.GenericSchema>(shape: S, rows: readonly unknown[]): v.InferOutput<S>[] {
  return rows.flatMap((row) => {
    const parsed = v.safeParse(shape, row)
    return parsed.success ? [parsed.output] : []
  })
}
