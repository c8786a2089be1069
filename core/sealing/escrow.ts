/**
 * Sealing a small secret (a draft's key) to the offline escrow key, so that unfinished applications of a volunteer who is
 * gone can still be handed to the office.
 */
import { CompactEncrypt } from 'jose'
import { importSealingKey, thumbprint, type PublicJwk } from './keys.ts'

/** The secret as a compact JWE that only escrow opens. */
export async function sealToEscrow(secret: Uint8Array, escrow: PublicJwk): Promise<string> {
  return new CompactEncrypt(secret)
    .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', typ: 'tiepsuc-draft-key+jwe', kid: await thumbprint(escrow) })
    .encrypt(await importSealingKey(escrow))
}
