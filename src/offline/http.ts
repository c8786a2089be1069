/**
 * One request to the office and a sober reading of what came back. Nothing is followed, no cookie travels, nothing is
 * cached, and every request has a deadline. What an answer means is decided by its reader: a status code proves nothing
 * about an application (core/sealing/outcome), and a friendly page is a captive portal.
 */
import { failure, failures, type Failure, type FailureKind } from '../../core/failures.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { kindOfProblem } from '../../core/wire/problem.ts'
import type { Bytes } from '../../core/bytes.ts'
import { parseJsonText } from './json.ts'
import type { Clock, Fetch, Timers } from './ports.ts'

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Path and query; the origin is the office's. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Bytes
}

export interface HttpAnswer {
  readonly status: number
  readonly contentType: string
  readonly text: string
  readonly nonce: string | null
  readonly retryAfterMs: number | null
}

export type RoadFailure = Failure<'offline' | 'timeout' | 'captivePortal'>
export type Http = (request: HttpRequest) => Promise<Result<HttpAnswer, RoadFailure>>

const patienceMs = 20_000
const slowestBytesPerMs = 2048 / 1000

/** How long a request of that size may take: 20 s and the time of its bytes at 2 KiB/s. */
export function deadlineMs(sizeBytes: number): number {
  return patienceMs + Math.ceil(sizeBytes / slowestBytesPerMs)
}

export function makeHttp(ports: { fetch: Fetch; timers: Timers; clock: Clock; origin: string }): Http {
  return async ({ method, path, headers = {}, body }) => {
    const ending = new AbortController()
    const stop = ports.timers.after(deadlineMs(body?.length ?? 0), () => ending.abort())
    try {
      const response = await ports.fetch(`${ports.origin}${path}`, {
        method,
        headers,
        // `manual`, not `error`: it follows no more than `error` does, and tells a redirect from a dead network.
        redirect: 'manual',
        credentials: 'omit',
        cache: 'no-store',
        signal: ending.signal,
        ...(body === undefined ? {} : { body }),
      })
      if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
        return fail(failure('captivePortal', 'redirect'))
      }
      return ok(await read(response, ports.clock.nowMs()))
    } catch (cause) {
      if (!(cause instanceof Error)) throw cause
      return fail(failure(ending.signal.aborted ? 'timeout' : 'offline', cause.name))
    } finally {
      stop()
    }
  }
}

async function read(response: Response, nowMs: number): Promise<HttpAnswer> {
  return {
    status: response.status,
    contentType: (response.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? '',
    text: await response.text(),
    nonce: response.headers.get('dpop-nonce'),
    retryAfterMs: retryAfter(response.headers.get('retry-after'), nowMs),
  }
}

/** Retry-After in milliseconds from now: seconds or an HTTP date; null for anything else. */
export function retryAfter(header: string | null, nowMs: number): number | null {
  if (header === null) return null
  if (/^\d{1,9}$/.test(header.trim())) return Number(header.trim()) * 1000
  const atMs = Date.parse(header)
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs)
}

const byStatus: Readonly<Record<number, FailureKind>> = {
  401: 'notSignedIn',
  403: 'forbidden',
  404: 'notFound',
  409: 'conflict',
  410: 'deviceRevoked',
  413: 'tooLarge',
  415: 'unsupportedType',
  422: 'malformed',
  426: 'updateNeeded',
  429: 'busy',
  503: 'unavailable',
  507: 'officeFull',
  511: 'captivePortal',
}

/**
 * The failure that an answer tells, when it is not the 2xx that the caller hoped for. A problem's kind counts only with
 * the status that belongs to it; otherwise the status alone speaks.
 */
export function failureOf(answer: HttpAnswer): Failure {
  const { status, retryAfterMs } = answer
  if (status >= 200 && status < 400) return failure('captivePortal', `${status} ${answer.contentType}`)
  const named = kindOfProblem(parseJsonText(answer.text))
  const agreed = named !== null && failures[named].status === status ? named : null
  const kind = agreed ?? byStatus[status] ?? (status >= 500 || status === 408 || status === 425 ? 'officeDown' : 'malformed')
  const why = `HTTP ${status}`
  return retryAfterMs === null ? { kind, why } : { kind, why, retryAfterMs }
}
