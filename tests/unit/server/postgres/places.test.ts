import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { choosePlaces, makePlaces, whereIs } from '../../../../server/postgres/places.ts'

let folder: string
let dataFolder: string
let home: string

/** A data folder whose database lies elsewhere, as root leaves it. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tiepsuc-places-'))
  dataFolder = join(folder, 'data')
  home = join(folder, 'elsewhere')
  mkdirSync(dataFolder)
  mkdirSync(join(home, 'cluster'), { recursive: true })
  writeFileSync(join(dataFolder, 'where'), `${home}\n`)
  writeFileSync(join(home, 'belongs-to'), `${dataFolder}\n`)
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

test('a data folder without a database names no place', async () => {
  rmSync(join(home, 'cluster'), { recursive: true })

  expect(await whereIs(dataFolder)).toBeUndefined()
})

test('the place that "where" names is used, and its parts are known', async () => {
  const places = { home, cluster: join(home, 'cluster'), logFile: join(home, 'log'), socketFolder: join(home, 's') }

  expect(await choosePlaces(dataFolder, undefined)).toEqual({ ok: true, value: places })
  expect(await whereIs(dataFolder)).toEqual(places)
})

test('a data folder that was moved keeps its database', async () => {
  const moved = join(folder, 'moved')
  renameSync(dataFolder, moved)

  expect(await choosePlaces(moved, undefined)).toMatchObject({ ok: true, value: { home } })
  expect(readFileSync(join(home, 'belongs-to'), 'utf8')).toBe(`${moved}\n`)
})

test('a data folder that was copied does not get the database of the original', async () => {
  const copy = join(folder, 'copy')
  cpSync(dataFolder, copy, { recursive: true })

  expect(await choosePlaces(copy, undefined)).toEqual({
    ok: false,
    failure: {
      kind: 'belongsToAnother',
      sentence: `${copy} is a copy of ${dataFolder} and names the same database: remove ${join(copy, 'where')} to begin with an empty one.`,
    },
  })
})

test('folders made inside the data folder are closed to everybody else and need no "where"', async () => {
  rmSync(join(dataFolder, 'where'))
  mkdirSync(join(dataFolder, 'postgres/cluster'), { recursive: true })
  const chosen = await choosePlaces(dataFolder, undefined)
  if (!chosen.ok) throw new Error(chosen.failure.sentence)

  expect(await makePlaces(dataFolder, chosen.value, undefined)).toEqual({ ok: true, value: chosen.value })
  expect(chosen.value.home).toBe(join(dataFolder, 'postgres'))
})
