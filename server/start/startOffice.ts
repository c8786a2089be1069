/**
 * From settings to a listening office, and back again in good order. Whatever stands in the way is one sentence; what was
 * begun before is ended again.
 */
import { readFile } from 'node:fs/promises'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { join } from 'node:path'
import { sql } from 'kysely'
import { fail, ok, type Result } from '../../core/result.ts'
import { createApp } from '../app.ts'
import type { Config } from '../config.ts'
import { makeLog, type Log } from '../log.ts'
import { openDatabase, type Database } from '../postgres/database.ts'
import { startPostgres } from '../postgres/embedded.ts'
import { keepPostgres } from '../postgres/keepPostgres.ts'
import { errorCode, fileFailure } from '../postgres/startFailure.ts'
import { bannerOf } from './banner.ts'
import { addDemo } from './demo.ts'
import { makeFrontDoor, type Certificate } from './frontDoor.ts'
import { makeFirstLinks } from './firstLinks.ts'
import { startHousekeeping } from './housekeeping.ts'
import { closeServer, listen } from './listening.ts'
import { openOffice, type OpenedOffice } from './openOffice.ts'
import { holdFolder } from './presence.ts'
import { makeUndo, type Undo } from './undo.ts'

export interface RunningOffice {
  readonly port: number
  /** Ends what is under way, closes everything, and is done. */
  readonly stop: () => Promise<void>
}

type Say = (text: string) => void

/** Starts the office. */
export async function startOffice(config: Config, say: Say): Promise<Result<RunningOffice, string>> {
  const undo = makeUndo()
  const started = await start(config, say, undo)
  if (!started.ok) await undo.run()
  return started
}

async function start(config: Config, say: Say, undo: Undo): Promise<Result<RunningOffice, string>> {
  const log = makeLog(config.logLevel)
  const held = await holdFolder(config.dataFolder)
  if (!held.ok) return held
  undo.add(held.value.leave)
  const certificate = await readCertificate(config)
  if (!certificate.ok) return certificate
  const free = await listen(createHttpServer(), config.port)
  if (!free.ok) return free
  await closeServer(free.value.server, 0)
  const db = await connect(config, say, log, undo)
  if (!db.ok) return db
  let passphrase: string | null = null
  const announce = (text: string): void => {
    passphrase = text
    say(`Passphrase of the offline keys (shown once): ${text}`)
  }
  const opened = await openOffice({ config, db: db.value, clock: { now: () => Date.now() }, log, say, announce })
  if (!opened.ok) return opened
  undo.add(opened.value.opener.stop)
  undo.add(startHousekeeping(opened.value.office))
  if (config.demo) await addDemo(opened.value, createApp(opened.value.office), say)
  const links = await makeFirstLinks(opened.value.office)
  const listening = await serve(config, opened.value, certificate.value, undo)
  if (!listening.ok) return listening
  const { port } = listening.value
  const [origin] = config.publicOrigins
  await held.value.write({ pid: process.pid, port, startedAt: new Date().toISOString(), origin })
  say(bannerOf({ origins: config.publicOrigins, links, passphrase, takeOfflineFolder: join(config.dataFolder, 'take-offline'), qr: process.stdout.isTTY }))
  log.info('started', { port })
  return ok({ port, stop: undo.run })
}

async function serve(config: Config, { office }: OpenedOffice, certificate: Certificate | null, undo: Undo): Promise<Result<{ port: number }, string>> {
  const server = makeFrontDoor(createApp(office), config, { certificate })
  const listening = await listen(server, config.port)
  if (!listening.ok) return listening
  undo.add(() => closeServer(server, 10_000))
  return listening
}

/** Null for plain HTTP. Broken files are found out before anything is started. */
async function readCertificate({ tls }: Config): Promise<Result<Certificate | null, string>> {
  if (tls === undefined) return ok(null)
  let reading = tls.certFile
  try {
    const cert = await readFile(tls.certFile)
    reading = tls.keyFile
    const key = await readFile(tls.keyFile)
    createHttpsServer({ cert, key }).close()
    return ok({ cert, key })
  } catch (cause) {
    const why = errorCode(cause) ?? 'not readable'
    return fail(`TLS_CERT and TLS_KEY cannot be used: ${reading} (${why}).`)
  }
}

async function connect(config: Config, say: Say, log: Log, undo: Undo): Promise<Result<Database, string>> {
  let url = config.databaseUrl
  let nudge = (): void => undefined
  if (url === undefined) {
    const options = { dataFolder: config.dataFolder, log: say }
    const started = await startPostgres(options)
    if (!started.ok) return fail(started.failure.sentence)
    url = started.value.url
    const port = Number(new URL(url).port)
    const keeper = keepPostgres(started.value, { startAgain: () => startPostgres({ ...options, port }), log, chance: Math.random })
    undo.add(keeper.stop)
    nudge = keeper.nudge
  }
  try {
    const db = openDatabase(url, () => {
      log.warn('database away')
      nudge()
    })
    undo.add(() => db.destroy())
    await sql`select 1`.execute(db)
    return ok(db)
  } catch (cause) {
    const code = errorCode(cause) ?? (cause instanceof AggregateError ? cause.errors.map(errorCode)[0] : undefined)
    return fail(config.databaseUrl === undefined ? fileFailure(cause, config.dataFolder).sentence : `The database of DATABASE_URL does not answer (${code ?? 'no connection'}): look at its address, name, user and password.`)
  }
}
