/**
 * What `postmaster.pid` says, and whether the process it names is really the postmaster of that cluster. A number alone
 * proves nothing: after a restart of the machine or of a container it may be anybody's.
 */
import { readFile, readlink, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from './run.ts'
import { errorCode } from './startFailure.ts'

/** Where a postmaster listens: a unix socket in a folder, or a port of 127.0.0.1. */
export type Address = { readonly socketFolder: string; readonly port: number } | { readonly port: number }

export interface Postmaster {
  readonly pid: number
  /** Unknown while it is starting. */
  readonly address: Address | undefined
}

/** Reads `postmaster.pid` of a cluster: lines are pid, folder, start time, port, socket folder, listen address. */
export async function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch((cause: unknown) => {
    if (errorCode(cause) === 'ENOENT') return undefined
    throw cause
  })
  return text === undefined ? undefined : parsePostmaster(text)
}

/** The parser of `postmaster.pid`; undefined when its first line is no process number. */
export function parsePostmaster(text: string): Postmaster | undefined {
  const [pid, , , port, socketFolder, listen] = text.split('\n').map((line) => line.trim())
  if (pid === undefined || !/^\d+$/.test(pid)) return undefined
  const number = port !== undefined && /^\d+$/.test(port) ? Number(port) : undefined
  if (number === undefined) return { pid: Number(pid), address: undefined }
  if (socketFolder !== undefined && socketFolder !== '') return { pid: Number(pid), address: { socketFolder, port: number } }
  return { pid: Number(pid), address: listen === undefined || listen === '' ? undefined : { port: number } }
}

/** True when the process `pid` lives and is a postmaster of `cluster`. */
export async function isPostmasterOf(pid: number, cluster: string): Promise<boolean> {
  if (!lives(pid)) return false
  const folder = await realpath(cluster)
  if (process.platform === 'linux') {
    // A postmaster stands in its own cluster; that is cheaper and surer than reading its command line.
    const standsIn = await readlink(`/proc/${pid}/cwd`).catch(() => undefined)
    if (standsIn !== undefined) return standsIn === folder
  }
  const { code, said } = await run('ps', ['-o', 'command=', '-p', String(pid)], undefined)
  return code === 0 && said.includes('postgres') && (said.includes(cluster) || said.includes(folder))
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return errorCode(cause) === 'EPERM'
  }
}
