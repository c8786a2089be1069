/**
 * The real office as its own process, on a port and in a folder of its own, with its own PostgreSQL. For e2e only; `npm run
 * build` must have run. What is started here is ended here, by process id.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { get as httpGet } from 'node:http'
import { get as httpsGet } from 'node:https'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { removePostgres } from './removePostgres.ts'

export interface Links {
  readonly tablet: string
  readonly badge: string
  readonly officer: string
}

export interface OfficeRun {
  readonly origin: string
  readonly folder: string
  readonly logFile: string
  links(): Links
  /** kill -9 of the office process only; its PostgreSQL lives on, as after a crash. */
  kill(): Promise<void>
  /** Starts it again in the same folder and on the same port, with other settings if asked. */
  start(changes?: Readonly<Record<string, string>>): Promise<void>
  /** Stops it as Ctrl-C does; the exit code. */
  stop(): Promise<number | null>
  remove(): Promise<void>
}

/** A port that nobody used a moment ago. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port)
        else reject(new Error('no port'))
      })
    })
  })
}

/**
 * Makes an office with fresh keys and starts it; with TLS_CERT among the settings it speaks HTTPS. `prepare` gets its folder
 * before anything lies there.
 */
export async function anOfficeRun(args: readonly string[] = [], settings: Readonly<Record<string, string>> = {}, prepare: (folder: string) => void = () => undefined): Promise<OfficeRun> {
  const folder = mkdtempSync(join(tmpdir(), 'tiepsuc-e2e-'))
  const port = await freePort()
  const origin = `${settings['TLS_CERT'] === undefined ? 'http' : 'https'}://localhost:${port}`
  const logFile = join(folder, 'office.log')
  let child: ChildProcess | null = null

  async function start(changes: Readonly<Record<string, string>> = {}): Promise<void> {
    const log = createWriteStream(logFile, { flags: 'a' })
    const started = spawn(process.execPath, [process.env['OFFICE_MAIN'] ?? 'dist/server/main.js', ...args], {
      env: { ...process.env, PORT: String(port), DATA_DIR: join(folder, 'data'), KEYS_DIR: join(folder, 'keys'), PUBLIC_ORIGINS: origin, ...settings, ...changes },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    started.stdout.pipe(log, { end: false })
    started.stderr.pipe(log, { end: false })
    child = started
    await answering(origin, started, logFile)
  }

  async function ended(signal: NodeJS.Signals): Promise<number | null> {
    const current = child
    child = null
    if (current?.exitCode !== null) return current?.exitCode ?? null
    const exit = new Promise<number | null>((resolve) => current.once('exit', resolve))
    current.kill(signal)
    return exit
  }

  prepare(folder)
  await start()
  return {
    origin,
    folder,
    logFile,
    links: () => JSON.parse(readFileSync(join(folder, 'data', 'links.json'), 'utf8')) as Links,
    kill: async () => {
      await ended('SIGKILL')
    },
    start,
    stop: () => ended('SIGTERM'),
    remove: async () => {
      await ended('SIGTERM')
      // A killed office leaves its database running; as root it lies outside of the folder.
      await removePostgres(join(folder, 'data'))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function answering(origin: string, child: ChildProcess, logFile: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the office ended with ${child.exitCode}:\n${readFileSync(logFile, 'utf8').slice(-4000)}`)
    if (await isHealthy(origin)) return
    await wait(100)
  }
  throw new Error(`the office did not answer within a minute:\n${readFileSync(logFile, 'utf8').slice(-4000)}`)
}

/** Whether the office answers; its certificate may be the tests' own. */
async function isHealthy(origin: string): Promise<boolean> {
  return new Promise((resolve) => {
    const ask = origin.startsWith('https:') ? httpsGet : httpGet
    const request = ask(`${origin}/api/v1/health`, { rejectUnauthorized: false }, (answer) => {
      answer.resume()
      resolve(answer.statusCode === 200)
    })
    request.once('error', () => resolve(false))
  })
}
