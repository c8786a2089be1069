// Starting and stopping on a real database and a real port, and each way in which a start is refused with one sentence.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseConfig } from '../../../../server/config.ts'
import { startOffice } from '../../../../server/start/startOffice.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/postgres.ts'
import { freePort } from '../../../support/officeRun.ts'

let folder: string
let database: TestDatabase
let said: string[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tiepsuc-start-'))
  database = await createTestDatabase()
  said = []
})
afterEach(async () => {
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

async function start(environment: Record<string, string> = {}) {
  const port = String(await freePort())
  const config = parseConfig({ PORT: port, DATA_DIR: join(folder, 'data'), DATABASE_URL: database.url, LOG_LEVEL: 'silent', ...environment })
  if (!config.ok) throw new Error(config.failure)
  return startOffice(config.value, (text) => said.push(text))
}

async function running(environment?: Record<string, string>) {
  const started = await start(environment)
  if (!started.ok) throw new Error(started.failure)
  return started.value
}

const data = (name: string) => join(folder, 'data', name)
const json = (name: string) => JSON.parse(readFileSync(data(name), 'utf8')) as Record<string, unknown>

it('answers on its port, says where, and leaves nothing behind when it stops', async () => {
  const office = await running()
  const health = await fetch(`http://localhost:${office.port}/api/v1/health`)
  const there = json('office.json')
  await office.stop()

  expect(await health.json()).toEqual({ ok: true, wire: 1 })
  expect(there).toMatchObject({ pid: process.pid, port: office.port, origin: `http://localhost:${office.port}` })
  expect(existsSync(data('office.json'))).toBe(false)
  await expect(fetch(`http://localhost:${office.port}/api/v1/health`)).rejects.toThrow()
})

it('shows three links and the passphrase once; a second start keeps everything and makes unused links anew', async () => {
  const first = await running()
  const links = json('links.json')
  const keys = await (await fetch(`http://localhost:${first.port}/api/v1/keys`)).text()
  await first.stop()
  const firstWords = said.join('\n')
  said = []
  const second = await running()
  const sameKeys = await (await fetch(`http://localhost:${second.port}/api/v1/keys`)).text()
  await second.stop()

  expect(firstWords).toMatch(/([0-9A-Z]{5}-){4}[0-9A-Z]{5}/)
  expect(said.join('\n')).not.toMatch(/([0-9A-Z]{5}-){4}[0-9A-Z]{5}/)
  for (const name of ['tablet', 'badge', 'officer']) expect(firstWords).toContain(links[name])
  expect(sameKeys).toBe(keys)
  expect(json('links.json')['officer']).not.toBe(links['officer'])
  expect(statSync(data('links.json')).mode & 0o777).toBe(0o600)
  for (const name of ['working.json', 'signing.json', 'symmetric.json']) expect(statSync(join(data('keys'), name)).mode & 0o777).toBe(0o600)
})

describe('a start is refused in one sentence', () => {
  const sentence = async (environment?: Record<string, string>) => {
    const started = await start(environment)
    if (started.ok) await started.value.stop()
    return started.ok ? 'started' : started.failure
  }

  it('beside a living office of the same folder', async () => {
    const office = await running()
    const refused = await sentence()
    await office.stop()

    expect(refused).toMatch(/^An office is already running on .*: http:\/\/localhost:\d+ \(process \d+, since .*\)\.$/)
  })

  it('and not beside the leavings of a dead one', async () => {
    const office = await running()
    const there = readFileSync(data('office.json'))
    await office.stop()
    writeFileSync(data('office.json'), there)
    writeFileSync(data('office.sock'), '')

    expect(await sentence()).toBe('started')
  })

  it('on a taken port', async () => {
    const port = await freePort()
    const other = await new Promise<Server>((resolve) => {
      const server = createServer().listen(port, () => resolve(server))
    })
    const refused = await sentence({ PORT: String(port) })
    await new Promise((resolve) => other.close(resolve))

    expect(refused).toBe(`Port ${port} is taken by another program: stop that program, or choose another port with PORT.`)
  })

  it.each([
    ['nothing listens', 'postgres://nobody:geheim@127.0.0.1:1/none', 'ECONNREFUSED'],
    ['the host is none', 'postgres://nobody:geheim@nowhere.invalid/none', '(ENOTFOUND|EAI_AGAIN)'],
  ])('when %s at DATABASE_URL, without its password', async (_, url, code) => {
    const refused = await sentence({ DATABASE_URL: url })

    expect(refused).toMatch(new RegExp(`^The database of DATABASE_URL does not answer \\(${code}\\): look at its address, name, user and password\\.$`))
    expect(refused).not.toContain('geheim')
  })

  it('when the database does not exist or the password is wrong', async () => {
    const url = new URL(database.url)
    url.pathname = '/none'

    expect(await sentence({ DATABASE_URL: url.href })).toContain('(3D000)')
  })

  it.each(['DATA_DIR', 'KEYS_DIR'])('when %s is in the way of a file', async (name) => {
    writeFileSync(join(folder, 'file'), '')

    expect(await sentence({ [name]: join(folder, 'file', 'below') })).toMatch(/^Tiếp Sức (needs a folder|may not write|cannot use) .*\.$/)
  })

  it('when the database has been in use and the keys are gone', async () => {
    await (await running()).stop()
    rmSync(data('keys'), { recursive: true })

    expect(await sentence()).toMatch(/^This database has been in use and its keys are not in .*: put them back/)
  })

  it('when the database belongs to another office', async () => {
    await (await running()).stop()

    expect(await sentence({ DATA_DIR: join(folder, 'other') })).toMatch(/^This database has been in use/)
    const theirs = await createTestDatabase()
    await (await running({ DATA_DIR: join(folder, 'theirs'), DATABASE_URL: theirs.url })).stop()
    const mixed = await sentence({ KEYS_DIR: join(folder, 'theirs', 'keys') })
    await theirs.drop()
    expect(mixed).toMatch(/^This database belongs to an office with another root key/)
  })

  it('when the certificate cannot be read', async () => {
    expect(await sentence({ TLS_CERT: '/nowhere/cert.pem', TLS_KEY: '/nowhere/key.pem' })).toBe('TLS_CERT and TLS_KEY cannot be used: /nowhere/cert.pem (ENOENT).')
  })
})
