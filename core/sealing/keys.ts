/**
 * Keys and how they are named. Every key is P-256; its name (`kid`) is its RFC 7638 thumbprint, so that a name cannot be
 * given to another key. Private keys reach this folder only as handles made by `importSigningKey` and `importOpeningKey`.
 */
import { calculateJwkThumbprint, generateKeyPair, exportJWK, importJWK, type CryptoKey } from 'jose'
import * as v from 'valibot'
import { branded, isDeviceId, type DeviceId } from '../ids.ts'

/** A handle of the platform; the name `CryptoKey` is not known in every world that core compiles for. */
export type KeyHandle = CryptoKey

const coordinate = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))

export const publicJwkShape = v.object({
  kty: v.literal('EC'),
  crv: v.literal('P-256'),
  x: coordinate,
  y: coordinate,
})
export const privateJwkShape = v.object({ ...publicJwkShape.entries, d: coordinate })

export type PublicJwk = v.InferOutput<typeof publicJwkShape>
export type PrivateJwk = v.InferOutput<typeof privateJwkShape>

/** The name of a key: SHA-256 over its canonical public members. */
export async function thumbprint(jwk: PublicJwk): Promise<string> {
  const { kty, crv, x, y } = jwk
  return calculateJwkThumbprint({ kty, crv, x, y }, 'sha256')
}

/** The id under which the office knows a device. */
export async function deviceIdOf(jwk: PublicJwk): Promise<DeviceId> {
  return branded(await thumbprint(jwk), isDeviceId)
}

/** The public half of a private key. */
export function publicHalf({ kty, crv, x, y }: PrivateJwk): PublicJwk {
  return { kty, crv, x, y }
}

/** A key for checking ES256 signatures. Throws when the point is not on the curve. */
export async function importVerifyingKey(jwk: PublicJwk): Promise<KeyHandle> {
  return handle(await importJWK({ ...jwk, alg: 'ES256' }, 'ES256'))
}

/** A key for making ES256 signatures. */
export async function importSigningKey(jwk: PrivateJwk): Promise<KeyHandle> {
  return handle(await importJWK({ ...jwk, alg: 'ES256' }, 'ES256'))
}

/** A key to which applications are sealed. */
export async function importSealingKey(jwk: PublicJwk): Promise<KeyHandle> {
  return handle(await importJWK({ ...jwk, alg: 'ECDH-ES+A256KW' }, 'ECDH-ES+A256KW'))
}

/** A key that opens what was sealed to its public half. */
export async function importOpeningKey(jwk: PrivateJwk): Promise<KeyHandle> {
  return handle(await importJWK({ ...jwk, alg: 'ECDH-ES+A256KW' }, 'ECDH-ES+A256KW'))
}

/** A new key pair as JWKs, for the office's keys. The tablet makes its own with `generateDeviceKey`. */
export async function generateKeys(purpose: 'sign' | 'open'): Promise<{ publicJwk: PublicJwk; privateJwk: PrivateJwk }> {
  const alg = purpose === 'sign' ? 'ES256' : 'ECDH-ES+A256KW'
  const pair = await generateKeyPair(alg, { crv: 'P-256', extractable: true })
  const privateJwk = v.parse(privateJwkShape, await exportJWK(pair.privateKey))
  return { publicJwk: publicHalf(privateJwk), privateJwk }
}

/** A device's signing key. Its private half cannot be exported: a defence against script theft, not against a copied disk. */
export async function generateDeviceKey(): Promise<{ publicJwk: PublicJwk; privateKey: KeyHandle; device: DeviceId }> {
  const pair = await generateKeyPair('ES256', { extractable: false })
  const publicJwk = v.parse(publicJwkShape, await exportJWK(pair.publicKey))
  return { publicJwk, privateKey: pair.privateKey, device: await deviceIdOf(publicJwk) }
}

function handle(imported: CryptoKey | Uint8Array): KeyHandle {
  if (imported instanceof Uint8Array) throw new TypeError('an EC key never imports as bytes')
  return imported
}
