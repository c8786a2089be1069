/**
 * One start or stop of a cluster at a time, across processes: a lock file that names its holder. A holder that died
 * leaves a lock that the next one takes over. Held for seconds, never while the office runs.
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
    await writeFile(mine, String(process.pid), { mode: 0o600 })
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
  const holder = Number((await readFile(path, 'utf8').catch(() => '')).trim())
  if (holder !== 0 && !isAlive(holder)) await takeAway(path, holder)
  return false
}

/** Moves a dead holder's lock aside; one that a faster starter has just made is put back. */
async function takeAway(path: string, deadHolder: number): Promise<void> {
  const aside = `${path}.${randomUUID()}`
  await rename(path, aside).catch(() => undefined)
  const held = Number((await readFile(aside, 'utf8').catch(() => '')).trim())
  if (held !== 0 && held !== deadHolder) await link(aside, path).catch(() => undefined)
  await rm(aside, { force: true })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return errorCode(cause) === 'EPERM'
  }
}
