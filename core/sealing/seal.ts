/**
 * Sealing an application: compressed, encrypted once, readable only with the office's working key or its offline escrow
 * key. The protected header carries what the device's signature will be held against. An application is sealed once; a
 * retry sends the same bytes (invariant 2), since sealing again gives other bytes under the same id.
 */
import { GeneralEncrypt } from 'jose'
import { type Failure, failure } from '../failures.ts'
import type { ApplicationId, DeviceId, PackRef } from '../ids.ts'
import { fail, ok, type Result } from '../result.ts'
import { importSealingKey, thumbprint, type PublicJwk } from './keys.ts'
import { maxApplicationBytes } from './limits.ts'

export const sealedType = 'tiepsuc-application+jwe'

/** Version of the sealing: algorithms, serialisation and protected members. */
export const sealVersion = 1

export interface SealedFor {
  readonly id: ApplicationId
  readonly device: DeviceId
  readonly pack: PackRef
  /** Digest of the ordered list of part names. */
  readonly parts: string
}

/** Seals `application` (UTF-8 of its canonical JSON) to the working key and to escrow. Fails when it is over 1 MiB. */
export async function seal(
  application: Uint8Array,
  about: SealedFor,
  recipients: { working: PublicJwk; escrow: PublicJwk },
): Promise<Result<string, Failure<'tooLargeToSeal'>>> {
  if (application.length > maxApplicationBytes) return fail(failure('tooLargeToSeal', `${application.length} bytes`))
  const { id, device, pack, parts } = about
  const encrypt = new GeneralEncrypt(application).setProtectedHeader({
    enc: 'A256GCM',
    zip: 'DEF',
    typ: sealedType,
    v: sealVersion,
    id,
    device,
    pack,
    parts,
  })
  for (const jwk of [recipients.working, recipients.escrow]) {
    encrypt
      .addRecipient(await importSealingKey(jwk))
      .setUnprotectedHeader({ alg: 'ECDH-ES+A256KW', kid: await thumbprint(jwk) })
  }
  return ok(JSON.stringify(await encrypt.encrypt()))
}
