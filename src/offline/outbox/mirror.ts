/**
 * The second copy of each sealed envelope, as files in OPFS. Pages write through a dedicated worker, since only there can
 * a file be flushed; the service worker only reads and removes. A file that is not there is not a failure.
 */
import * as v from 'valibot'
import type { Bytes } from '../../../core/bytes.ts'
import { failure } from '../../../core/failures.ts'
import { fail, ok } from '../../../core/result.ts'
import type { Mirror, MirrorReader, PartFiles, Reserve } from '../ports.ts'

export const mirrorFolder = 'mirror'
export const reserveFile = 'reserve'

type Root = () => Promise<FileSystemDirectoryHandle>

export function makeMirrorReader(root: Root): MirrorReader {
  const folder = async (): Promise<FileSystemDirectoryHandle> => (await root()).getDirectoryHandle(mirrorFolder, { create: true })
  return {
    async names() {
      const names: string[] = []
      for await (const name of (await folder()).keys()) names.push(name)
      return names
    },
    read: (name) => orNull(async () => (await (await (await folder()).getFileHandle(name)).getFile()).text()),
    async remove(name) {
      await orNull(async () => (await folder()).removeEntry(name))
    },
  }
}

const answerShape = v.object({ ask: v.number(), trouble: v.nullable(v.picklist(['storageFull', 'storageBroken'])) })

/** A mirror that also writes, the reserved room, and the writing of parts, all through one worker. */
export function makeMirror(root: Root, startWorker: () => Worker): { mirror: Mirror; reserve: Reserve; writePart: PartFiles['write'] } {
  const ask = makeAsk(startWorker)
  return {
    async writePart(name, bytes) {
      const trouble = await ask({ work: 'part', name, bytes })
      return trouble === null ? ok() : fail(failure(trouble, 'parts'))
    },
    mirror: {
      ...makeMirrorReader(root),
      async write(name, text) {
        const trouble = await ask({ work: 'write', name, text })
        return trouble === null ? ok() : fail(failure(trouble, 'mirror'))
      },
    },
    reserve: {
      async hold() {
        return (await ask({ work: 'reserve', name: reserveFile, text: '' })) !== 'storageFull'
      },
      async release() {
        await orNull(async () => (await root()).removeEntry(reserveFile))
      },
    },
  }
}

type Trouble = 'storageFull' | 'storageBroken' | null
type Question = { work: 'write' | 'reserve'; name: string; text: string } | { work: 'part'; name: string; bytes: Bytes }

function makeAsk(startWorker: () => Worker): (question: Question) => Promise<Trouble> {
  const waiting = new Map<number, (trouble: Trouble) => void>()
  let worker: Worker | null = null
  let asked = 0

  function start(): Worker {
    const started = startWorker()
    started.addEventListener('message', (message: MessageEvent<unknown>) => {
      const answer = v.safeParse(answerShape, message.data)
      if (!answer.success) return
      waiting.get(answer.output.ask)?.(answer.output.trouble)
      waiting.delete(answer.output.ask)
    })
    started.addEventListener('error', () => {
      for (const tell of waiting.values()) tell('storageBroken')
      waiting.clear()
      worker = null
    })
    return started
  }

  return (question) =>
    new Promise((resolve) => {
      worker ??= start()
      asked += 1
      waiting.set(asked, resolve)
      worker.postMessage({ ask: asked, ...question })
    })
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
