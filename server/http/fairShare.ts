/**
 * Nobody crowds out the others. A tablet that went mad is told so by its own proof, session or path before anything is
 * read, and a known sender costs its address nothing, so that an office behind one address goes on beside it. What is left
 * for the address are requests that nobody answers for.
 */
import { createHash } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import type { Context, MiddlewareHandler } from 'hono'
import type { FailureKind } from '../../core/failures.ts'
import type { Office } from '../office.ts'
import { addressOf } from './address.ts'
import type { OfficeEnv } from './context.ts'
import { problem } from './problem.ts'

/** Tablets and officers often share an address: they do not share its limit. */
export type Realm = 'tablet' | 'desk'

/** Notes the address and holds back who asks too often. */
export function fairShare({ config, limits }: Pick<Office, 'config' | 'limits'>, realm: Realm): MiddlewareHandler<OfficeEnv> {
  return async (context, next) => {
    const address = addressOf(socketAddressOf(context.env), context.req.header('x-forwarded-for') ?? null, config.trustedProxies)
    context.set('address', address)
    const claimed = claimedSender(context)
    const share = { sender: `${claimed ?? context.req.path} ${realm} ${address}`, address: `${realm} ${address}`, byPath: claimed === null }
    context.set('share', { ...share, sender: createHash('sha256').update(share.sender).digest('base64url') })
    // In this order: what one sender is refused is not taken from the others at its address.
    const waitMs = limits.take('sender', context.var.share.sender) ?? limits.take('address', share.address)
    if (waitMs !== null) return problem(context, { kind: 'busy', retryAfterMs: waitMs })
    await next()
    return undefined
  }
}

/**
 * A device or an officer of ours answers for the request: its address is not charged, nor a path that others at this
 * address ask for, too. Whoever calls this has counted the request for the device, or knows the officer.
 */
export function answeredFor({ var: { share } }: Context<OfficeEnv>, { limits }: Pick<Office, 'limits'>): void {
  limits.giveBack('address', share.address)
  if (share.byPath) limits.giveBack('sender', share.sender)
}

/** True for what is said only to, or of, a device whose signature held: what it asked was counted as its own. */
export const isOfKnownDevice = (kind: FailureKind): boolean => kind === 'busy' || kind === 'deviceRevoked'

/** Not verified, and only a name: of the key that a proof names, or of a session. */
function claimedSender({ req }: Context<OfficeEnv>): string | null {
  const proof = req.header('dpop')
  return proof === undefined ? (req.header('cookie') ?? null) : proof.slice(0, Math.max(0, proof.indexOf('.')))
}

/** Absent when a test calls the app without a socket. */
function socketAddressOf(bindings: Partial<HttpBindings> | undefined): string | undefined {
  return bindings?.incoming?.socket.remoteAddress
}
