/**
 * Key files: written whole or not at all, readable by the office's user alone. A secret is written to a temporary file
 * beside its place, flushed, and renamed.
 */
import { open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type * as v from 'valibot'
import { parseJson } from '../../core/sealing/signed.ts'
import { errorCode } from '../postgres/startFailure.ts'

/** Writes a file durably with mode 0600. */
export async function writeSecret(path: string, text: string): Promise<void> {
  const making = `${path}.making`
  const file = await open(making, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.chmod(0o600)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(making, path)
  await syncFolder(dirname(path))
}

/** Makes names in a folder durable. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** The text of a file, or null when there is none. */
export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return null
    throw cause
  }
}

/** The parsed file `name` of a folder, or null when it is missing or not of this shape. */
export async function readKeyFile<S extends v.GenericSchema>(folder: string, name: string, shape: S): Promise<v.InferOutput<S> | null> {
  return parseJson(await readIfThere(join(folder, name)), shape)
}
