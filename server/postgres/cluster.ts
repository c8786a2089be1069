/**
 * Makes, starts and stops one PostgreSQL cluster with `initdb` and `pg_ctl`. A cluster appears whole or not at all:
 * it is made under another name and renamed, so a start that is killed half-way leaves nothing that looks like one.
 */
import { randomBytes } from 'node:crypto'
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fail, ok, type Result } from '../../core/result.ts'
import type { Binaries } from './binaries.ts'
import { role } from './knock.ts'
import { writeWhole, type Places } from './places.ts'
import { run, type Account } from './run.ts'
import { errorCode, fileFailure, startFailure, type StartFailure } from './startFailure.ts'
import { startTrouble } from './startTrouble.ts'

/** The longest path of a unix socket that every system takes, in bytes, with room for `/.s.PGSQL.5432`. */
const longestSocketFolder = 103 - '/.s.PGSQL.5432'.length
const socketPort = 5432
/** How long the last children of a killed postmaster may take to notice and end. */
const patienceMs = 60_000
const largestLogBytes = 4 * 1024 * 1024

/** Reads the cluster's password, or makes one for a cluster that is not there yet. Kept 0600 in the data folder. */
export async function passwordFor(dataFolder: string, cluster: string): Promise<Result<string, StartFailure>> {
  const path = join(dataFolder, 'postgres-password')
  try {
    return ok((await readFile(path, 'utf8')).trim())
  } catch (cause) {
    if (errorCode(cause) !== 'ENOENT') return fail(fileFailure(cause, path))
  }
  if (await isCluster(cluster)) {
    return fail(startFailure('passwordLost', `The database in ${cluster} is there but its password ${path} is missing: put the file back from a copy.`))
  }
  const password = randomBytes(24).toString('base64url')
  try {
    await writeWhole(path, password)
    return ok(password)
  } catch (cause) {
    return fail(fileFailure(cause, path))
  }
}

/** Makes the cluster when there is none, and refuses one of another major version. */
export async function makeCluster(binaries: Binaries, places: Places, as: Account | undefined, password: string, durable: boolean, log: (line: string) => void): Promise<Result<undefined, StartFailure>> {
  const { cluster } = places
  const found = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (found !== undefined) {
    if (found.trim() === binaries.major) return ok()
    return fail(startFailure('wrongMajor', `The database in ${cluster} was made by PostgreSQL ${found.trim()} and this version of Tiếp Sức brings PostgreSQL ${binaries.major}: move it over with pg_dump, or use the older version.`))
  }
  if (await isCluster(cluster)) {
    return fail(startFailure('damaged', `The database in ${cluster} is not whole (PG_VERSION is missing): restore the folder from a backup, or move it aside to begin with an empty one.`))
  }
  log('Making the database (once, a few seconds)')
  try {
    return await initialise(binaries, places, as, password, durable)
  } catch (cause) {
    return fail(fileFailure(cause, cluster))
  }
}

async function initialise(binaries: Binaries, { home, cluster }: Places, as: Account | undefined, password: string, durable: boolean): Promise<Result<undefined, StartFailure>> {
  const staged = join(home, 'cluster.new')
  const passwordFile = join(home, 'password.new')
  await rm(staged, { recursive: true, force: true })
  await rm(passwordFile, { force: true })
  await mkdir(staged, { mode: 0o700 })
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' })
  if (as !== undefined) {
    await chown(staged, as.uid, as.gid)
    await chown(passwordFile, as.uid, as.gid)
  }
  // The builtin locale needs no locale of the system, and no upgrade of the system can change the order of an index.
  const made = await run(binaries.initdb, [
    '-D', staged, '-U', role, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8',
    '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--data-checksums',
    ...(durable ? [] : ['--no-sync']),
  ], as)
  await rm(passwordFile, { force: true })
  if (made.code !== 0) {
    await rm(staged, { recursive: true, force: true })
    return fail(startTrouble(made, home))
  }
  await rename(staged, cluster)
  return ok()
}

/** Starts the postmaster and waits until it answers. PostgreSQL itself recovers from a `kill -9` or a power cut here. */
export async function startCluster(binaries: Binaries, places: Places, as: Account | undefined, { durable, port }: { durable: boolean; port: number | undefined }): Promise<Result<undefined, StartFailure>> {
  await turnLog(places.logFile)
  const before = await sizeOf(places.logFile)
  const until = performance.now() + patienceMs
  for (;;) {
    const settings = [...(await listening(places.socketFolder, port)), ...always, ...(durable ? [] : fast)]
    const options = settings.map(([name, value]) => `-c ${quoted(`${name}=${value}`)}`).join(' ')
    const started = await run(binaries.pgCtl, ['start', '-D', places.cluster, '-l', places.logFile, '-w', '-t', '120', '-s', '-o', options], as)
    if (started.code === 0) return ok()
    const log = (await readFile(places.logFile).catch(() => Buffer.alloc(0))).subarray(before).toString('utf8')
    // A free port can be taken between asking and using; the memory of a killed postmaster lives until its last child has noticed.
    const passing = /Address already in use|pre-existing shared memory block/.test(log.slice(-4_000))
    if (!passing || performance.now() > until) return fail(startTrouble({ code: started.code, said: `${started.said}\n${log}` }, places.cluster))
    await pause(300)
  }
}

/** Stops the postmaster: connections end, everything is written out. Says in words what went wrong, if anything. */
export async function stopCluster(binaries: Binaries, cluster: string, as: Account | undefined): Promise<string | undefined> {
  const stopped = await run(binaries.pgCtl, ['stop', '-D', cluster, '-m', 'fast', '-w', '-t', '60', '-s'], as)
  return stopped.code === 0 || /PID file .* does not exist|No such process/.test(stopped.said) ? undefined : stopped.said
}

type Setting = readonly [name: string, value: string]

/**
 * A citizen's values must never reach PostgreSQL's log: no statement, no parameter, no DETAIL with a key's value, and no
 * ERROR at all, since its first line may quote the value it did not like. The office logs the kind of each error itself.
 */
const always: readonly Setting[] = [
  ['timezone', 'UTC'],
  ['log_timezone', 'UTC'],
  ['log_min_messages', 'log'],
  ['log_min_error_statement', 'panic'],
  ['log_parameter_max_length_on_error', '0'],
  ['log_error_verbosity', 'terse'],
  ['log_checkpoints', 'off'],
]

/** Only for tests that do not test durability. */
const fast: readonly Setting[] = [
  ['fsync', 'off'],
  ['full_page_writes', 'off'],
  ['synchronous_commit', 'off'],
  ['max_connections', '200'],
]

/** A unix socket in a private folder; where its path would be too long, a free port of 127.0.0.1. */
async function listening(socketFolder: string, port: number | undefined): Promise<Setting[]> {
  if (Buffer.byteLength(socketFolder) <= longestSocketFolder) {
    return [['listen_addresses', ''], ['unix_socket_directories', socketFolder], ['unix_socket_permissions', '0700'], ['port', String(socketPort)]]
  }
  return [['listen_addresses', '127.0.0.1'], ['unix_socket_directories', ''], ['port', String(port ?? (await freePort()))]]
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

/** `pg_ctl` hands its options to a shell. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}

async function turnLog(logFile: string): Promise<void> {
  if ((await sizeOf(logFile)) > largestLogBytes) await rename(logFile, `${logFile}.1`)
}

function sizeOf(path: string): Promise<number> {
  return stat(path).then((found) => found.size, () => 0)
}

function isCluster(cluster: string): Promise<boolean> {
  return stat(cluster).then(() => true, () => false)
}
