/**
 * One row in, one ciphertext out. AES-256-GCM with a random 96-bit nonce; table, row id and version are bound in, so a
 * ciphertext cannot be moved to another row and an older one cannot be passed off as newer. A key is used for far fewer
 * than 2^32 rows.
 */
import type { Bytes } from '../../../core/bytes.ts'
import { utf8 } from '../../../core/bytes.ts'
import { canonical } from '../../../core/canonical.ts'
import { failure, type Failure } from '../../../core/failures.ts'
import { fail, ok, type Result } from '../../../core/result.ts'
import type { Random } from '../ports.ts'
import type { Ciphertext } from '../rows.ts'

/** Where a ciphertext belongs. */
export interface Place {
  readonly table: 'vaults' | 'drafts.key' | 'drafts.content' | 'drafts.label' | 'cases.stub' | 'visits'
  readonly id: string
  readonly version: number
}

const boundTo = ({ table, id, version }: Place): Bytes => utf8(canonical(['tiepsuc', table, id, version]))

/** A key for `encrypt` and `decrypt`; its bytes cannot be read back. */
export async function importCipherKey(bytes: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

export async function encrypt(key: CryptoKey, place: Place, plain: Bytes, random: Random): Promise<Ciphertext> {
  const iv = random.bytes(12)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: boundTo(place) }, key, plain)
  return { iv, bytes: new Uint8Array(sealed) }
}

/** The plain bytes, or `cannotDecrypt`: another key, another place, another version, or damage. */
export async function decrypt(key: CryptoKey, place: Place, { iv, bytes }: Ciphertext): Promise<Result<Bytes, Failure<'cannotDecrypt'>>> {
  try {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: boundTo(place) }, key, bytes)
    return ok(new Uint8Array(plain))
  } catch (cause) {
    if (cause instanceof Error && (cause.name === 'OperationError' || cause.name === 'DataError')) {
      return fail(failure('cannotDecrypt', place.table))
    }
    throw cause
  }
}
