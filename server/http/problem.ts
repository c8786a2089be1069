/** Failures as answers: problem+json, never stored by anybody on the way, with Retry-After where the office names a time. */
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Failure } from '../../core/failures.ts'
import { problemContentType, problemOf } from '../../core/wire/problem.ts'

/** The answer for a failure. */
export function problem(context: Context, refused: Failure): Response {
  const body = problemOf(refused)
  if (refused.retryAfterMs !== undefined) context.header('Retry-After', String(Math.max(1, Math.ceil(refused.retryAfterMs / 1000))))
  context.header('Cache-Control', 'no-store')
  return context.body(JSON.stringify(body), statusOf(body.status), { 'Content-Type': problemContentType })
}

const statuses: readonly ContentfulStatusCode[] = [400, 401, 403, 404, 408, 409, 410, 413, 415, 422, 426, 429, 503, 507]

function statusOf(status: number): ContentfulStatusCode {
  return statuses.find((known) => known === status) ?? 500
}
