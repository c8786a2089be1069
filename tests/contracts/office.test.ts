// Promises of every route: headers, the document, limits, a database that is away, and a log that cannot hold a body.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../server/postgres/database.ts'
import { createApp } from '../../server/app.ts'
import { envelopeType } from '../../core/wire/envelope.ts'
import { aWholeOffice, origin, type WholeOffice } from '../support/wholeOffice.ts'
import { anOfficer, aTablet, kindIn, put, rightAnswers, sealedBy, signedRequest, type Tablet } from '../support/wholeTablet.ts'

let whole: WholeOffice
let tablet: Tablet

beforeAll(async () => {
  whole = await aWholeOffice({ environment: { WEB_DIR: '/nowhere' } })
  tablet = await aTablet(whole)
})
afterAll(() => whole.close())

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

const routesOf = ({ app }: WholeOffice): readonly string[] => {
  const described = app.routes.filter(({ method, path }) => method !== 'ALL' && path !== '*' && !path.endsWith('/*'))
  return [...new Set(described.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`))]
}

describe('the document', () => {
  it('lists every route', async () => {
    const document = (await (await whole.ask('/api/openapi.json')).json()) as Document
    const listed = Object.entries(document.paths).flatMap(([path, verbs]) => Object.keys(verbs).map((verb) => `${verb.toUpperCase()} ${path}`))
    const own = ['GET /api/openapi.json', 'GET /api/docs', 'GET /api/docs.css']

    expect([...listed].sort()).toEqual(routesOf(whole).filter((route) => !own.includes(route)).sort())
    expect(listed.length).toBeGreaterThan(30)
  })

  it('is a page without scripts or anything from outside', async () => {
    const page = await (await whole.ask('/api/docs')).text()

    expect(page).toContain('PUT /api/v1/envelopes/{id}')
    expect(page).not.toMatch(/<script|style=|https?:\/\/(?!localhost)/)
  })
})

describe('headers', () => {
  it('stand on every answer, good or bad', async () => {
    const paths = routesOf(whole).map((route) => route.split(' ')).concat([['GET', '/'], ['GET', '/api/none'], ['GET', '/desk'], ['POST', '/x'], ['DELETE', '/api/v1/time'], ['GET', '/%00'], ['GET', '/%E0%A4%A']])
    for (const [method = '', path = ''] of paths) {
      const answer = await whole.ask(path, { method })
      const seen = (name: string) => `${method} ${path} ${name}: ${answer.headers.get(name) ?? ''}`

      expect(answer.status, seen('status')).toBeLessThan(500)
      expect(seen('content-security-policy')).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'")
      expect(seen('x-content-type-options')).toContain('nosniff')
      expect(seen('referrer-policy')).toContain('no-referrer')
      expect(seen('cross-origin-opener-policy')).toContain('same-origin')
      expect(seen('cross-origin-resource-policy')).toContain('same-origin')
      expect(answer.headers.has('clear-site-data'), path).toBe(false)
      expect(answer.headers.has('access-control-allow-origin'), path).toBe(false)
    }
  })

  it('forbid storing what belongs to somebody, and carry a nonce on the tablet API', async () => {
    const answers = await Promise.all([
      whole.ask('/api/v1/time'),
      whole.ask('/api/v1/none'),
      signedRequest(whole, tablet.device, 'GET', '/api/v1/feed'),
      put(whole, await sealedBy(whole, tablet)),
    ])

    expect(answers.map(({ headers }) => headers.get('cache-control'))).toEqual(['no-store', 'no-store', 'no-store', 'no-store'])
    expect(answers.every(({ headers }) => headers.has('dpop-nonce'))).toBe(true)
  })
})

it('answers notFound with a problem for an unknown path of an API', async () => {
  const answers = await Promise.all(['/api/none', '/api/v1/none', '/desk/api/none'].map((path) => whole.ask(path)))

  expect(await Promise.all(answers.map(async (answer) => [answer.status, await kindIn(answer)]))).toEqual([
    [404, 'notFound'],
    [404, 'notFound'],
    [404, 'notFound'],
  ])
})

describe('files of tablet and desk', () => {
  it('keeps hashed files for ever, asks for pages each time, and gives a page to every navigation', async () => {
    const web = join(whole.folder, 'web')
    mkdirSync(join(web, 'assets'), { recursive: true })
    const files = { 'index.html': 'tablet', 'desk.html': 'desk', 'sw.js': 'worker', 'assets/a-1.js': 'code', '.secret': 'secret' }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(web, name), text)
    writeFileSync(join(whole.folder, 'outside.txt'), 'outside')
    const app = createApp({ ...whole.office, config: { ...whole.office.config, webFolder: web } })
    const get = async (path: string) => {
      const answer = await app.request(`${origin}${path}`)
      return [await answer.text(), answer.headers.get('cache-control'), answer.headers.get('content-type')]
    }
    const page = 'text/html; charset=utf-8'
    const script = 'text/javascript; charset=utf-8'

    expect(await get('/')).toEqual(['tablet', 'no-cache', page])
    expect(await get('/enrol')).toEqual(['tablet', 'no-cache', page])
    expect(await get('/desk')).toEqual(['desk', 'no-cache', page])
    expect(await get('/desk/cases/1')).toEqual(['desk', 'no-cache', page])
    expect(await get('/sw.js')).toEqual(['worker', 'no-cache', script])
    expect(await get('/assets/a-1.js')).toEqual(['code', 'public, max-age=31536000, immutable', script])
    for (const path of ['/assets/gone.js', '/.secret', '/../outside.txt', '/%2e%2e/outside.txt', '/..%2foutside.txt', '/%2e%2e%2foutside.txt']) {
      expect((await app.request(`${origin}${path}`)).status, path).toBe(404)
    }
  })
})

describe('limits', () => {
  it('hold back a device that floods, and no other', async () => {
    const small = await aWholeOffice({ limits: { device: { burst: 5, refillMs: 60_000 } } })
    const [loud, quiet] = [await aTablet(small), await aTablet(small)]
    const envelope = await sealedBy(small, loud)
    const answers = []
    for (let at = 0; at < 6; at += 1) answers.push(await put(small, envelope))
    const last = answers.at(-1)
    const other = await put(small, await sealedBy(small, quiet))
    small.time.nowMs += 60_000
    const later = await put(small, envelope)

    expect(last?.status).toBe(429)
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect([other.status, later.status]).toEqual([201, 200])
    await small.close()
  })

  it('count refused sign-ins, and hold back an address whatever it claims to be', async () => {
    const small = await aWholeOffice({ limits: { guess: { burst: 3, refillMs: 60_000 } } })
    const signIn = (password: string, forwarded: string) =>
      small.ask('/desk/api/sign-in', { method: 'POST', headers: { Origin: origin, 'X-Forwarded-For': forwarded }, body: JSON.stringify({ username: 'can.bo', password }) })
    const answers = []
    for (let at = 0; at < 4; at += 1) answers.push((await signIn(`mat-khau-sai-${at}`, `10.0.0.${at}`)).status)

    expect(answers).toEqual([401, 401, 401, 429])
    await small.close()
  })
})

describe('with the database away', () => {
  it.each([
    ['nothing listens', 'postgres://nobody:nothing@127.0.0.1:1/none'],
    ['the database is gone', null],
  ])('answers 503 with a time when %s', async (_, url) => {
    const db = openDatabase(url ?? whole.database.url.replace(/\/test_[^/?]+/, '/test_gone'), () => undefined, 2)
    const app = createApp({ ...whole.office, db })
    const envelope = await sealedBy(whole, tablet)
    const health = await app.request(`${origin}/api/v1/health`)
    const delivery = await app.request(`${origin}/api/v1/envelopes/${envelope.id}`, {
      method: 'PUT',
      headers: { 'Content-Type': envelopeType },
      body: JSON.stringify({ envelope: envelope.envelope, header: envelope.header }),
    })

    for (const answer of [health, delivery]) {
      expect([answer.status, await kindIn(answer)]).toEqual([503, 'unavailable'])
      expect(answer.headers.get('retry-after')).toBe('5')
    }
    expect((await app.request(`${origin}/api/v1/time`)).status).toBe(200)
    await db.destroy()
  })
})

it('has nothing of a citizen in its log or its database rows, and every line is of the closed set', async () => {
  const marker = 'Đánh Dấu Thử 73519'
  const digits = '046190735191'
  const envelope = await sealedBy(whole, tablet, { application: { answers: { ...rightAnswers(), 'con.hoTen': marker, 'me.pid': digits } } })
  await put(whole, envelope)
  await put(whole, envelope, { body: `{"${marker}": "${digits}"}` })
  await whole.ask(`/api/v1/${encodeURIComponent(marker)}?${digits}=${digits}`, { headers: { 'X-Marker': digits } })
  await whole.opener.settled()
  const officer = await anOfficer(whole)
  await officer.post('/search', { q: marker })
  await officer.decide(envelope.id, 'refuse', { message: marker })
  const lines = whole.logged.join('')
  const tables = ['envelopes', 'events', 'cases', 'search_keys', 'outcomes', 'openings'] as const
  const rows = await Promise.all(tables.map((table) => whole.office.db.selectFrom(table).selectAll().execute()))
  const dump = JSON.stringify(rows, (_, value: unknown) => (isBuffer(value) ? Buffer.from(value.data).toString('latin1') : value))
  const fields = new Set(whole.logged.flatMap((line) => Object.keys(JSON.parse(line) as object)))

  expect(whole.logged.length).toBeGreaterThan(10)
  for (const text of [marker, digits, encodeURIComponent(marker), 'Dau Thu']) {
    expect(lines).not.toContain(text)
    expect(dump).not.toContain(text)
  }
  expect([...fields].filter((field) => !['level', 'time', 'msg', 'method', 'route', 'status', 'durationMs'].includes(field))).toEqual([])
  expect(readFileSync(join(import.meta.dirname, '../../server/log.ts'), 'utf8')).toContain('serializers: {}')
})

function isBuffer(value: unknown): value is { data: number[] } {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer'
}
