// The office behind its own certificate, over a real socket and a real handshake.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request as plain, type IncomingMessage } from 'node:http'
import { request as secure } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseConfig } from '../../../../server/config.ts'
import { startOffice, type RunningOffice } from '../../../../server/start/startOffice.ts'
import { freePort } from '../../../support/officeRun.ts'
import { createTestDatabase, type TestDatabase } from '../../../support/postgres.ts'

const support = join(import.meta.dirname, '../../../support/tls')
const certFile = join(support, 'testOnly.cert.pem')
const keyFile = join(support, 'testOnly.key.pem')
const ca = readFileSync(certFile)

let folder: string
let database: TestDatabase
let office: RunningOffice
const said: string[] = []

async function start(tls: Record<string, string>) {
  const config = parseConfig({ PORT: String(await freePort()), DATA_DIR: join(folder, 'data'), DATABASE_URL: database.url, LOG_LEVEL: 'silent', ...tls })
  if (!config.ok) throw new Error(config.failure)
  return startOffice(config.value, (text) => said.push(text))
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tiepsuc-tls-'))
  database = await createTestDatabase()
  const started = await start({ TLS_CERT: certFile, TLS_KEY: keyFile })
  if (!started.ok) throw new Error(started.failure)
  office = started.value
})
afterAll(async () => {
  await office.stop()
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

interface Got {
  readonly status: number | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** GET /api/v1/health, or the code of what went wrong on the way. */
function health(ask: typeof plain | typeof secure, options: { ca?: Buffer }): Promise<Got | string> {
  return new Promise((resolve) => {
    const asked = ask({ host: 'localhost', port: office.port, path: '/api/v1/health', agent: false, ...options }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks).toString() }))
    })
    asked.on('error', (cause: NodeJS.ErrnoException) => resolve(cause.code ?? cause.message))
    asked.end()
  })
}

describe('an office with TLS_CERT and TLS_KEY', () => {
  it('answers over HTTPS to whoever trusts the certificate, and asks for HTTPS from then on', async () => {
    const got = await health(secure, { ca })

    expect(got).toMatchObject({ status: 200, body: '{"ok":true,"wire":1}' })
    expect(typeof got === 'string' ? got : got.headers['strict-transport-security']).toBe('max-age=31536000')
  })

  it('speaks TLS 1.2 or newer', async () => {
    const protocol = await new Promise((resolve, reject) => {
      const socket = connect({ host: 'localhost', servername: 'localhost', port: office.port, ca }, () => {
        resolve(socket.getProtocol())
        socket.end()
      })
      socket.on('error', reject)
    })

    expect(['TLSv1.2', 'TLSv1.3']).toContain(protocol)
  })

  it('is refused by whoever does not trust the certificate', async () => {
    expect(await health(secure, {})).toBe('DEPTH_ZERO_SELF_SIGNED_CERT')
  })

  it('answers nothing in the clear', async () => {
    expect(await health(plain, {})).toBe('ECONNRESET')
  })

  it('prints links of HTTPS only', () => {
    const links: unknown = JSON.parse(readFileSync(join(folder, 'data', 'links.json'), 'utf8'))

    expect(links).toMatchObject({ tablet: expect.stringMatching(/^https:\/\/localhost:\d+\/enrol#/), officer: expect.stringMatching(/^https:\/\/localhost:\d+\/desk\/first#/) })
    expect(said.join('\n')).not.toContain('http://')
  })
})

it('does not start with a key that is none, and names the file', async () => {
  const broken = join(folder, 'broken.pem')
  writeFileSync(broken, 'not a key')
  const started = await start({ TLS_CERT: certFile, TLS_KEY: broken, DATA_DIR: join(folder, 'second') })

  expect(started.ok ? 'started' : started.failure).toMatch(/^TLS_CERT and TLS_KEY cannot be used: .*broken\.pem \(ERR_OSSL\w*\)\.$/)
})
