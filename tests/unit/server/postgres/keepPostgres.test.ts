// The office's own PostgreSQL dies while the office runs.
import { mkdirSync, mkdtempSync, chmodSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fail, ok } from '../../../../core/result.ts'
import { openDatabase } from '../../../../server/postgres/database.ts'
import { startPostgres } from '../../../../server/postgres/embedded.ts'
import { keepPostgres, waitAfter, type KeepOptions } from '../../../../server/postgres/keepPostgres.ts'
import { whereIs } from '../../../../server/postgres/places.ts'
import { readPostmaster } from '../../../../server/postgres/postmaster.ts'
import { startFailure } from '../../../../server/postgres/startFailure.ts'

/** A log that keeps its lines, and a promise for the line that says the database is back. */
function aLog() {
  const lines: string[] = []
  let tellBack = (): void => undefined
  const back = new Promise<void>((resolve) => {
    tellBack = resolve
  })
  const line = (message: string, { kind, count }: { kind?: string; count?: number } = {}) => {
    lines.push([message, kind, count].filter((part) => part !== undefined).join(' '))
    if (message === 'database back') tellBack()
  }
  return { lines, back, log: { warn: line, info: line, error: line } }
}

/** A database that lives or not, and a wait that a test lets pass. */
function aKeeper(startAgain: KeepOptions['startAgain'], alive: { is: boolean }) {
  const waits: { ms: number; pass: () => void }[] = []
  const stopped: string[] = []
  const said = aLog()
  const wait = (ms: number, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      waits.push({ ms, pass: resolve })
      signal.addEventListener('abort', () => resolve())
    })
  const first = { isAlive: async () => alive.is, stop: async () => void stopped.push('first') }
  const keeper = keepPostgres(first, { startAgain, log: said.log, chance: () => 1, wait })
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  return { ...said, waits, stopped, keeper, turn }
}

describe('keeping PostgreSQL alive', () => {
  it('leaves a living one alone', async () => {
    let starts = 0
    const countedStart = async () => {
      starts += 1
      return fail(startFailure('doesNotStart', 'no'))
    }
    const { keeper, turn, waits, lines } = aKeeper(countedStart, { is: true })
    keeper.nudge()
    await turn()
    waits.at(-1)?.pass()
    await turn()
    await keeper.stop()

    expect([starts, lines]).toEqual([0, []])
  })

  it('tries again after longer and longer waits, then stops what it started', async () => {
    const answers = [fail(startFailure('doesNotStart', 'no')), fail(startFailure('diskFull', 'full')), ok({ isAlive: async () => true, stop: async () => void kept.stopped.push('second') })]
    const kept = aKeeper(async () => answers.shift() ?? fail(startFailure('doesNotStart', 'no')), { is: false })
    for (const _ of [1, 2, 3]) {
      kept.waits.at(-1)?.pass()
      await kept.turn()
    }
    await kept.keeper.stop()

    expect(kept.waits.map(({ ms }) => ms)).toEqual([5_000, 500, 1_000, 5_000])
    expect(kept.lines).toEqual(['database away postmaster', 'database away doesNotStart 1', 'database away diskFull 2', 'database back 3'])
    expect(kept.stopped).toEqual(['second'])
  })

  it('starts nothing after it was stopped', async () => {
    let starts = 0
    const countedStart = async () => {
      starts += 1
      return fail(startFailure('doesNotStart', 'no'))
    }
    const { keeper, stopped } = aKeeper(countedStart, { is: false })
    await keeper.stop()

    expect([starts, stopped]).toEqual([0, ['first']])
  })

  it('waits unevenly and never longer than half a minute', () => {
    expect([waitAfter(1, 0), waitAfter(1, 1), waitAfter(3, 0.5), waitAfter(40, 1)]).toEqual([250, 500, 1_500, 30_000])
  })
})

let folder: string
let begun: (() => Promise<void>)[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tiepsuc-keep-'))
  chmodSync(folder, 0o755)
  mkdirSync(join(folder, 'root'))
})
afterEach(async () => {
  for (const end of begun.reverse()) await end()
  begun = []
  rmSync(folder, { recursive: true, force: true })
})

it('takes up a killed PostgreSQL again with all that was in it, under the same connection string', async () => {
  const options = { dataFolder: join(folder, 'data'), parent: join(folder, 'root'), log: () => undefined }
  const started = await startPostgres(options)
  if (!started.ok) throw new Error(started.failure.sentence)
  const { log, back } = aLog()
  const keeper = keepPostgres(started.value, { startAgain: () => startPostgres(options), log, chance: () => 0 })
  const db = openDatabase(started.value.url, keeper.nudge)
  begun = [keeper.stop, () => db.destroy()]
  await sql`create table kept as select 7 as n`.execute(db)
  const places = await whereIs(options.dataFolder)
  const pid = async () => (await readPostmaster(places?.cluster ?? ''))?.pid ?? Number.NaN
  const before = await pid()
  process.kill(before, 'SIGKILL')
  await back

  expect((await sql`select n from kept`.execute(db)).rows).toEqual([{ n: 7 }])
  expect(await pid()).not.toBe(before)
  await db.destroy()
  await keeper.stop()
  begun = []
  expect(await started.value.isAlive()).toBe(false)
}, 60_000)
