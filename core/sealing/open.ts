/**
 * Opening what `seal` sealed, and reading its protected header without a key. Anything wrong inside is a value: the office
 * puts it before an officer, it never refuses the sender for it.
 */
import { errors, generalDecrypt } from 'jose'
import * as v from 'valibot'
import { fromBase64url, textOf } from '../bytes.ts'
import { type Failure, failure } from '../failures.ts'
import { isApplicationId, isDeviceId, isPackRef, type ApplicationId, type DeviceId, type PackRef } from '../ids.ts'
import { fail, ok, type Result } from '../result.ts'
import type { KeyHandle } from './keys.ts'
import { maxApplicationBytes } from './limits.ts'
import { sealedType, sealVersion, type SealedFor } from './seal.ts'
import { parseJson } from './signed.ts'

const text = v.pipe(v.string(), v.minLength(1))

const sealedShape = v.object({
  protected: text,
  iv: text,
  ciphertext: text,
  tag: text,
  recipients: v.pipe(
    v.array(
      v.object({
        header: v.looseObject({ alg: v.literal('ECDH-ES+A256KW'), kid: v.string() }),
        encrypted_key: text,
      }),
    ),
    v.minLength(1),
    v.maxLength(4),
  ),
})

const protectedShape = v.object({
  enc: v.literal('A256GCM'),
  zip: v.literal('DEF'),
  typ: v.literal(sealedType),
  v: v.number(),
  id: v.custom<ApplicationId>((value) => typeof value === 'string' && isApplicationId(value)),
  device: v.custom<DeviceId>((value) => typeof value === 'string' && isDeviceId(value)),
  pack: v.custom<PackRef>((value) => typeof value === 'string' && isPackRef(value)),
  parts: v.string(),
})

/** What the protected header of a sealed application says, without opening it. */
export function readProtected(sealed: string): Result<SealedFor, Failure<'malformed' | 'wireVersionUnknown'>> {
  const bytes = fromBase64url(parseJson(sealed, v.object({ protected: text }))?.protected ?? '')
  const version = parseJson(bytes && textOf(bytes), v.object({ v: v.number() }))
  // The version comes first: what a later one looks like otherwise is not for this office to judge.
  if (version !== null && version.v !== sealVersion) return fail(failure('wireVersionUnknown', `seal ${version.v}`))
  if (parseJson(sealed, sealedShape) === null) return fail(failure('malformed', 'not a sealed application'))
  const inner = parseJson(bytes && textOf(bytes), protectedShape)
  if (inner === null) return fail(failure('malformed', 'protected header'))
  const { id, device, pack, parts } = inner
  return ok({ id, device, pack, parts })
}

/**
 * The bytes of an application. `keyFor` gives the opening key of a name, or null when this office has none of that name.
 * Fails as `unreadable` for a foreign key, altered bytes, or an application that would inflate beyond 1 MiB.
 */
export async function openSealed(
  sealed: string,
  keyFor: (kid: string) => KeyHandle | null,
): Promise<Result<Uint8Array, Failure<'unreadable'>>> {
  const outer = parseJson(sealed, sealedShape)
  if (outer === null) return fail(failure('unreadable', 'not a sealed application'))
  const recipient = outer.recipients.find(({ header }) => keyFor(header.kid) !== null)
  const key = recipient && keyFor(recipient.header.kid)
  if (!recipient || !key) return fail(failure('unreadable', 'no key of ours'))
  try {
    const opened = await generalDecrypt({ ...outer, recipients: [recipient] }, key, {
      keyManagementAlgorithms: ['ECDH-ES+A256KW'],
      contentEncryptionAlgorithms: ['A256GCM'],
      maxDecompressedLength: maxApplicationBytes,
    })
    return ok(opened.plaintext)
  } catch (cause) {
    if (cause instanceof errors.JOSEError || cause instanceof TypeError) return fail(failure('unreadable', cause.name))
    if (cause instanceof Error && cause.name === 'OperationError') return fail(failure('unreadable', cause.name))
    throw cause
  }
}
