/** Reads the keys folder into handles. A folder that is not whole is one sentence; nothing is ever made anew over it. */
import { readdir } from 'node:fs/promises'
import * as v from 'valibot'
import { fromBase64url } from '../../core/bytes.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { importOpeningKey, importSigningKey, privateJwkShape, publicHalf, publicJwkShape, thumbprint, type KeyHandle, type PrivateJwk } from '../../core/sealing/keys.ts'
import { verifyKeySet } from '../../core/sealing/keySet.ts'
import { errorCode } from '../postgres/startFailure.ts'
import { makeBlobs } from './blobs.ts'
import { readKeyFile } from './keyFiles.ts'
import { keyFileNames } from './makeKeys.ts'
import type { OfficeKeys } from './officeKeys.ts'
import { makeSearchHash } from './searchHash.ts'

const secret = v.pipe(
  v.string(),
  v.transform((text) => fromBase64url(text)),
  v.custom<Uint8Array<ArrayBuffer>>((bytes) => bytes instanceof Uint8Array && bytes.length === 32),
)
const symmetricShape = v.object({
  data: secret,
  nonce: secret,
  code: secret,
  desk: v.pipe(v.string(), v.length(43)),
  index: v.object({ personalNumber: secret, phone: secret, code: secret, fullName: secret, nameAndYear: secret }),
})
const privateKeys = v.pipe(v.array(privateJwkShape), v.minLength(1))

/** True when this folder holds the keys of an office that has been in use. */
export async function hasKeys(folder: string): Promise<boolean> {
  return (await readKeyFile(folder, keyFileNames.keySet, v.object({ statement: v.string() }))) !== null
}

/** The keys of a folder, or the sentence that says what is wrong with it. */
export async function loadKeys(folder: string): Promise<Result<OfficeKeys, string>> {
  const root = await readKeyFile(folder, keyFileNames.root, publicJwkShape)
  const working = await readKeyFile(folder, keyFileNames.working, privateKeys)
  const signing = await readKeyFile(folder, keyFileNames.signing, privateKeys)
  const symmetric = await readKeyFile(folder, keyFileNames.symmetric, symmetricShape)
  const statement = (await readKeyFile(folder, keyFileNames.keySet, v.object({ statement: v.string() })))?.statement
  if (!root || !working || !signing || !symmetric || statement === undefined) {
    return fail(`The office's keys in ${folder} are not complete: put them back from your copy.`)
  }
  const keySet = await verifyKeySet(statement, root)
  if (!keySet.ok) return fail(`The key set in ${folder} is not signed by the root key beside it: put both back from your copy.`)
  const inUse = await findKey(signing, await thumbprint(keySet.value.signing[0] ?? root))
  const opening = await openingKeys(working)
  if (inUse === null || !opening.has(await thumbprint(keySet.value.working))) {
    return fail(`The keys in ${folder} are not those of the key set beside them: put them back from your copy.`)
  }
  return ok({
    root,
    rootThumbprint: await thumbprint(root),
    keySet: keySet.value,
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
