/**
 * The key of one backup, sealed to the office's offline escrow key: a backup on a stolen stick is of no use to anybody, and
 * the office itself cannot open it again.
 */
import { CompactEncrypt, compactDecrypt, errors } from 'jose'
import { importOpeningKey, importSealingKey, thumbprint, type PrivateJwk, type PublicJwk } from './keys.ts'

const keyType = 'tiepsuc-backup-key+jwe'
export const backupKeyBytes = 32

/** The key as a compact JWE that only escrow opens. */
export async function sealBackupKey(key: Uint8Array, escrow: PublicJwk): Promise<string> {
  return new CompactEncrypt(key)
    .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', typ: keyType, kid: await thumbprint(escrow) })
    .encrypt(await importSealingKey(escrow))
}

/** The key again; null when it was not sealed to this escrow key, or is not whole. */
export async function openBackupKey(sealed: string, escrow: PrivateJwk): Promise<Uint8Array | null> {
  try {
    const opened = await compactDecrypt(sealed.trim(), await importOpeningKey(escrow), {
      keyManagementAlgorithms: ['ECDH-ES+A256KW'],
      contentEncryptionAlgorithms: ['A256GCM'],
    })
    return opened.protectedHeader.typ === keyType && opened.plaintext.length === backupKeyBytes ? opened.plaintext : null
  } catch (cause) {
    if (cause instanceof errors.JOSEError || cause instanceof TypeError) return null
    throw cause
  }
}
