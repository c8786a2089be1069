/**
 * One office a data folder. A living office listens on a socket in it; the system closes that socket with the process,
 * however it ends, so a stale one is told from a living one without trusting process numbers. office.json says who it is.
 */
import { createHash } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import * as v from 'valibot'
import { fail, ok, type Result } from '../../core/result.ts'
import { readKeyFile } from '../keys/keyFiles.ts'
import { errorCode, fileFailure, startFailure } from '../postgres/startFailure.ts'
import { withStartLock } from '../postgres/startLock.ts'

const presenceShape = v.object({ pid: v.number(), port: v.number(), startedAt: v.string(), origin: v.string() })
export type Presence = v.InferOutput<typeof presenceShape>

export interface Held {
  readonly write: (presence: Presence) => Promise<void>
  readonly leave: () => Promise<void>
}

const fileName = 'office.json'
/** sockaddr_un holds 104 bytes on macOS and 108 on Linux. */
const maxSocketPath = 100

/** True while an office lives on this data folder. */
export function isOfficeThere(dataFolder: string): Promise<boolean> {
  return answers(socketOf(dataFolder))
}

/** Takes the data folder for this process, or says who has it or why it cannot be used. */
export async function holdFolder(dataFolder: string): Promise<Result<Held, string>> {
  try {
    await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  } catch (cause) {
    return fail(fileFailure(cause, dataFolder).sentence)
  }
  const held = await withStartLock(join(dataFolder, 'office.lock'), async () => {
    const socket = socketOf(dataFolder)
    if (await answers(socket)) return fail(startFailure('busy', await whoIsThere(dataFolder)))
    await rm(socket, { force: true })
    try {
      return ok(heldBy(dataFolder, await listenOn(socket)))
    } catch (cause) {
      return fail(fileFailure(cause, socket))
    }
  })
  return held.ok ? held : fail(held.failure.sentence)
}

function heldBy(dataFolder: string, server: Server): Held {
  const file = join(dataFolder, fileName)
  return {
    write: (presence) => writeFile(file, `${JSON.stringify(presence, null, 2)}\n`, { mode: 0o600 }),
    leave: async () => {
      await rm(file, { force: true })
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function whoIsThere(dataFolder: string): Promise<string> {
  const there = await readKeyFile(dataFolder, fileName, presenceShape)
  if (there === null) return `An office is already starting on ${dataFolder}.`
  return `An office is already running on ${dataFolder}: ${there.origin} (process ${there.pid}, since ${there.startedAt}).`
}

function socketOf(dataFolder: string): string {
  const beside = join(dataFolder, 'office.sock')
  const short = relative(process.cwd(), beside)
  const chosen = [beside, short].find((path) => Buffer.byteLength(path) <= maxSocketPath)
  return chosen ?? join(tmpdir(), `tiepsuc-${createHash('sha256').update(dataFolder).digest('hex').slice(0, 20)}.sock`)
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const knock = connect(socket, () => {
      knock.destroy()
      resolve(true)
    })
    knock.on('error', (cause) => resolve(errorCode(cause) === 'EAGAIN'))
  })
}

function listenOn(socket: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((caller) => caller.destroy())
    server.once('error', reject)
    server.listen(socket, () => resolve(server))
    server.unref()
  })
}
