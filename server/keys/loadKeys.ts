/** Reads the keys folder into handles. A folder that is not whole is one sentence; nothing is ever made anew over it. */
import { readdir } from 'node:fs/promises'
import { fail, ok, type Result } from '../../core/result.ts'
import { importOpeningKey, importSigningKey, publicHalf, thumbprint, type KeyHandle, type PrivateJwk } from '../../core/sealing/keys.ts'
import { errorCode } from '../postgres/startFailure.ts'
import { makeBlobs } from './blobs.ts'
import type { OfficeKeys } from './officeKeys.ts'
import { readKeysFolder } from './readKeysFolder.ts'
import { makeSearchHash } from './searchHash.ts'

/** The keys of a folder, or the sentence that says what is wrong with it. */
export async function loadKeys(folder: string): Promise<Result<OfficeKeys, string>> {
  const read = await readKeysFolder(folder)
  if (!read.ok) return read
  const { root, working, signing, symmetric, statement, keySet } = read.value
  const inUse = await findKey(signing, await thumbprint(keySet.signing[0] ?? root))
  const opening = await openingKeys(working)
  if (inUse === null || !opening.has(await thumbprint(keySet.working))) {
    return fail(`The keys in ${folder} are not those of the key set beside them: put them back from your copy.`)
  }
  return ok({
    root,
    rootThumbprint: await thumbprint(root),
    keySet,
    keySetStatement: statement,
    signing: await importSigningKey(inUse),
    signingKid: await thumbprint(publicHalf(inUse)),
    openingKeyOf: (kid) => opening.get(kid) ?? null,
    blobs: makeBlobs(symmetric.data),
    searchHash: makeSearchHash(symmetric.index),
    nonceKey: symmetric.nonce,
    deskSecret: symmetric.desk,
    codeKey: symmetric.code,
  })
}

/** True while root and escrow still lie on this machine. */
export async function isTakeOfflinePending(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).some((name) => name.endsWith('.jwe'))
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return false
    throw cause
  }
}

async function openingKeys(keys: readonly PrivateJwk[]): Promise<ReadonlyMap<string, KeyHandle>> {
  const named = await Promise.all(keys.map(async (key) => [await thumbprint(publicHalf(key)), await importOpeningKey(key)] as const))
  return new Map(named)
}

async function findKey(keys: readonly PrivateJwk[], kid: string): Promise<PrivateJwk | null> {
  for (const key of keys) if ((await thumbprint(publicHalf(key))) === kid) return key
  return null
}
