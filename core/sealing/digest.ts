/** Digests: what an id is bound to for ever (invariant 2). */
import { base64url, utf8 } from '../bytes.ts'
import { branded, isDigest, type Digest } from '../ids.ts'

/** SHA-256 of bytes, as base64url. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}

/** The digest of a sealed application: over the exact UTF-8 bytes of its text. */
export async function digestOf(sealed: string): Promise<Digest> {
  return branded(await sha256(utf8(sealed)), isDigest)
}

/** The digest of the ordered list of part names; an application without attachments has the digest of nothing. */
export async function partsDigest(names: readonly string[]): Promise<string> {
  return sha256(utf8(names.join('\n')))
}
