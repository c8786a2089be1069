/**
 * The office's public keys, numbered and signed by its offline root. A tablet pins the root at enrolment and refuses a key
 * set with a lower number; an expired one warns and never stops sealing. Old signing keys stay listed for ever, since
 * outcomes signed with them must keep verifying.
 */
import * as v from 'valibot'
import { type Failure, failure } from '../failures.ts'
import { fail, ok, type Result } from '../result.ts'
import { publicJwkShape, thumbprint, type KeyHandle, type PublicJwk } from './keys.ts'
import { namedKey, signStatement, verifyStatement } from './signed.ts'

const keySetShape = v.object({
  number: v.pipe(v.number(), v.integer(), v.minValue(1)),
  issuedAt: v.pipe(v.string(), v.isoTimestamp()),
  expiresAt: v.pipe(v.string(), v.isoTimestamp()),
  office: v.object({ name: v.string(), unit: v.string() }),
  /** The key that applications are sealed to. */
  working: publicJwkShape,
  /** The offline second recipient. */
  escrow: publicJwkShape,
  /** Keys that sign outcomes, badges, packs and feeds; the first one is in use. */
  signing: v.pipe(v.array(publicJwkShape), v.minLength(1)),
})

export type KeySet = v.InferOutput<typeof keySetShape>

/** Signs a key set with the root key. */
export async function signKeySet(keySet: KeySet, root: KeyHandle): Promise<string> {
  return signStatement('tiepsuc-keys+jws', keySet, root)
}

/** A key set that the pinned root signed and whose number is not below `atLeast`. */
export async function verifyKeySet(
  statement: string,
  root: PublicJwk,
  atLeast = 1,
): Promise<Result<KeySet, Failure<'keySetInvalid' | 'keySetOlder'>>> {
  const keySet = await verifyStatement(statement, 'tiepsuc-keys+jws', root, keySetShape)
  if (keySet === null) return fail(failure('keySetInvalid'))
  if (keySet.number < atLeast) return fail(failure('keySetOlder', `${keySet.number} below ${atLeast}`))
  return ok(keySet)
}

/** The signing key of a key set that a statement names by `kid`, or null. */
export async function signerOf(statement: string, keySet: KeySet): Promise<PublicJwk | null> {
  const kid = namedKey(statement)?.kid
  for (const jwk of keySet.signing) if ((await thumbprint(jwk)) === kid) return jwk
  return null
}
