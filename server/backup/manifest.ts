/**
 * What a backup says it is: which office, epoch and ledger head, and the digest of every file. Signed by the office, so that
 * pieces of two backups or of two offices are never put together. It is readable without the escrow key, and holds nothing
 * of a citizen.
 */
import * as v from 'valibot'
import { isDigest, isEpochId, type Digest, type EpochId } from '../../core/ids.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { publicJwkShape, type KeyHandle } from '../../core/sealing/keys.ts'
import { signerOf, verifyKeySet, type KeySet } from '../../core/sealing/keySet.ts'
import { parseJson, signStatement, verifyStatement } from '../../core/sealing/signed.ts'
import { fromBase64url, textOf } from '../../core/bytes.ts'

/** Raised when an older office could not put a backup back. */
const newestFormat = 2

/** The format of a backup: one that lacks parts needs an office that knows of such. */
export const formatOf = (missing: readonly unknown[]): 1 | 2 => (missing.length === 0 ? 1 : newestFormat)

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const tableName = v.pipe(v.string(), v.regex(/^[a-z_]{1,63}$/))
const columnName = v.pipe(v.string(), v.regex(/^[A-Za-z_]{1,63}$/))
const partName = v.custom<Digest>((name) => typeof name === 'string' && isDigest(name))
const factsShape = { sizeBytes: count, sha256: v.pipe(v.string(), v.length(43)), lines: count }

const manifestShape = v.object({
  format: v.picklist([1, newestFormat]),
  office: v.object({ name: v.string(), unit: v.string() }),
  root: publicJwkShape,
  keySet: v.string(),
  epoch: v.object({ id: v.custom<EpochId>((id) => typeof id === 'string' && isEpochId(id)), number: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
  /** Number of the newest event in the ledger. */
  head: count,
  /** When the snapshot was taken. */
  at: v.pipe(v.string(), v.isoTimestamp()),
  /** Name of the newest migration of the database. */
  schema: v.pipe(v.string(), v.regex(/^[0-9a-z-]{1,63}$/)),
  /** SHA-256 of the file that holds the backup's key, sealed to escrow. */
  key: v.pipe(v.string(), v.length(43)),
  /** In the order in which they can be put back. */
  tables: v.array(v.object({ name: tableName, columns: v.pipe(v.array(columnName), v.minLength(1)), ...factsShape })),
  /** The online keys. */
  keys: v.object(factsShape),
  /** Those that are in it, and the names of those that the office counted as stored and had lost. */
  parts: v.object({ count, sizeBytes: count, missing: v.optional(v.array(partName), []) }),
})

export type Manifest = v.InferOutput<typeof manifestShape>
export type TableFacts = Manifest['tables'][number]

/** Signs a manifest. */
export async function signManifest(manifest: Manifest, key: KeyHandle, kid: string): Promise<string> {
  return signStatement('tiepsuc-backup+jws', manifest, key, { kid })
}

export interface ReadManifest {
  readonly manifest: Manifest
  readonly keySet: KeySet
}

/** A manifest whose signature, key set and root belong together; or the sentence that says what it is instead. */
export async function verifyManifest(statement: string): Promise<Result<ReadManifest, string>> {
  const claimed = claimsOf(statement)
  if (claimed !== null && claimed.format > newestFormat) return fail('This backup was made by a newer version of Tiếp Sức: put it back with that version or a newer one.')
  const changed = fail('The manifest of this backup is cut or changed.')
  const keySet = claimed && (await verifyKeySet(claimed.keySet, claimed.root))
  if (!keySet?.ok) return changed
  const signer = await signerOf(statement, keySet.value)
  const manifest = signer && (await verifyStatement(statement, 'tiepsuc-backup+jws', signer, manifestShape))
  return manifest ? ok({ manifest, keySet: keySet.value }) : changed
}

const claimedShape = v.looseObject({ format: v.number(), root: publicJwkShape, keySet: v.string() })

/** What a manifest claims, unverified. */
export function claimsOf(statement: string): v.InferOutput<typeof claimedShape> | null {
  const bytes = fromBase64url(statement.split('.')[1] ?? '')
  return parseJson(bytes && textOf(bytes), claimedShape)
}
