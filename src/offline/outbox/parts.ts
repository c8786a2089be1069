/** Parts of attachments: ciphertext in OPFS, named by its digest. The outbox only reads them. */
import type { Bytes } from '../../../core/bytes.ts'

export interface PartStore {
  /** The bytes of a part, or null when they are not on this tablet. */
  read(name: string): Promise<Bytes | null>
}

export function makePartStore(root: () => Promise<FileSystemDirectoryHandle>): PartStore {
  return {
    async read(name) {
      try {
        const folder = await (await root()).getDirectoryHandle('parts', { create: true })
        const file = await (await folder.getFileHandle(name)).getFile()
        return new Uint8Array(await file.arrayBuffer())
      } catch (cause) {
        if (cause instanceof DOMException) return null
        throw cause
      }
    },
  }
}
