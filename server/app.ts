/**
 * The office as a function from Request to Response; no socket needed. Every answer carries the security headers; bad
 * input ends as a problem of core/failures, a database that is away as 503, and only a bug of ours as 500.
 */
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import { failure } from '../core/failures.ts'
import { deskBase } from '../core/wire/desk.ts'
import { apiBase } from '../core/wire/version.ts'
import { addDeskRoutes } from './desk/deskRoutes.ts'
import type { OfficeApp, OfficeEnv } from './http/context.ts'
import { fairShare } from './http/fairShare.ts'
import { securityHeaders } from './http/headers.ts'
import { makeNonce } from './http/nonce.ts'
import { problem } from './http/problem.ts'
import { serveFile } from './http/staticFiles.ts'
import { errorFields } from './log.ts'
import type { Office } from './office.ts'
import { troubleOf } from './postgres/trouble.ts'
import { addTabletRoutes } from './routes/tabletRoutes.ts'

/** Builds the app of one office. */
export function createApp(office: Office): OfficeApp {
  const app: OfficeApp = new Hono<OfficeEnv>()
  const { config, clock, keys, log } = office
  app.use(securityHeaders(config))
  app.use(async (context, next) => {
    const from = performance.now()
    await next()
    log.debug('answered', { method: context.req.method, route: routePath(context, -1), status: context.res.status, durationMs: Math.round(performance.now() - from) })
  })
  app.use(`${apiBase}/*`, async (context, next) => {
    await next()
    context.res.headers.set('DPoP-Nonce', makeNonce(keys.nonceKey, clock.now()))
  })
  // After the nonce, so that a tablet that is held back has one all the same.
  app.use('/api/*', fairShare(office, 'tablet'))
  app.use('/desk/api/*', fairShare(office, 'desk'))
  addTabletRoutes(app, office)
  addDeskRoutes(app, office)
  app.onError((cause, context) => {
    const trouble = cause instanceof HTTPException ? failure('malformed', 'request') : troubleOf(cause)
    if (trouble !== null) return problem(context, trouble)
    log.error('broken', { method: context.req.method, route: routePath(context, -1), ...errorFields(cause) })
    return problem(context, failure('officeDown'))
  })
  for (const path of ['/api/*', `${deskBase}/*`]) app.all(path, (context) => problem(context, failure('notFound')))
  app.get('*', async (context) => (await serveFile(context, config.webFolder)) ?? problem(context, failure('notFound')))
  app.notFound((context) => problem(context, failure('notFound')))
  return app
}
