/**
 * The office's own PostgreSQL, for trying out and for tests; production sets DATABASE_URL instead.
 *
 * Promises: a start ends with a database that answers or with one plain sentence, never with an exception. What a
 * `kill -9` left behind is taken up again: a postmaster that still lives is adopted when it proves to serve this very
 * folder; a dead one's leavings are cleared and PostgreSQL recovers. Two starts at once are one after the other.
 * The caller makes sure that no other office uses the folder: `stop` stops an adopted postmaster, too.
 */
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fail, ok, type Result } from '../../core/result.ts'
import { accountFor } from './account.ts'
import { findBinaries, type Binaries } from './binaries.ts'
import { makeCluster, passwordFor, startCluster, stopCluster } from './cluster.ts'
import { knock, makeDatabase, urlOf } from './knock.ts'
import { choosePlaces, makePlaces, type Places } from './places.ts'
import { forgetPostmaster, isPostmasterOf, readPostmaster, type Address } from './postmaster.ts'
import type { Account } from './run.ts'
import { fileFailure, startFailure, type StartFailure } from './startFailure.ts'
import { withStartLock } from './startLock.ts'

export interface StartOptions {
  /** The office's `.data`; made when missing. */
  readonly dataFolder: string
  /** Told of the long steps, one plain line each. */
  readonly log: (line: string) => void
  /** False switches fsync off: only for tests that do not test durability. */
  readonly durable?: boolean
  /** As root, where the cluster's folder is made instead of /var/lib: for tests. */
  readonly parent?: string
  /** Where no unix socket can be: the port to take again, so that connection strings stay true. */
  readonly port?: number
}

export interface RunningPostgres {
  /** A connection string for the office's database. It holds the password: never log it. */
  readonly url: string
  /** True when the postmaster was living already. */
  readonly adopted: boolean
  /** Whether the postmaster of this cluster lives. */
  readonly isAlive: () => Promise<boolean>
  /** Stops the postmaster in its fast, clean way; never rejects. */
  readonly stop: () => Promise<void>
}

/** Everything that is known before PostgreSQL is touched. */
interface Prepared {
  readonly binaries: Binaries
  readonly places: Places
  readonly as: Account | undefined
  readonly password: string
}

/** How long a living postmaster may recover or stop before it counts as stuck. */
const settleMs = 120_000

/** Starts PostgreSQL on the cluster of `dataFolder`, making the cluster first when there is none. */
export async function startPostgres(options: StartOptions): Promise<Result<RunningPostgres, StartFailure>> {
  const dataFolder = resolve(options.dataFolder)
  if (/["`$\\\n]/.test(dataFolder)) {
    return fail(startFailure('badFolderName', `PostgreSQL cannot use the folder name ${dataFolder}: take one without quotation marks, $, backtick and backslash.`))
  }
  try {
    await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  } catch (cause) {
    return fail(fileFailure(cause, dataFolder))
  }
  return withStartLock(join(dataFolder, 'postgres.lock'), async () => {
    try {
      return await startLocked(dataFolder, options)
    } catch (cause) {
      return fail(fileFailure(cause, dataFolder))
    }
  })
}

async function startLocked(dataFolder: string, options: StartOptions): Promise<Result<RunningPostgres, StartFailure>> {
  const chosen = await choosePlaces(dataFolder, options.parent)
  if (!chosen.ok) return chosen
  const account = await accountFor(chosen.value.cluster)
  if (!account.ok) return account
  const as = account.value
  const places = await makePlaces(dataFolder, chosen.value, as)
  if (!places.ok) return places
  const binaries = await findBinaries(places.value.home, as)
  if (!binaries.ok) return binaries
  const password = await passwordFor(dataFolder, places.value.cluster)
  if (!password.ok) return password
  const prepared: Prepared = { binaries: binaries.value, places: places.value, as, password: password.value }

  const living = await adopt(prepared)
  if (!living.ok) return living
  if (living.value !== undefined) return ok(running(prepared, living.value, true, options.log))
  return startFresh(prepared, options)
}

/** The address of our own living postmaster; undefined when there is none, and then nothing stale hinders a start. */
async function adopt({ places, password }: Prepared): Promise<Result<Address | undefined, StartFailure>> {
  const { cluster } = places
  const until = performance.now() + settleMs
  for (;;) {
    const found = await readPostmaster(cluster)
    if (found === undefined) return ok(undefined)
    if (!(await isPostmasterOf(found.pid, cluster))) {
      await forgetPostmaster(places)
      return ok(undefined)
    }
    if (found.address !== undefined) {
      const { answer, ...rest } = await knock(found.address, password, cluster, 1_000)
      if (answer === 'ours') return ok(found.address)
      if (answer === 'wrongPassword') return fail(startFailure('passwordLost', `The database in ${cluster} does not take the password kept beside it: put the right postgres-password back from a copy.`))
      if (answer === 'other') return fail(startFailure('belongsToAnother', `Another database answers in the place of ${cluster}: stop it and start again.`, JSON.stringify(rest)))
    }
    if (performance.now() > until) {
      return fail(startFailure('doesNotStart', `The PostgreSQL of ${cluster} (process ${found.pid}) lives but does not answer: end it with "kill -INT ${found.pid}" and start again.`))
    }
    // It may be stopping: then its file goes away with it, and we start afresh.
    await pause(100)
  }
}

async function startFresh(prepared: Prepared, options: StartOptions): Promise<Result<RunningPostgres, StartFailure>> {
  const { binaries, places, as, password } = prepared
  const durable = options.durable ?? true
  const made = await makeCluster(binaries, places, as, password, durable, options.log)
  if (!made.ok) return made
  const started = await startCluster(binaries, places, as, { durable, port: options.port })
  if (!started.ok) return started
  const address = (await readPostmaster(places.cluster))?.address
  const answer = address === undefined ? undefined : await knock(address, password, places.cluster, settleMs)
  if (address === undefined || answer?.answer !== 'ours') {
    await stopCluster(binaries, places.cluster, as)
    if (answer?.answer === 'wrongPassword') return fail(startFailure('passwordLost', `The database in ${places.cluster} does not take the password kept beside it: put the right postgres-password back from a copy.`))
    return fail(startFailure('doesNotStart', `PostgreSQL started on ${places.cluster} but does not answer: look into ${places.logFile}.`, JSON.stringify(answer)))
  }
  await makeDatabase(address, password)
  return ok(running(prepared, address, false, options.log))
}

function running({ binaries, places, as, password }: Prepared, address: Address, adopted: boolean, log: (line: string) => void): RunningPostgres {
  let stopping: Promise<void> | undefined
  return {
    url: urlOf(address, password),
    adopted,
    isAlive: async () => {
      const found = await readPostmaster(places.cluster)
      return found !== undefined && (await isPostmasterOf(found.pid, places.cluster))
    },
    stop: () => (stopping ??= stopCluster(binaries, places.cluster, as).then((trouble) => {
      if (trouble !== undefined) log(`PostgreSQL did not stop: ${trouble}`)
    })),
  }
}
