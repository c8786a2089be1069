/** The office's online keys as one small text, so that a restored office opens, signs and searches as before. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { parseJson } from '../../core/sealing/signed.ts'
import { readIfThere, writeSecret } from '../keys/keyFiles.ts'
import { keyFileNames } from '../keys/makeKeys.ts'
import { BackupTrouble } from './trouble.ts'

/** The signed key set last: a folder without it was never in use (makeKeys). */
const names = [keyFileNames.root, keyFileNames.working, keyFileNames.signing, keyFileNames.symmetric, keyFileNames.keySet]

export const keysFile = 'keys.sealed'

/** The key files of a folder, one JSON line. */
export async function bundleKeys(keysFolder: string): Promise<Buffer> {
  const files: Record<string, string> = {}
  for (const name of names) {
    const text = await readIfThere(join(keysFolder, name))
    if (text === null) throw new BackupTrouble(`The key file ${join(keysFolder, name)} is missing: put it back from your copy.`)
    files[name] = text
  }
  return Buffer.from(`${JSON.stringify(files)}\n`)
}

const bundleShape = v.record(v.string(), v.string())

/** Writes the key files of a bundle into a folder, each durably. */
export async function unbundleKeys(bundle: Buffer, keysFolder: string): Promise<void> {
  const files = parseJson(bundle.toString('utf8'), bundleShape)
  await mkdir(keysFolder, { recursive: true, mode: 0o700 })
  for (const name of names) {
    const text = files?.[name]
    if (text === undefined) throw new BackupTrouble('The keys inside this backup are not complete.')
    await writeSecret(join(keysFolder, name), text)
  }
}
