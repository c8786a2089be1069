/** The HTTP server before the app: what it turns away itself, it turns away in the words of the office. */
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { getRequestListener } from '@hono/node-server'
import type { Config } from '../config.ts'
import type { OfficeApp } from '../http/context.ts'
import { fixedHeaders } from '../http/headers.ts'
import { refusalFor, refuseUnreadable } from '../http/unreadable.ts'

/** The certificate of an office that speaks HTTPS itself. */
export interface Certificate {
  readonly cert: Buffer
  readonly key: Buffer
}

/** A server for the app, not listening yet. Throws when the certificate is none. */
export function makeFrontDoor(app: Pick<OfficeApp, 'fetch'>, config: Pick<Config, 'tls' | 'publicOrigins'>, certificate: Certificate | null): Server {
  const headers = fixedHeaders(config)
  const answer = getRequestListener((request, bindings) => app.fetch(request, bindings), { errorHandler: refusalFor(headers) })
  const listener: RequestListener = (incoming, outgoing) => void answer(incoming, outgoing)
  // Without this Node refuses a request that names no host itself, and says nothing.
  const options = { requireHostHeader: false }
  const server = certificate === null ? createServer(options, listener) : createTlsServer({ ...options, ...certificate }, listener)
  // What is expected beyond 100-continue is not met and not needed (RFC 9110, 10.1.1); Node would answer without a word.
  server.on('checkExpectation', (incoming, outgoing) => server.emit('request', incoming, outgoing))
  refuseUnreadable(server, headers)
  return server
}
