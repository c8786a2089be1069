/** The files of a keys folder, read and held against each other, before anything is made of them. One sentence for what is wrong. */
import * as v from 'valibot'
import { fromBase64url } from '../../core/bytes.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { privateJwkShape, publicJwkShape, type PrivateJwk, type PublicJwk } from '../../core/sealing/keys.ts'
import { verifyKeySet, type KeySet } from '../../core/sealing/keySet.ts'
import { readKeyFile } from './keyFiles.ts'
import { keyFileNames } from './makeKeys.ts'

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
const keySetFileShape = v.object({ statement: v.string() })

export interface KeysFolder {
  readonly root: PublicJwk
  readonly working: readonly PrivateJwk[]
  readonly signing: readonly PrivateJwk[]
  readonly symmetric: v.InferOutput<typeof symmetricShape>
  /** As root signed it, and what it says. */
  readonly statement: string
  readonly keySet: KeySet
}

/** True when this folder holds the keys of an office that has been in use. */
export async function hasKeys(folder: string): Promise<boolean> {
  return (await readKeyFile(folder, keyFileNames.keySet, keySetFileShape)) !== null
}

/** What lies in the folder, or the sentence that says what is wrong with it. */
export async function readKeysFolder(folder: string): Promise<Result<KeysFolder, string>> {
  const root = await readKeyFile(folder, keyFileNames.root, publicJwkShape)
  const working = await readKeyFile(folder, keyFileNames.working, privateKeys)
  const signing = await readKeyFile(folder, keyFileNames.signing, privateKeys)
  const symmetric = await readKeyFile(folder, keyFileNames.symmetric, symmetricShape)
  const statement = (await readKeyFile(folder, keyFileNames.keySet, keySetFileShape))?.statement
  if (!root || !working || !signing || !symmetric || statement === undefined) {
    return fail(`The office's keys in ${folder} are not complete: put them back from your copy.`)
  }
  const keySet = await verifyKeySet(statement, root)
  if (!keySet.ok) return fail(`The key set in ${folder} is not signed by the root key beside it: put both back from your copy.`)
  return ok({ root, working, signing, symmetric, statement, keySet: keySet.value })
}
