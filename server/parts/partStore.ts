/**
 * Bytes of attachments, sealed. A part counts as stored only when its bytes and its name are on disk: temporary file,
 * fsync, rename, fsync of the folder; the caller writes the row afterwards. Names are SHA-256, so a second write is the same;
 * a file that is there is believed only for its bytes, since disks go bad, and its name only after another fsync of the folder,
 * since whoever wrote it may have died before that.
 */
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Bytes } from '../../core/bytes.ts'
import { sha256 } from '../../core/sealing/digest.ts'
import { syncFolder } from '../keys/keyFiles.ts'
import { errorCode } from '../postgres/startFailure.ts'

export type PartState = 'whole' | 'damaged' | 'missing'

/** A part as it was found; its bytes only when they are those that its name says. */
export type FoundPart = { readonly state: 'whole'; readonly bytes: Bytes } | { readonly state: Exclude<PartState, 'whole'> }

export interface PartStore {
  /** Bytes that belong to this name. Durable when the promise resolves, whoever wrote them first. */
  readonly write: (name: string, bytes: Bytes) => Promise<void>
  /** The bytes of a part, or null when it is not here. */
  readonly read: (name: string) => Promise<Bytes | null>
  /** Reads a part and holds its bytes against its name. What the disk cannot read any more is damaged. */
  readonly find: (name: string) => Promise<FoundPart>
  readonly check: (name: string) => Promise<PartState>
}

/** Parts as files under `folder`, in subfolders of their first two letters. `flush` makes the names in a folder durable. */
export function partsOnDisk(folder: string, newName: () => string, flush: (folder: string) => Promise<void> = syncFolder): PartStore {
  const folderOf = (name: string): string => join(folder, name.slice(0, 2))
  const read = async (name: string): Promise<Bytes | null> => {
    try {
      return new Uint8Array(await readFile(join(folderOf(name), name)))
    } catch (cause) {
      if (errorCode(cause) === 'ENOENT') return null
      throw cause
    }
  }
  const find = async (name: string): Promise<FoundPart> => {
    try {
      const bytes = await read(name)
      if (bytes === null) return { state: 'missing' }
      return (await sha256(bytes)) === name ? { state: 'whole', bytes } : { state: 'damaged' }
    } catch (cause) {
      if (errorCode(cause) === 'EIO') return { state: 'damaged' }
      throw cause
    }
  }
  const check = async (name: string): Promise<PartState> => (await find(name)).state
  const put = async (name: string, bytes: Bytes): Promise<void> => {
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
  }
  /** The name of the parts folder itself, once a start. */
  let ownName: Promise<void> | null = null
  const write = async (name: string, bytes: Bytes): Promise<void> => {
    if ((await check(name)) !== 'whole') await put(name, bytes)
    await flush(folderOf(name))
    await flush(folder)
    await (ownName ??= flush(dirname(folder)))
  }
  return { write, read, find, check }
}
