import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { ok } from '../../../../core/result.ts'
import { urlOf } from '../../../../server/postgres/knock.ts'
import { isPostmasterOf, parsePostmaster } from '../../../../server/postgres/postmaster.ts'
import { fileFailure } from '../../../../server/postgres/startFailure.ts'
import { withStartLock } from '../../../../server/postgres/startLock.ts'
import { startTrouble } from '../../../../server/postgres/startTrouble.ts'

const folders: string[] = []

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tiepsuc-parts-'))
  folders.push(folder)
  return folder
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

test('a postmaster file names the process and its unix socket', () => {
  const text = '4711\n/home/lan/.data/postgres/cluster\n1795507200\n5432\n/home/lan/.data/postgres/s\n\n  1 2\nready\n'

  expect(parsePostmaster(text)).toEqual({ pid: 4711, address: { socketFolder: '/home/lan/.data/postgres/s', port: 5432 } })
})

test('a postmaster file without a socket names a port of this machine', () => {
  expect(parsePostmaster('4711\n/c\n1795507200\n40123\n\n127.0.0.1\n1 2\nready\n')).toEqual({ pid: 4711, address: { port: 40123 } })
})

test('a postmaster that is still starting has no address yet', () => {
  expect(parsePostmaster('4711\n/c\n')).toEqual({ pid: 4711, address: undefined })
})

test('an empty postmaster file names nobody', () => {
  expect(parsePostmaster('')).toBeUndefined()
})

test('a living process that stands elsewhere is not taken for a postmaster', async () => {
  expect(await isPostmasterOf(process.pid, aFolder())).toBe(false)
})

test('an address becomes a connection string that pg reads', () => {
  expect(urlOf({ socketFolder: '/home/lan/s', port: 5432 }, 'p/w')).toBe('postgresql://tiepsuc:p%2Fw@localhost:5432/tiepsuc?host=%2Fhome%2Flan%2Fs')
  expect(urlOf({ port: 40123 }, 'pw', 'postgres')).toBe('postgresql://tiepsuc:pw@127.0.0.1:40123/postgres')
})

test('two starts at once run one after the other and leave no lock file', async () => {
  const folder = aFolder()
  const steps: string[] = []
  const start = (name: string) =>
    withStartLock(join(folder, 'lock'), async () => {
      steps.push(`${name} in`)
      await new Promise((resolve) => setImmediate(resolve))
      steps.push(`${name} out`)
      return ok()
    })

  await Promise.all([start('first'), start('second')])

  expect(steps[0]?.split(' ')[0]).toBe(steps[1]?.split(' ')[0])
  expect(steps[2]?.split(' ')[0]).toBe(steps[3]?.split(' ')[0])
  expect(readdirSync(folder)).toEqual([])
})

test.each([
  ['that a power cut left empty', ''],
  ['of a process of the machine’s last run, whose number is somebody else’s today', `${String(process.pid)} 00000000-0000-4000-8000-000000000000`],
])('a lock %s is taken over', async (_what, left) => {
  const folder = aFolder()
  writeFileSync(join(folder, 'lock'), left)

  expect(await withStartLock(join(folder, 'lock'), async () => ok('started'))).toEqual({ ok: true, value: 'started' })
  expect(readdirSync(folder)).toEqual([])
})

test('a lock whose holder is dead is taken over', async () => {
  const folder = aFolder()
  writeFileSync(join(folder, 'lock'), '4194303') // above any process number that Linux gives by default

  expect(await withStartLock(join(folder, 'lock'), async () => ok('started'))).toEqual({ ok: true, value: 'started' })
})

test.each([
  ['initdb: error: could not write: No space left on device', 'diskFull', 'The disk that holds /d is full: make room and start again.'],
  ['PANIC:  could not locate a valid checkpoint record', 'damaged', 'The database in /d is damaged: restore the folder from a backup, or move it aside to begin with an empty one.'],
  ['FATAL:  database files are incompatible with server', 'wrongMajor', 'The database in /d was made by another version of PostgreSQL: move it over with pg_dump, or use the older version.'],
  ['FATAL:  data directory "/d" has wrong ownership', 'cannotWrite', 'PostgreSQL may not use /d: give the folder back to the user who made it, with mode 0700.'],
  ['2026 FATAL:  it is raining', 'doesNotStart', 'PostgreSQL does not start on /d: it is raining'],
])('PostgreSQL saying "%s" is told as one sentence', (said, kind, sentence) => {
  expect(startTrouble({ code: 1, said }, '/d')).toEqual({ kind, sentence, said })
})

test('a user whom the system does not know by name is told so', () => {
  expect(startTrouble({ code: 1, said: 'initdb: error: could not look up effective user ID 4242: user does not exist' }, '/d').kind).toBe('noAccount')
})

test('programs that do not run here are told apart from a database that does not start', () => {
  expect(startTrouble({ code: null, said: 'ENOENT' }, '/d').kind).toBe('noBinaries')
})

test.each([
  ['EACCES', 'cannotWrite'],
  ['ENOSPC', 'diskFull'],
  ['ENOTDIR', 'cannotWrite'],
  ['EIO', 'cannotWrite'],
  ['42501', 'doesNotStart'],
])('the error %s becomes the failure %s', (code, kind) => {
  expect(fileFailure(Object.assign(new Error('refused'), { code }), '/d').kind).toBe(kind)
})
