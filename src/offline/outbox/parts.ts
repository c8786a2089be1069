/**
 * Parts of attachments: ciphertext in OPFS, named by its digest. The outbox reads them, and removes them only after
 * `complete` (purge.ts). Pages write through the mirror's worker, since only there can a file be flushed.
 */
import type { PartFiles, PartReader } from '../ports.ts'

/** What delivering needs of the parts. */
export type PartStore = Pick<PartReader, 'read'>

export const partsFolder = 'parts'

type Root = () => Promise<FileSystemDirectoryHandle>

const openFolder = async (root: Root): Promise<FileSystemDirectoryHandle> => (await root()).getDirectoryHandle(partsFolder, { create: true })

/** Parts for whoever only reads and removes: the service worker. */
export function makePartStore(root: Root): PartReader {
  return {
    read: (name) =>
      orNull(async () => {
        const file = await (await (await openFolder(root)).getFileHandle(name)).getFile()
        return new Uint8Array(await file.arrayBuffer())
      }),
    async remove(name) {
      await orNull(async () => (await openFolder(root)).removeEntry(name))
    },
  }
}

/** Parts for a page, which also writes them. */
export function makePartFiles(root: Root, write: PartFiles['write']): PartFiles {
  return {
    ...makePartStore(root),
    write,
    async list() {
      const folder = await openFolder(root)
      const names: string[] = []
      for await (const name of folder.keys()) names.push(name)
      const files = await Promise.all(names.map((name) => orNull(async () => (await folder.getFileHandle(name)).getFile())))
      return files.flatMap((file) => (file === null ? [] : [{ name: file.name, sizeBytes: file.size, writtenAtMs: file.lastModified }]))
    },
  }
}

/** The platform says by exception that a file is not there, or cannot be had. */
async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof DOMException) return null
    throw cause
  }
}
