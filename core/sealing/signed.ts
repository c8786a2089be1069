/**
 * Signed statements: compact JWS, ES256 only, each sort with a `typ` of its own, both checked. A statement of one sort can
 * never be taken for another, and no header can choose the algorithm.
 */
import { CompactSign, compactVerify, decodeProtectedHeader, errors } from 'jose'
import * as v from 'valibot'
import { textOf, utf8 } from '../bytes.ts'
import { canonical } from '../canonical.ts'
import { deepestJson, isDeeperThan } from '../depth.ts'
import { importVerifyingKey, type KeyHandle, type PublicJwk } from './keys.ts'

export type StatementType =
  | 'tiepsuc-header+jws'
  | 'tiepsuc-outcome+jws'
  | 'tiepsuc-keys+jws'
  | 'tiepsuc-badge+jwt'
  | 'tiepsuc-pack+jws'
  | 'tiepsuc-packs+jws'
  | 'tiepsuc-catalogue+jws'
  | 'tiepsuc-feed+jws'
  | 'tiepsuc-holdings+jws'
  | 'tiepsuc-backup+jws'
  | 'tiepsuc-enrol+jws'
  | 'dpop+jwt'

/** Signs the canonical text of `claims`. `extra` goes into the protected header. */
export async function signStatement(
  typ: StatementType,
  claims: object,
  key: KeyHandle,
  extra: { kid?: string; jwk?: PublicJwk } = {},
): Promise<string> {
  return new CompactSign(utf8(canonical(claims))).setProtectedHeader({ alg: 'ES256', typ, ...extra }).sign(key)
}

/** The claims of a statement whose signature, algorithm, type and shape all hold; otherwise null. */
export async function verifyStatement<S extends v.GenericSchema>(
  statement: string,
  typ: StatementType,
  jwk: PublicJwk,
  shape: S,
): Promise<v.InferOutput<S> | null> {
  try {
    const verified = await compactVerify(statement, await importVerifyingKey(jwk), { algorithms: ['ES256'] })
    if (verified.protectedHeader.typ !== typ) return null
    return parseJson(textOf(verified.payload), shape)
  } catch (cause) {
    if (isForgery(cause)) return null
    throw cause
  }
}

/** The `kid` and `jwk` that a statement names, unverified; null when it is no compact JWS. */
export function namedKey(statement: string): { kid?: string; jwk?: unknown } | null {
  try {
    const { kid, jwk } = decodeProtectedHeader(statement)
    return { ...(typeof kid === 'string' ? { kid } : {}), ...(jwk === undefined ? {} : { jwk }) }
  } catch (cause) {
    if (cause instanceof TypeError || cause instanceof errors.JOSEError) return null
    throw cause
  }
}

/** JSON text of a given shape, or null; also for what is nested so deep that it could not be written again. */
export function parseJson<S extends v.GenericSchema>(text: string | null, shape: S): v.InferOutput<S> | null {
  if (text === null) return null
  try {
    const value: unknown = JSON.parse(text)
    if (isDeeperThan(value, deepestJson)) return null
    const parsed = v.safeParse(shape, value)
    return parsed.success ? parsed.output : null
  } catch (cause) {
    if (cause instanceof SyntaxError) return null
    throw cause
  }
}

/** jose reports a bad signature, a foreign algorithm or a cut text as JOSEError, a bad point as DataError or TypeError. */
function isForgery(cause: unknown): boolean {
  if (cause instanceof errors.JOSEError || cause instanceof TypeError) return true
  return cause instanceof Error && (cause.name === 'DataError' || cause.name === 'OperationError')
}
