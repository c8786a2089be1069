/**
 * Private keys that leave the office's machine (root and escrow), locked with a passphrase that is shown once and stored
 * nowhere. PBES2 with 600,000 rounds: OWASP's figure of 2023 for PBKDF2-SHA-256, here with SHA-512.
 */
import { CompactEncrypt, compactDecrypt, errors } from 'jose'
import { textOf, utf8 } from '../bytes.ts'
import { type Failure, failure } from '../failures.ts'
import { fail, ok, type Result } from '../result.ts'
import { privateJwkShape, type PrivateJwk } from './keys.ts'
import { parseJson } from './signed.ts'

const lockedType = 'tiepsuc-key+jwe'
const rounds = 600_000

/** A private key as a compact JWE under a passphrase. `role` is written beside it, readable without the passphrase. */
export async function lockKey(key: PrivateJwk, passphrase: string, role: 'root' | 'escrow'): Promise<string> {
  return new CompactEncrypt(utf8(JSON.stringify(key)))
    .setProtectedHeader({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', typ: lockedType, role })
    .setKeyManagementParameters({ p2c: rounds })
    .encrypt(utf8(passphrase))
}

/** The key again, or `passphraseWrong`. */
export async function unlockKey(locked: string, passphrase: string): Promise<Result<PrivateJwk, Failure<'passphraseWrong'>>> {
  try {
    const opened = await compactDecrypt(locked.trim(), utf8(passphrase), {
      keyManagementAlgorithms: ['PBES2-HS512+A256KW'],
      contentEncryptionAlgorithms: ['A256GCM'],
      maxPBES2Count: rounds,
    })
    const key = opened.protectedHeader.typ === lockedType ? parseJson(textOf(opened.plaintext), privateJwkShape) : null
    return key === null ? fail(failure('passphraseWrong', 'not a key')) : ok(key)
  } catch (cause) {
    if (cause instanceof errors.JOSEError || cause instanceof TypeError) return fail(failure('passphraseWrong', cause.name))
    throw cause
  }
}
