/**
 * A new key set over an old one: new working and signing keys, signed by root. What was sealed to the old working key still
 * opens and what the old signing key signed still verifies, since both stay. All is made in a folder of its own first, for a
 * backup that holds the new keys before any tablet can seal to them. Then the files take their places, the signed set last:
 * until then the old one is in force, and a renewal that died in between is simply done again.
 */
import { copyFile, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Result } from '../../core/result.ts'
import { generateKeys, importSigningKey, publicHalf, thumbprint, type PrivateJwk } from '../../core/sealing/keys.ts'
import { signKeySet, type KeySet } from '../../core/sealing/keySet.ts'
import { risingNumber } from '../risingNumber.ts'
import { syncFolder, writeSecret } from './keyFiles.ts'
import { keyFileNames, keySetLifeMs } from './makeKeys.ts'
import { readKeysFolder, type KeysFolder } from './readKeysFolder.ts'

export interface Renewal {
  readonly keysFolder: string
  /** The office's private root key, from its place offline. */
  readonly root: PrivateJwk
  readonly nowMs: number
  /** Called with a folder that holds all keys as they are going to be; when it fails they never come into force. */
  readonly beforeInForce: (keysFolder: string) => Promise<Result<undefined, string>>
}

/** Makes and signs the next key set; a sentence when the keys are not whole or root is another office's. */
export async function renewKeys({ keysFolder, root, nowMs, beforeInForce }: Renewal): Promise<Result<KeySet, string>> {
  const read = await readKeysFolder(keysFolder)
  if (!read.ok) return read
  if ((await thumbprint(publicHalf(root))) !== (await thumbprint(read.value.root))) return fail('That is not the root key of this office: nothing was changed.')
  const making = join(keysFolder, 'renewing')
  await rm(making, { recursive: true, force: true })
  try {
    await mkdir(making, { mode: 0o700 })
    for (const name of [keyFileNames.root, keyFileNames.symmetric]) await copyFile(join(keysFolder, name), join(making, name))
    const next = await makeNext(making, read.value, root, nowMs)
    const kept = await beforeInForce(making)
    if (!kept.ok) return kept
    for (const name of [keyFileNames.working, keyFileNames.signing, keyFileNames.keySet]) {
      await rename(join(making, name), join(keysFolder, name))
      await syncFolder(keysFolder)
    }
    return ok(next)
  } finally {
    await rm(making, { recursive: true, force: true })
  }
}

async function makeNext(folder: string, { working, signing, keySet: old }: KeysFolder, root: PrivateJwk, nowMs: number): Promise<KeySet> {
  const [newWorking, newSigning] = await Promise.all([generateKeys('open'), generateKeys('sign')])
  const next: KeySet = {
    ...old,
    number: risingNumber(old.number, nowMs),
    issuedAt: new Date(nowMs).toISOString(),
    expiresAt: new Date(nowMs + keySetLifeMs).toISOString(),
    working: newWorking.publicJwk,
    signing: [newSigning.publicJwk, ...old.signing],
  }
  const write = (name: string, content: unknown) => writeSecret(join(folder, name), `${JSON.stringify(content)}\n`)
  await write(keyFileNames.working, [newWorking.privateJwk, ...working])
  await write(keyFileNames.signing, [newSigning.privateJwk, ...signing])
  await write(keyFileNames.keySet, { statement: await signKeySet(next, await importSigningKey(root)) })
  return next
}
