/** The two offices that are fuzzed: one called in this process, and one behind a socket as people run it. */
import { closeSync, chmodSync, mkdirSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { createApp } from '../../../../server/app.ts'
import { parseConfig } from '../../../../server/config.ts'
import { makeRateLimits } from '../../../../server/http/rateLimit.ts'
import { loadKeys } from '../../../../server/keys/loadKeys.ts'
import { makeLog } from '../../../../server/log.ts'
import { openDatabase } from '../../../../server/postgres/database.ts'
import { startPostgres } from '../../../../server/postgres/embedded.ts'
import { openOffice } from '../../../../server/start/openOffice.ts'
import { anOfficeRun } from '../../../support/officeRun.ts'
import { removePostgres } from '../../../support/removePostgres.ts'
import { overSocket } from './rawSocket.ts'
import type { Door } from './scene.ts'
import { framed, type Answers, type Field, type Wire } from './wire.ts'

export interface FuzzedOffice {
  readonly name: 'in process' | 'over sockets'
  readonly door: Door
  /** Headers that every request to it bears. */
  readonly headers: (input: number) => readonly Field[]
  readonly send: (wire: Wire) => Promise<Answers>
  /** What was logged since it was last asked. */
  readonly takeLog: () => string
  /** What shows that it is not as it was: an exception that nobody caught, no answer. */
  readonly ailing: () => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

const clock = { now: () => Date.now() }
const random = (count: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(count))
const wide = { burst: 1e9, refillMs: 1 }

/** An office without a socket, on a PostgreSQL of its own, with limits that nobody meets. */
export async function officeInProcess(): Promise<FuzzedOffice> {
  const folder = mkdtempSync(join(tmpdir(), 'tiepsuc-fuzz-'))
  // As root another user runs PostgreSQL and must be able to pass through.
  chmodSync(folder, 0o711)
  const parent = join(folder, 'root')
  mkdirSync(parent, { mode: 0o711 })
  const started = await startPostgres({ dataFolder: join(folder, 'postgres'), parent, durable: false, log: () => undefined })
  if (!started.ok) throw new Error(started.failure.sentence)
  const origin = 'http://localhost:8080'
  const config = parseConfig({ DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'debug', PUBLIC_ORIGINS: origin })
  if (!config.ok) throw new Error(config.failure)
  let logged = ''
  const sink = new Writable({ write: (line: Buffer, _encoding, done) => { logged += line.toString(); done() } })
  const db = openDatabase(started.value.url, () => undefined)
  const limits = makeRateLimits(clock, { address: wide, sender: wide, device: wide, guess: wide, account: wide })
  const opened = await openOffice({ config: config.value, db, clock, log: makeLog('debug', sink), say: () => undefined, announce: () => undefined, limits })
  if (!opened.ok) throw new Error(opened.failure)
  const { office, opener } = opened.value
  const app = createApp(office)
  const thrown: string[] = []
  const onThrown = (cause: unknown): void => void thrown.push(`nobody caught: ${cause instanceof Error ? (cause.stack ?? cause.name) : typeof cause}`)
  process.on('unhandledRejection', onThrown)
  return {
    name: 'in process',
    door: { origin, ask: async (path, init) => app.request(`${origin}${path}`, init), maker: office },
    headers: () => [],
    send: async (wire) => answersOf(await app.request(requestOf(wire, origin))),
    takeLog: () => {
      const taken = logged
      logged = ''
      return taken
    },
    ailing: async () => thrown.splice(0),
    close: async () => {
      process.off('unhandledRejection', onThrown)
      await opener.stop()
      await db.destroy()
      await removePostgres(join(folder, 'postgres'))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What a library would make of it; a header or an address that it would not send is left out. */
function requestOf({ method, target, headers, body }: Wire, origin: string): Request {
  const url = URL.canParse(`${origin}${target}`) ? `${origin}${target}` : `${origin}/`
  const withBody = body !== null && method !== 'GET' && method !== 'HEAD'
  const sendable = headers.filter(([name]) => /^[\w-]+$/.test(name)).map(([name, value]): [string, string] => [name, value])
  return new Request(url, { method, headers: sendable, ...(withBody ? { body } : {}) })
}

async function answersOf(answer: Response): Promise<Answers> {
  return [{ status: answer.status, headers: [...answer.headers], body: new Uint8Array(await answer.arrayBuffer()) }]
}

/** An office as its own process, behind one trusted proxy, so that every input comes from an address of its own. */
export async function officeOverSockets(): Promise<FuzzedOffice> {
  const run = await anOfficeRun([], { TRUST_PROXY: '1', LOG_LEVEL: 'debug' })
  const keys = await loadKeys(join(run.folder, 'keys'))
  if (!keys.ok) throw new Error(keys.failure)
  const found = await startPostgres({ dataFolder: join(run.folder, 'data'), log: () => undefined })
  if (!found.ok) throw new Error(found.failure.sentence)
  const db = openDatabase(found.value.url, () => undefined)
  const port = Number(new URL(run.origin).port)
  const log = openSync(run.logFile, 'r')
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => fetch(`${run.origin}${path}`, { ...init, redirect: 'manual' })
  return {
    name: 'over sockets',
    door: { origin: run.origin, ask, maker: { db, keys: keys.value, random, clock } },
    headers: (input) => [['Host', new URL(run.origin).host], ['Connection', 'close'], ['X-Forwarded-For', addressOf(input)]],
    send: (wire) => overSocket(port, framed(wire), wire.raw !== undefined),
    takeLog: () => restOf(log),
    ailing: async () => ((await ask('/api/v1/health').then(({ ok }) => ok, () => false)) ? [] : ['it does not answer any more']),
    close: async () => {
      closeSync(log)
      await db.destroy()
      await run.remove()
    },
  }
}

const addressOf = (input: number): string => `10.${(input >> 16) & 255}.${(input >> 8) & 255}.${input & 255}`

/** From where the last reading ended. */
function restOf(file: number): string {
  const pieces: Buffer[] = []
  for (;;) {
    const piece = Buffer.alloc(1_000_000)
    const size = readSync(file, piece)
    if (size === 0) return Buffer.concat(pieces).toString()
    pieces.push(piece.subarray(0, size))
  }
}
