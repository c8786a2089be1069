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

/** Any of node:http and node:https that tells of requests and of what it could not read. */
interface Listener {
  on(event: 'request', listener: (incoming: IncomingMessage, outgoing: ServerResponse) => void): unknown
  on(event: 'clientError', listener: (cause: Error, socket: Duplex) => void): unknown
}

/** For the adapter that makes requests for the app: its own refusals would have no body and no headers. */
export function refusalFor(headers: Headers): (cause: unknown) => Response {
  return (cause) => {
    const body = problemOf(failure(cause instanceof RequestError ? 'malformed' : 'officeDown', cause instanceof RequestError ? 'address' : undefined))
    return new Response(JSON.stringify(body), { status: body.status, headers: { ...headers, 'Content-Type': problemContentType, 'Cache-Control': 'no-store' } })
  }
}

/** Answers what the HTTP parser gave up on, unless an answer is on its way over the same connection. */
export function refuseUnreadable(server: Listener, headers: Headers): void {
  const open = new WeakMap<Duplex, Set<ServerResponse>>()
  server.on('request', ({ socket }, outgoing) => {
    const answers = open.get(socket) ?? new Set()
    open.set(socket, answers.add(outgoing))
    outgoing.once('close', () => answers.delete(outgoing))
  })
  server.on('clientError', (cause, socket) => {
    const isAnswering = [...(open.get(socket) ?? [])].some(({ headersSent }) => headersSent)
    if (!socket.writable || isAnswering) socket.destroy()
    else socket.end(answerTo(refused(cause), headers), () => socket.destroy())
  })
}

function refused(cause: Error): Failure {
  switch ('code' in cause ? cause.code : null) {
    case 'HPE_HEADER_OVERFLOW':
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return failure('tooLarge', 'headers')
    default:
      return failure('malformed', 'request')
  }
}

function answerTo(refusal: Failure, headers: Headers): string {
  const body = JSON.stringify(problemOf(refusal))
  const { status } = problemOf(refusal)
  const fields = { ...headers, 'Content-Type': problemContentType, 'Cache-Control': 'no-store', 'Content-Length': String(body.length), Connection: 'close' }
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`
}
