/**
 * What is no request, or none that the app could be asked with (a broken length, a header that never ends, an address that
 * is none), is refused in the same words as everything else, with the same headers, and nothing of it is quoted.
 */
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { RequestError } from '@hono/node-server'
import { failure, type Failure } from '../../core/failures.ts'
import { problemContentType, problemOf } from '../../core/wire/problem.ts'

type Headers = Readonly<Record<string, string>>

/** What node:http and node:https tell of. */
export interface Listener {
  on(event: 'request', listener: (incoming: IncomingMessage, outgoing: ServerResponse) => void): unknown
  on(event: 'clientError', listener: (cause: Error, socket: Duplex) => void): unknown
}

/** Refuses whatever is under way on a connection and ends it; without a word when an answer has begun. */
export type Refuse = (socket: Duplex, refusal: Failure) => void

/** For the adapter that makes requests for the app: its own refusals would have no body and no headers. */
export function refusalFor(headers: Headers): (cause: unknown) => Response {
  return (cause) => {
    const body = problemOf(cause instanceof RequestError ? failure('malformed', 'address') : failure('officeDown'))
    return new Response(JSON.stringify(body), { status: body.status, headers: { ...headers, 'Content-Type': problemContentType, 'Cache-Control': 'no-store' } })
  }
}

/** Answers what the HTTP parser gave up on. The function that comes back refuses for other reasons. */
export function refuseUnreadable(server: Listener, headers: Headers): Refuse {
  const open = new WeakMap<Duplex, Set<ServerResponse>>()
  server.on('request', ({ socket }, outgoing) => {
    const answers = open.get(socket) ?? new Set()
    open.set(socket, answers.add(outgoing))
    outgoing.once('close', () => answers.delete(outgoing))
  })
  const refuse: Refuse = (socket, refusal) => {
    const isAnswering = [...(open.get(socket) ?? [])].some(({ headersSent }) => headersSent)
    if (!socket.writable || isAnswering) socket.destroy()
    else socket.end(answerTo(refusal, headers), () => socket.destroy())
  }
  server.on('clientError', (cause, socket) => refuse(socket, refused(cause)))
  return refuse
}

function refused(cause: Error): Failure {
  switch ('code' in cause ? cause.code : null) {
    case 'HPE_HEADER_OVERFLOW':
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return failure('tooLarge', 'headers')
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return failure('timeout', 'headers')
    default:
      return failure('malformed', 'request')
  }
}

function answerTo(refusal: Failure, headers: Headers): string {
  const body = JSON.stringify(problemOf(refusal))
  const { status } = problemOf(refusal)
  const wait = refusal.retryAfterMs === undefined ? {} : { 'Retry-After': String(Math.max(1, Math.ceil(refusal.retryAfterMs / 1_000))) }
  const fields = { ...headers, ...wait, 'Content-Type': problemContentType, 'Cache-Control': 'no-store', 'Content-Length': String(body.length), Connection: 'close' }
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`
}
