/**
 * Names of things that tablet and office exchange. Each id is a branded text, so that one cannot be taken for another.
 */
import { base64url } from './bytes.ts'

declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

/** UUIDv7 minted when a draft begins; the idempotency key of an application. Never a capability. */
export type ApplicationId = Branded<'ApplicationId'>
/** RFC 7638 thumbprint (SHA-256, base64url) of a device's public signing key. */
export type DeviceId = Branded<'DeviceId'>
/** SHA-256 (base64url) over the exact UTF-8 bytes of a sealed application. */
export type Digest = Branded<'Digest'>
/** UUIDv7 of a volunteer at the office. */
export type VolunteerId = Branded<'VolunteerId'>
/** UUIDv7 that changes whenever the office is restored from a backup. */
export type EpochId = Branded<'EpochId'>
/** `code@version` of a procedure pack. */
export type PackRef = Branded<'PackRef'>

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const sha256Shape = /^[A-Za-z0-9_-]{43}$/
const packShape = /^\d\.\d{6}@\d{1,3}\.\d{1,3}\.\d{1,3}$/

export const isApplicationId = (text: string): text is ApplicationId => uuidShape.test(text)
export const isVolunteerId = (text: string): text is VolunteerId => uuidShape.test(text)
export const isEpochId = (text: string): text is EpochId => uuidShape.test(text)
export const isDeviceId = (text: string): text is DeviceId => sha256Shape.test(text)
export const isDigest = (text: string): text is Digest => sha256Shape.test(text)
export const isPackRef = (text: string): text is PackRef => packShape.test(text)

/** A text that was made to be such an id; being none is a bug. */
export function branded<Id extends string>(text: string, isId: (text: string) => text is Id): Id {
  if (!isId(text)) throw new RangeError('not an id of this sort')
  return text
}

/** `code@version`, as envelopes and drafts name a pack. */
export function packRef(code: string, version: string): PackRef {
  return branded(`${code}@${version}`, isPackRef)
}

/** The code and version inside a pack reference. */
export function packOf(ref: PackRef): { code: string; version: string } {
  const [code = '', version = ''] = ref.split('@')
  return { code, version }
}

/**
 * A UUIDv7 (RFC 9562, 5.7) from a time in milliseconds and ten random bytes. The caller brands it for its purpose.
 */
export function uuidv7(atMs: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(atMs) << 16n)
  bytes.set(random.subarray(0, 10), 6)
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** A fresh application id. */
export const newApplicationId = (atMs: number, random: Uint8Array): ApplicationId =>
  branded(uuidv7(atMs, random), isApplicationId)

/** `length` random bytes as base64url: one-time secrets and reply keys. */
export const secretText = (random: Uint8Array): string => base64url(random)
