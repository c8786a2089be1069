/**
 * Signed-in requests: a DPoP proof of an enrolled device (RFC 9449), fresh by the office's nonce, used once. Whoever
 * fails gets 401 with a new nonce; a waiting device 403; a revoked one 410.
 */
import type { MiddlewareHandler } from 'hono'
import { failure, type Failure } from '../../core/failures.ts'
import type { DeviceId } from '../../core/ids.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { verifyProof, type Proof } from '../../core/sealing/proof.ts'
import type { DeviceState } from '../../core/wire/people.ts'
import type { Office } from '../office.ts'
import { readBytes } from './body.ts'
import type { OfficeEnv } from './context.ts'
import { answeredFor, isOfKnownDevice } from './fairShare.ts'
import { isFreshNonce, nonceLifeMs } from './nonce.ts'
import { problem } from './problem.ts'

const maxBodyBytes = 16 * 1024

/** Lets only devices in one of `states` pass, and hands on device and body. */
export function signedIn(office: Office, states: readonly DeviceState[] = ['active']): MiddlewareHandler<OfficeEnv> {
  return async (context, next) => {
    const body = await readBytes(context.req.raw, maxBodyBytes)
    if (!body.ok) return problem(context, body.failure)
    const proof = await verifyProof(context.req.header('dpop') ?? '', {
      method: context.req.method,
      path: new URL(context.req.url).pathname,
      origins: office.config.publicOrigins,
      body: body.value,
    })
    const device = proof === null ? fail(failure('notSignedIn', 'proof')) : await admit(office, proof, states)
    if (device.ok || isOfKnownDevice(device.failure.kind)) answeredFor(context, office)
    if (!device.ok) return problem(context, device.failure)
    context.set('device', device.value)
    context.set('body', body.value)
    await next()
    return undefined
  }
}

type Refusal = Failure<'notSignedIn' | 'forbidden' | 'deviceRevoked' | 'busy'>

async function admit(
  { db, keys, clock, limits }: Office,
  { device, proof }: { device: DeviceId; proof: Proof },
  states: readonly DeviceState[],
): Promise<Result<DeviceId, Refusal>> {
  const nowMs = clock.now()
  if (!isFreshNonce(keys.nonceKey, proof.nonce, nowMs)) return fail(failure('notSignedIn', 'nonce'))
  const known = await db.selectFrom('devices').select(['state', 'former_of']).where('id', '=', device).executeTakeFirst()
  if (known?.former_of !== null) return fail(failure('notSignedIn', 'device'))
  const waitMs = limits.take('device', device)
  if (waitMs !== null) return fail({ kind: 'busy', retryAfterMs: waitMs })
  // Kept for twice the nonce's life: a nonce from a node whose clock is ahead lives a little longer.
  const first = await db
    .insertInto('proofs')
    .values({ jti: `${device} ${proof.jti}`, device, expires_at: nowMs + 2 * nonceLifeMs })
    .onConflict((conflict) => conflict.doNothing())
    .returning('jti')
    .executeTakeFirst()
  if (first === undefined) return fail(failure('notSignedIn', 'used'))
  if (!states.includes(known.state)) return fail(failure(known.state === 'revoked' ? 'deviceRevoked' : 'forbidden', known.state))
  await db.updateTable('devices').set({ last_seen_at: nowMs }).where('id', '=', device).execute()
  return ok(device)
}
