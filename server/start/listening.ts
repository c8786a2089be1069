/** Taking a port and giving it back. */
import type { Server } from 'node:net'
import { fail, ok, type Result } from '../../core/result.ts'
import { errorCode } from '../postgres/startFailure.ts'

/** Anything of node:http, node:https and node:http2 that listens. */
type Listener = Pick<Server, 'listen' | 'once' | 'off' | 'address' | 'close'>

/** Listens, or says in one sentence why not. */
export async function listen<S extends Listener>(server: S, port: number): Promise<Result<{ server: S; port: number }, string>> {
  return new Promise((resolve) => {
    server.once('error', (cause: Error) => resolve(fail(sentenceOf(cause, port))))
    server.listen(port, () => {
      const address = server.address()
      resolve(ok({ server, port: typeof address === 'object' && address !== null ? address.port : port }))
    })
  })
}

function sentenceOf(cause: Error, port: number): string {
  switch (errorCode(cause)) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another program: stop that program, or choose another port with PORT.`
    case 'EACCES':
      return `This user may not listen on port ${port}: choose one above 1023 with PORT.`
    case undefined:
    default:
      return `The office cannot listen on port ${port} (${errorCode(cause) ?? cause.name}).`
  }
}

/** Takes no new requests, lets those under way finish for `graceMs`, then cuts what is left. */
export async function closeServer(server: Listener, graceMs: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const cut = setTimeout(() => {
      if (hasConnections(server)) server.closeAllConnections()
    }, graceMs)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    if (hasConnections(server)) server.closeIdleConnections()
  })
}

function hasConnections(server: Listener): server is Listener & { closeAllConnections: () => void; closeIdleConnections: () => void } {
  return 'closeAllConnections' in server && 'closeIdleConnections' in server
}
