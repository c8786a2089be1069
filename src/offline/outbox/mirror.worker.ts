/**
 * Writes mirror files and parts of attachments. A write is answered only after the bytes were flushed to disk, and read back through a second
 * handle equal to what was asked: a copy that cannot be read is no copy.
 */
import * as v from 'valibot'
import { sameBytes, utf8, type Bytes } from '../../../core/bytes.ts'
import { hasCrashPoints, reached, reachedInside } from '../crashPoints.ts'
import { reserveBytes } from '../storage.ts'
import { mirrorFolder } from './mirror.ts'
import { partsFolder } from './parts.ts'

const asked = { ask: v.number(), name: v.string() }
const questionShape = v.variant('work', [
  v.object({ ...asked, work: v.literal('write'), text: v.string() }),
  v.object({ ...asked, work: v.literal('part'), bytes: v.custom<Bytes>((value) => value instanceof Uint8Array) }),
  v.object({ ...asked, work: v.literal('reserve') }),
])

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

async function write(inFolder: string, name: string, bytes: Bytes): Promise<void> {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(inFolder, { create: true })
  const handle = await folder.getFileHandle(name, { create: true })
  await withFile(handle, (file) => {
    file.truncate(0)
    if (hasCrashPoints) reachedInside('partTruncated')
    file.write(bytes, { at: 0 })
    file.flush()
  })
  if (hasCrashPoints) await reached('partFlushed')
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
  const question = v.parse(questionShape, message.data)
  const { ask } = question
  answer(question).then(
    () => self.postMessage({ ask, trouble: null }),
    (cause: unknown) => self.postMessage({ ask, trouble: isFull(cause) ? 'storageFull' : 'storageBroken' }),
  )
})

function answer(question: v.InferOutput<typeof questionShape>): Promise<void> {
  if (question.work === 'reserve') return reserve(question.name)
  return question.work === 'part' ? write(partsFolder, question.name, question.bytes) : write(mirrorFolder, question.name, utf8(question.text))
}

function isFull(cause: unknown): boolean {
  return cause instanceof Error && cause.name === 'QuotaExceededError'
}
