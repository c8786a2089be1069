import { expect, it } from 'vitest'
import { parseConfig } from '../../../server/config.ts'

it('needs no setting at all', () => {
  const config = parseConfig({})

  expect(config).toMatchObject({ ok: true, value: { port: 8080, databaseUrl: undefined, publicOrigins: ['http://localhost:8080'], trustedProxies: 0, logLevel: 'info', demo: false } })
})

it('takes every setting', () => {
  const config = parseConfig(
    { PORT: '9000', DATABASE_URL: 'postgres://a/b', KEYS_DIR: '/keys', PUBLIC_ORIGINS: 'https://a.example https://b.example', TRUST_PROXY: '2', LOG_LEVEL: 'warn' },
    ['--demo'],
  )

  expect(config).toMatchObject({
    value: { port: 9000, databaseUrl: 'postgres://a/b', keysFolder: '/keys', publicOrigins: ['https://a.example', 'https://b.example'], trustedProxies: 2, logLevel: 'warn', demo: true },
  })
})

it.each([
  [{ PORT: 'http' }, 'PORT must be a whole number from 0 to 65535.'],
  [{ PORT: '70000' }, 'PORT must be at most 65535.'],
  [{ DATABASE_URL: 'mysql://a/b' }, 'DATABASE_URL must begin with postgres:// or postgresql://.'],
  [{ TLS_CERT: 'cert.pem' }, 'TLS_CERT and TLS_KEY must be set together.'],
  [{ PUBLIC_ORIGINS: 'https://a.example/path' }, 'PUBLIC_ORIGINS must hold addresses such as https://tiepsuc.example without a path; "https://a.example/path" is none.'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent.'],
])('refuses %j in one sentence', (environment, sentence) => {
  expect(parseConfig(environment)).toEqual({ ok: false, failure: sentence })
})

it('refuses a flag that it does not know', () => {
  expect(parseConfig({}, ['--dome'])).toEqual({ ok: false, failure: 'The office does not know the flag --dome; it knows --demo.' })
})
