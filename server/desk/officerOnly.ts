/**
 * The desk's door. Changes are taken only from pages of this office (Origin), and everything but signing in needs a
 * session. What passes is never stored on the way.
 */
import type { MiddlewareHandler } from 'hono'
import { failure } from '../../core/failures.ts'
import type { OfficeEnv } from '../http/context.ts'
import { answeredFor } from '../http/fairShare.ts'
import { problem } from '../http/problem.ts'
import type { Office } from '../office.ts'

/** Refuses a change that another site's page asks for. */
export function fromOurPages({ config }: Office): MiddlewareHandler<OfficeEnv> {
  return async (context, next) => {
    const origin = context.req.header('origin')
    const changes = context.req.method !== 'GET' && context.req.method !== 'HEAD'
    if (changes && (origin === undefined || !config.publicOrigins.includes(origin))) return problem(context, failure('forbidden', 'origin'))
    await next()
    context.res.headers.set('Cache-Control', 'no-store')
    return undefined
  }
}

/** Lets officers pass. */
export function officerOnly(office: Office): MiddlewareHandler<OfficeEnv> {
  return async (context, next) => {
    const officer = await office.accounts.officerOf(context.req.raw.headers)
    if (officer === null) return problem(context, failure('notSignedIn', 'session'))
    answeredFor(context, office)
    context.set('officer', officer)
    await next()
    return undefined
  }
}
