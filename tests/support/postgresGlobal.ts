// One throw-away PostgreSQL for a whole run. The folder is made here; the first test that asks starts the server in it
// (tests/support/postgres.ts), so a run that needs no database pays nothing. What a killed run left behind is swept.
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { removePostgres } from './removePostgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder of the run's own PostgreSQL. */
    postgresFolder: string
  }
}

const prefix = 'tiepsuc-test-'

/** Called by vitest once a project; all projects of a run share the folder of the run's main process. */
export async function setup(project: TestProject): Promise<void> {
  project.provide('postgresFolder', await makeRunFolder())
}

/** Called by vitest at the end of the run. */
export async function teardown(): Promise<void> {
  await removeRunFolder(runFolder(process.pid))
}

/** The folder for this run's PostgreSQL; made, and the folders of dead runs removed. Playwright calls it, too. */
export async function makeRunFolder(): Promise<string> {
  await sweep()
  const folder = runFolder(process.pid)
  mkdirSync(folder, { recursive: true })
  // As root another user runs PostgreSQL and must be able to pass through; what lies inside is closed.
  chmodSync(folder, 0o711)
  return folder
}

/** Stops the PostgreSQL of a run's folder, if any, and removes the folder. */
export async function removeRunFolder(folder: string): Promise<void> {
  if (!existsSync(folder)) return
  await removePostgres(join(folder, 'data'))
  rmSync(folder, { recursive: true, force: true })
}

function runFolder(pid: number): string {
  return join(tmpdir(), `${prefix}${pid}`)
}

async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(name.slice(prefix.length))
    const folder = join(tmpdir(), name)
    if (!name.startsWith(prefix) || !Number.isInteger(pid) || existsAs(pid)) continue
    if (statSync(folder, { throwIfNoEntry: false })?.uid === process.getuid?.()) await removeRunFolder(folder)
  }
}

function existsAs(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (cause) {
    return !(cause instanceof Error && 'code' in cause && cause.code === 'ESRCH')
  }
}
