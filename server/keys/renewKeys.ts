/**
 * A new key set over an old one: new working and signing keys, signed by root. What was sealed to the old working key still
 * opens and what the old signing key signed still verifies, since both stay. The signed set is written last: until then the
 * old one is in force, and a renewal that died in between is simply done again.
 */
import { join } from 'node:path'
import { fail, ok, type Result } from '../../core/result.ts'
import { generateKeys, importSigningKey, publicHalf, thumbprint, type PrivateJwk } from '../../core/sealing/keys.ts'
import { signKeySet, type KeySet } from '../../core/sealing/keySet.ts'
import { writeSecret } from './keyFiles.ts'
import { keyFileNames, keySetLifeMs } from './makeKeys.ts'
import { readKeysFolder } from './readKeysFolder.ts'

export interface Renewal {
  readonly keysFolder: string
  /** The office's private root key, from its place offline. */
  readonly root: PrivateJwk
  readonly nowMs: number
}

/** Makes and signs the next key set; a sentence when the keys are not whole or root is another office's. */
export async function renewKeys({ keysFolder, root, nowMs }: Renewal): Promise<Result<KeySet, string>> {
  const read = await readKeysFolder(keysFolder)
  if (!read.ok) return read
  const { root: pinned, working, signing, keySet: old } = read.value
  if ((await thumbprint(publicHalf(root))) !== (await thumbprint(pinned))) return fail('That is not the root key of this office: nothing was changed.')

  const [newWorking, newSigning] = await Promise.all([generateKeys('open'), generateKeys('sign')])
  const next: KeySet = {
    ...old,
    number: old.number + 1,
    issuedAt: new Date(nowMs).toISOString(),
    expiresAt: new Date(nowMs + keySetLifeMs).toISOString(),
    working: newWorking.publicJwk,
    signing: [newSigning.publicJwk, ...old.signing],
  }
  const write = (name: string, content: unknown) => writeSecret(join(keysFolder, name), `${JSON.stringify(content)}\n`)
  await write(keyFileNames.working, [newWorking.privateJwk, ...working])
  await write(keyFileNames.signing, [newSigning.privateJwk, ...signing])
  await write(keyFileNames.keySet, { statement: await signKeySet(next, await importSigningKey(root)) })
  return ok(next)
}
