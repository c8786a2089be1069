/**
 * Whose request it is, for limits only. The socket's address; behind proxies of ours the entry that the outermost of them
 * wrote into X-Forwarded-For, counted from the right. What a client writes there itself stands further left and is ignored.
 */
import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'
import type { Office } from '../office.ts'
import type { OfficeEnv } from './context.ts'
import { problem } from './problem.ts'

/** The sender's address. */
export function addressOf(socketAddress: string | undefined, forwarded: string | null, trustedProxies: number): string {
  const hops = (forwarded ?? '').split(',').map((hop) => hop.trim()).filter((hop) => hop !== '')
  if (trustedProxies === 0 || hops.length === 0) return socketAddress ?? 'direct'
  return hops.at(-Math.min(trustedProxies, hops.length)) ?? 'direct'
}

/** Notes the address and holds back an address that floods. */
export function byAddress({ config, limits }: Office): MiddlewareHandler<OfficeEnv> {
  return async (context, next) => {
    const address = addressOf(socketAddressOf(context.env), context.req.header('x-forwarded-for') ?? null, config.trustedProxies)
    context.set('address', address)
    const waitMs = limits.take('address', address)
    if (waitMs !== null) return problem(context, { kind: 'busy', retryAfterMs: waitMs })
    await next()
    return undefined
  }
}

/** Absent when a test calls the app without a socket. */
function socketAddressOf(bindings: Partial<HttpBindings> | undefined): string | undefined {
  return bindings?.incoming?.socket.remoteAddress
}
