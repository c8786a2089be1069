/**
 * Writes mirror files. A write is answered only after the bytes were flushed to disk, and read back through a second
 * handle equal to what was asked: a copy that cannot be read is no copy.
 */
import * as v from 'valibot'
import { sameBytes, utf8 } from '../../../core/bytes.ts'
import { reserveBytes } from '../storage.ts'
import { mirrorFolder } from './mirror.ts'

const questionShape = v.object({ ask: v.number(), work: v.picklist(['write', 'reserve']), name: v.string(), text: v.string() })

/** FileSystemSyncAccessHandle, which only dedicated workers have and not every type library knows. */
interface SyncFile {
  getSize(): number
  truncate(sizeBytes: number): void
  write(bytes: Uint8Array<ArrayBuffer>, options: { at: number }): number
  read(bytes: Uint8Array<ArrayBuffer>, options: { at: number }): number
  flush(): void
  close(): void
}
type SyncFileHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncFile> }

function canSync(handle: FileSystemFileHandle): handle is SyncFileHandle {
  return 'createSyncAccessHandle' in handle
}

async function withFile<T>(handle: FileSystemFileHandle, work: (file: SyncFile) => T): Promise<T> {
  if (!canSync(handle)) throw new DOMException('no synchronous files here', 'NotSupportedError')
  const file = await handle.createSyncAccessHandle()
  try {
    return work(file)
  } finally {
    file.close()
  }
}

async function write(name: string, text: string): Promise<void> {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(mirrorFolder, { create: true })
  const bytes = utf8(text)
  const handle = await folder.getFileHandle(name, { create: true })
  await withFile(handle, (file) => {
    file.truncate(0)
    file.write(bytes, { at: 0 })
    file.flush()
  })
  const kept = await withFile(handle, (file) => {
    const read = new Uint8Array(file.getSize())
    file.read(read, { at: 0 })
    return read
  })
  if (!sameBytes(kept, bytes)) throw new DOMException('read back other bytes', 'DataError')
}

async function reserve(name: string): Promise<void> {
  const handle = await (await navigator.storage.getDirectory()).getFileHandle(name, { create: true })
  await withFile(handle, (file) => {
    if (file.getSize() >= reserveBytes) return
    file.write(new Uint8Array(reserveBytes), { at: 0 })
    file.flush()
  })
}

self.addEventListener('message', (message: MessageEvent<unknown>) => {
  const { ask, work, name, text } = v.parse(questionShape, message.data)
  const done = work === 'write' ? write(name, text) : reserve(name)
  done.then(
    () => self.postMessage({ ask, trouble: null }),
    (cause: unknown) => self.postMessage({ ask, trouble: isFull(cause) ? 'storageFull' : 'storageBroken' }),
  )
})

function isFull(cause: unknown): boolean {
  return cause instanceof Error && cause.name === 'QuotaExceededError'
}
