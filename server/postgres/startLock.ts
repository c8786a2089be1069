/**
 * One start or stop of a cluster at a time, across processes: a lock file that names its holder, and the run of the machine in
 * which it holds. A holder that died, with its machine or alone, leaves a lock that the next one takes over; so does one of
 * which a power cut left the name without the words. Held for seconds, never while the office runs.
 */
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { fail, type Result } from '../../core/result.ts'
import { errorCode, fileFailure, startFailure, type StartFailure } from './startFailure.ts'

const patienceMs = 180_000
const lookAgainMs = 100

/** Runs `work` while no other process holds `path`; fails when the holder does not finish within three minutes. */
export async function withStartLock<T>(path: string, work: () => Promise<Result<T, StartFailure>>): Promise<Result<T, StartFailure>> {
  const until = performance.now() + patienceMs
  const mine = `${path}.${process.pid}.${randomUUID()}`
  try {
    // On disk before it has its name: a power cut never leaves a lock that names nobody.
    await writeFile(mine, `${process.pid} ${await machineRun()}`, { mode: 0o600, flush: true })
    while (!(await tryTake(mine, path))) {
      if (performance.now() > until) {
        return fail(startFailure('busy', `Another start of Tiếp Sức holds ${path} and does not finish: end it, or remove the file when there is none.`))
      }
      await pause(lookAgainMs)
    }
  } catch (cause) {
    return fail(fileFailure(cause, path))
  } finally {
    await rm(mine, { force: true }).catch(() => undefined)
  }
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

async function tryTake(mine: string, path: string): Promise<boolean> {
  try {
    await link(mine, path) // atomic, and the lock is never seen without its holder's number
    return true
  } catch (cause) {
    if (errorCode(cause) !== 'EEXIST') throw cause
  }
  const holder = await readOrNull(path)
  if (holder !== null && (await isDead(holder))) await takeAway(path, holder)
  return false
}

/** Moves a dead holder's lock aside; one that a faster starter has just made is put back. */
async function takeAway(path: string, deadHolder: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`
  await rename(path, aside).catch(() => undefined)
  const held = await readOrNull(aside)
  if (held !== null && held !== deadHolder) await link(aside, path).catch(() => undefined)
  await rm(aside, { force: true })
}

/** What a lock says; null when there is none any more. */
async function readOrNull(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return null
    throw cause
  }
}

/** After a new start of the machine its number may be another process's. */
async function isDead(holder: string): Promise<boolean> {
  const [pid = '', itsRun = ''] = holder.split(' ')
  const ourRun = await machineRun()
  return !/^\d+$/.test(pid) || (itsRun !== '' && ourRun !== '' && itsRun !== ourRun) || !isAlive(Number(pid))
}

/** Names this run of the machine, where the system has a name for it (Linux). */
async function machineRun(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')).trim()
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return errorCode(cause) === 'EPERM'
  }
}
