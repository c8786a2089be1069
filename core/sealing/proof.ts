/**
 * Proof that a signed-in request comes from a device: DPoP (RFC 9449), plus the SHA-256 of the body as a claim. Freshness
 * comes only from the office's nonce; `iat` is there because the RFC wants it and is not judged, since tablets' clocks are
 * often wrong.
 */
import * as v from 'valibot'
import type { DeviceId } from '../ids.ts'
import { sha256 } from './digest.ts'
import { deviceIdOf, publicJwkShape, type KeyHandle, type PublicJwk } from './keys.ts'
import { namedKey, signStatement, verifyStatement } from './signed.ts'

const proofShape = v.object({
  /** Letters that every store can keep: it is remembered for as long as its nonce lives. */
  jti: v.pipe(v.string(), v.regex(/^[\x21-\x7e]{16,64}$/)),
  htm: v.string(),
  htu: v.string(),
  iat: v.number(),
  nonce: v.string(),
  /** SHA-256 of the body; of nothing when there is no body. */
  body: v.string(),
})

export type Proof = v.InferOutput<typeof proofShape>

/** Signs a proof for one request. `url` loses its query and fragment, as RFC 9449 says of `htu`. */
export async function makeProof(
  request: { method: string; url: string; body: Uint8Array<ArrayBuffer>; nonce: string; jti: string; atMs: number },
  key: KeyHandle,
  publicJwk: PublicJwk,
): Promise<string> {
  const { origin, pathname } = new URL(request.url)
  return signStatement(
    'dpop+jwt',
    {
      jti: request.jti,
      htm: request.method,
      htu: `${origin}${pathname}`,
      iat: Math.floor(request.atMs / 1000),
      nonce: request.nonce,
      body: await sha256(request.body),
    },
    key,
    { jwk: publicJwk },
  )
}

/**
 * The proof and the device that made it. Method, address and body must be those of the request; nonce and jti are for the
 * caller to judge. Null for anything else.
 */
export async function verifyProof(
  statement: string,
  request: { method: string; path: string; origins: readonly string[]; body: Uint8Array<ArrayBuffer> },
): Promise<{ device: DeviceId; jwk: PublicJwk; proof: Proof } | null> {
  const jwk = v.safeParse(publicJwkShape, namedKey(statement)?.jwk)
  if (!jwk.success) return null
  const proof = await verifyStatement(statement, 'dpop+jwt', jwk.output, proofShape)
  if (proof?.htm !== request.method) return null
  if (!request.origins.some((origin) => proof.htu === `${origin}${request.path}`)) return null
  if (proof.body !== (await sha256(request.body))) return null
  return { device: await deviceIdOf(jwk.output), jwk: jwk.output, proof }
}
