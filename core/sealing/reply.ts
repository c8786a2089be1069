/**
 * What an officer writes back, sealed under the reply key that the application carried: only the volunteer who filled it,
 * with an unlocked vault, can read it. The feed shows anybody else a case id and a time.
 */
import { CompactEncrypt, compactDecrypt, errors } from 'jose'
import type * as v from 'valibot'
import { fromBase64url, textOf, utf8 } from '../bytes.ts'
import { canonical } from '../canonical.ts'
import { type Failure, failure } from '../failures.ts'
import { fail, ok, type Result } from '../result.ts'
import { parseJson } from './signed.ts'

const replyType = 'tiepsuc-reply+jwe'

/** Seals a reply. `replyKey` is 32 bytes as base64url. */
export async function sealReply(reply: object, replyKey: string): Promise<string> {
  return new CompactEncrypt(utf8(canonical(reply)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', typ: replyType })
    .encrypt(keyBytes(replyKey))
}

/** Opens a reply of a given shape; `cannotDecrypt` for another key, altered bytes or another shape. */
export async function openReply<S extends v.GenericSchema>(
  sealed: string,
  replyKey: string,
  shape: S,
): Promise<Result<v.InferOutput<S>, Failure<'cannotDecrypt'>>> {
  try {
    const opened = await compactDecrypt(sealed, keyBytes(replyKey), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    })
    const reply = opened.protectedHeader.typ === replyType ? parseJson(textOf(opened.plaintext), shape) : null
    return reply === null ? fail(failure('cannotDecrypt', 'shape of a reply')) : ok(reply)
  } catch (cause) {
    if (cause instanceof errors.JOSEError || cause instanceof TypeError) return fail(failure('cannotDecrypt', cause.name))
    throw cause
  }
}

function keyBytes(replyKey: string): Uint8Array {
  const bytes = fromBase64url(replyKey)
  if (bytes?.length !== 32) throw new RangeError('a reply key is 32 bytes')
  return bytes
}
