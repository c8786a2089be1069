/**
 * What `postmaster.pid` says, and whether the process it names is really the postmaster of that cluster. A number alone
 * proves nothing: after a restart of the machine or of a container it may be anybody's.
 */
import { open, readdir, readFile, readlink, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Places } from './places.ts'
import { run } from './run.ts'
import { errorCode } from './startFailure.ts'

/** Above every process number that Linux or macOS gives, and within PostgreSQL's int. */
const nobodysPid = 2_147_483_646

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

/**
 * Lets PostgreSQL see at a glance that the postmaster it finds named is dead. It would take any living process of that
 * number, even one that is dead and not yet collected, for the postmaster and refuse. Its file must not be removed: the
 * other lines let it wait for the last children of the dead one, without which two could write the same pages.
 */
export async function forgetPostmaster(places: Places): Promise<void> {
  const path = join(places.cluster, 'postmaster.pid')
  const lines = (await readFile(path, 'utf8')).split('\n')
  const handle = await open(path, 'r+') // in place: the file keeps its owner
  try {
    await handle.truncate()
    await handle.writeFile([String(nobodysPid), ...lines.slice(1)].join('\n'))
  } finally {
    await handle.close()
  }
  for (const name of await readdir(places.socketFolder)) {
    if (name.startsWith('.s.PGSQL.')) await rm(join(places.socketFolder, name), { force: true })
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return errorCode(cause) === 'EPERM'
  }
}
