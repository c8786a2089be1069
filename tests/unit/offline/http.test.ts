import { describe, expect, it } from 'vitest'
import { deadlineMs, failureOf, makeHttp, retryAfter, type HttpAnswer } from '../../../src/offline/http.ts'
import { fakeTime, startMs } from '../../support/offline/fakePorts.ts'

const anAnswer = (change: Partial<HttpAnswer>): HttpAnswer => ({ status: 200, contentType: 'text/html', text: '', nonce: null, retryAfterMs: null, ...change })
const problem = (kind: string, status: number): HttpAnswer =>
  anAnswer({ status, contentType: 'application/problem+json', text: JSON.stringify({ type: `urn:tiepsuc:problem:${kind}`, title: kind, status }) })

describe('a request', () => {
  it('follows nothing, carries no cookie and is never cached', async () => {
    const { clock, timers } = fakeTime()
    const asked: RequestInit[] = []
    const http = makeHttp({ clock, timers, origin: 'http://office', fetch: async (_, init) => (asked.push(init), new Response('{}')) })

    await http({ method: 'GET', path: '/api/v1/time' })

    expect(asked).toMatchObject([{ redirect: 'manual', credentials: 'omit', cache: 'no-store' }])
  })

  it('ends at its deadline, which is 20 s and the time of its bytes at 2 KiB/s', async () => {
    const time = fakeTime()
    const http = makeHttp({
      ...time,
      origin: 'http://office',
      fetch: (_, init) => new Promise((_resolve, reject) => init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))),
    })
    const asking = http({ method: 'PUT', path: '/x', body: new Uint8Array(2048 * 10) })

    time.turn(29_999)
    const early = time.nextAtMs()
    time.turn(1)

    expect(deadlineMs(2048 * 10)).toBe(30_000)
    expect(early).not.toBeNull()
    expect(await asking).toMatchObject({ ok: false, failure: { kind: 'timeout' } })
  })

  it('that a browser refuses to follow is a captive portal', async () => {
    const http = makeHttp({ ...fakeTime(), origin: 'http://office', fetch: async () => Object.assign(Response.error(), {}) })
    const redirected = makeHttp({ ...fakeTime(), origin: 'http://office', fetch: async () => new Response(null, { status: 307, headers: { location: '/' } }) })

    expect(await redirected({ method: 'GET', path: '/' })).toMatchObject({ failure: { kind: 'captivePortal' } })
    expect(await http({ method: 'GET', path: '/' })).toMatchObject({ value: { status: 0 } })
  })
})

describe('an answer that is not the one hoped for', () => {
  it.each([
    [anAnswer({ status: 200 }), 'captivePortal'],
    [anAnswer({ status: 204 }), 'captivePortal'],
    [anAnswer({ status: 401 }), 'notSignedIn'],
    [anAnswer({ status: 404 }), 'notFound'],
    [anAnswer({ status: 408 }), 'officeDown'],
    [anAnswer({ status: 410 }), 'deviceRevoked'],
    [anAnswer({ status: 413 }), 'tooLarge'],
    [anAnswer({ status: 418 }), 'malformed'],
    [anAnswer({ status: 429 }), 'busy'],
    [anAnswer({ status: 500 }), 'officeDown'],
    [anAnswer({ status: 504 }), 'officeDown'],
    [anAnswer({ status: 507 }), 'officeFull'],
    [anAnswer({ status: 511 }), 'captivePortal'],
    [problem('deviceUnknown', 422), 'deviceUnknown'],
    [problem('ticketSpent', 410), 'ticketSpent'],
    [problem('deviceRevoked', 422), 'malformed'],
    [problem('nothingWeKnow', 404), 'notFound'],
  ])('%# is told by its kind when that fits its status, else by the status', (answer, kind) => {
    expect(failureOf(answer).kind).toBe(kind)
  })

  it('names the office time in seconds or as a date', () => {
    expect(retryAfter('120', startMs)).toBe(120_000)
    expect(retryAfter('Tue, 24 Nov 2026 02:01:00 GMT', startMs)).toBe(60_000)
    expect(retryAfter('soon', startMs)).toBeNull()
    expect(retryAfter(null, startMs)).toBeNull()
  })
})
