/**
 * Bytes of attachments, sealed. A part counts as stored only when its bytes and its name are on disk: temporary file,
 * fsync, rename, fsync of the folder; the caller writes the row afterwards. Names are SHA-256, so a second write is the same.
 */
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Bytes } from '../../core/bytes.ts'
import { sha256 } from '../../core/sealing/digest.ts'
import { syncFolder } from '../keys/keyFiles.ts'
import { errorCode } from '../postgres/startFailure.ts'

export interface PartStore {
  /** Durable when the promise resolves. */
  readonly write: (name: string, bytes: Bytes) => Promise<void>
  readonly has: (name: string) => Promise<boolean>
  /** The bytes of a part, or null when it is not here. */
  readonly read: (name: string) => Promise<Bytes | null>
  /** Reads a part and holds its bytes against its name. */
  readonly check: (name: string) => Promise<'whole' | 'damaged' | 'missing'>
  /** As `write`, in the place of damaged bytes of that name. */
  readonly mend: (name: string, bytes: Bytes) => Promise<void>
}

/** Parts as files under `folder`, in subfolders of their first two letters. */
export function partsOnDisk(folder: string, newName: () => string): PartStore {
  const folderOf = (name: string): string => join(folder, name.slice(0, 2))
  const has = async (name: string): Promise<boolean> => {
    try {
      return (await stat(join(folderOf(name), name))).isFile()
    } catch (cause) {
      if (errorCode(cause) === 'ENOENT') return false
      throw cause
    }
  }
  const read = async (name: string): Promise<Bytes | null> => {
    try {
      return new Uint8Array(await readFile(join(folderOf(name), name)))
    } catch (cause) {
      if (errorCode(cause) === 'ENOENT') return null
      throw cause
    }
  }
  /** The name of the parts folder itself, once a start. */
  let ownName: Promise<void> | null = null
  const mend = async (name: string, bytes: Bytes): Promise<void> => {
    await mkdir(folderOf(name), { recursive: true, mode: 0o700 })
    const making = join(folderOf(name), `${newName()}.making`)
    const file = await open(making, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(making, join(folderOf(name), name))
    await syncFolder(folderOf(name))
    await syncFolder(folder)
    await (ownName ??= syncFolder(dirname(folder)))
  }
  return {
    has,
    read,
    mend,
    write: async (name, bytes) => {
      if (!(await has(name))) await mend(name, bytes)
    },
    check: async (name) => {
      const bytes = await read(name)
      if (bytes === null) return 'missing'
      return (await sha256(bytes)) === name ? 'whole' : 'damaged'
    },
  }
}
