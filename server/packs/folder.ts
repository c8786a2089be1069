/** Names in a folder of procedures. A folder that is not there is empty; other trouble with a disk is not hidden. */
import { readdir } from 'node:fs/promises'
import { errorCode } from '../postgres/startFailure.ts'

/** The names that have this shape, in order. */
export async function namesIn(folder: string, shape: RegExp): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => shape.test(name)).sort()
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return []
    throw cause
  }
}
