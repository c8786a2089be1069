/** The HTTP server before the app: what it turns away itself, it turns away in the words of the office. */
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { getRequestListener } from '@hono/node-server'
import type { Config } from '../config.ts'
import { addressOf } from '../http/address.ts'
import { boundBodies, usualBodyLimits, type BodyLimits } from '../http/bodies.ts'
import type { OfficeApp } from '../http/context.ts'
import { fixedHeaders } from '../http/headers.ts'
import { refusalFor, refuseUnreadable } from '../http/unreadable.ts'

/** The certificate of an office that speaks HTTPS itself. */
export interface Certificate {
  readonly cert: Buffer
  readonly key: Buffer
}

export interface FrontDoorOptions {
  readonly certificate?: Certificate | null
  readonly bodies?: BodyLimits
  /** How long the first line and the headers may take. */
  readonly headersMs?: number
}

/** A server for the app, not listening yet. Throws when the certificate is none. */
export function makeFrontDoor(
  app: Pick<OfficeApp, 'fetch'>,
  config: Pick<Config, 'tls' | 'publicOrigins' | 'trustedProxies'>,
  { certificate = null, bodies = usualBodyLimits, headersMs = 20_000 }: FrontDoorOptions = {},
): Server {
  const headers = fixedHeaders(config)
  const answer = getRequestListener((request, bindings) => app.fetch(request, bindings), { errorHandler: refusalFor(headers) })
  const listener: RequestListener = (incoming, outgoing) => void answer(incoming, outgoing)
  const options = {
    // Without this Node refuses a request that names no host itself, and says nothing.
    requireHostHeader: false,
    headersTimeout: headersMs,
    // A carrier over a bad line may take hours and is watched as it comes (http/bodies); Node would end it after five minutes.
    requestTimeout: 0,
    connectionsCheckingInterval: bodies.everyMs,
  }
  const server = certificate === null ? createServer(options, listener) : createTlsServer({ ...options, ...certificate }, listener)
  // What is expected beyond 100-continue is not met and not needed (RFC 9110, 10.1.1); Node would answer without a word.
  server.on('checkExpectation', (incoming, outgoing) => server.emit('request', incoming, outgoing))
  const refuse = refuseUnreadable(server, headers)
  const senderOf = ({ socket, headers: given }: IncomingMessage): string =>
    addressOf(socket.remoteAddress, [given['x-forwarded-for'] ?? []].flat().join(', '), config.trustedProxies)
  boundBodies(server, refuse, { limits: bodies, addressOf: senderOf, nowMs: () => performance.now() })
  return server
}
