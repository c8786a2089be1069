/**
 * Signed-in requests: proof of the device's key (DPoP) with the office's newest nonce. A missing or stale nonce is answered
 * once with the one that the refusal brought; after that the request fails with `notSignedIn`, and whoever listens hears
 * that a person has to act. Nothing else changes: applications need no sign-in. No status takes that word back, since a box
 * on the road can change a status; what the office says as a whole does (feed/pull.ts, enrol.ts).
 */
import { base64url, utf8 } from '../../core/bytes.ts'
import { failure, type Failure } from '../../core/failures.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { makeProof } from '../../core/sealing/proof.ts'
import { apiBase } from '../../core/wire/version.ts'
import { failureOf, type Http, type HttpAnswer, type HttpRequest } from './http.ts'
import type { Clock, Random } from './ports.ts'
import type { IdentityRow, SignInRefusal } from './rows.ts'

type Signer = Pick<IdentityRow, 'privateKey' | 'publicJwk'>

/** `by`: a key that is not the tablet's own yet; that the office does not know it is no news for anybody. */
export type SignedIn = (request: HttpRequest, by?: Signer) => Promise<Result<HttpAnswer, Failure>>

/** Requests signed by the device. A 2xx comes back as an answer, everything else as its failure. */
export function makeSignedIn(ports: {
  http: Http
  clock: Clock
  random: Random
  origin: string
  identity: () => Promise<IdentityRow | null>
  /** Hears of a refusal about which a person has to do something. */
  refused: (refusal: NonNullable<SignInRefusal>) => Promise<unknown>
}): SignedIn {
  let nonce: string | null = null

  async function freshNonce(): Promise<void> {
    const answer = await ports.http({ method: 'GET', path: `${apiBase}/time` })
    if (answer.ok) nonce = answer.value.nonce
  }

  async function once(request: HttpRequest, signer: Signer): Promise<Result<HttpAnswer, Failure>> {
    const proof = await makeProof(
      {
        method: request.method,
        url: `${ports.origin}${request.path}`,
        body: request.body ?? utf8(''),
        nonce: nonce ?? '',
        jti: base64url(ports.random.bytes(16)),
        atMs: ports.clock.nowMs(),
      },
      signer.privateKey,
      signer.publicJwk,
    )
    const answer = await ports.http({ ...request, headers: { ...request.headers, DPoP: proof } })
    if (answer.ok && answer.value.nonce !== null) nonce = answer.value.nonce
    return answer
  }

  async function judge(answer: HttpAnswer, isOwn: boolean): Promise<Result<HttpAnswer, Failure>> {
    if (answer.status >= 200 && answer.status < 300) return ok(answer)
    const refusal = failureOf(answer)
    if (!isOwn) return fail(refusal)
    if (refusal.kind === 'notSignedIn' || refusal.kind === 'updateNeeded') await ports.refused(refusal.kind)
    return fail(refusal)
  }

  return async (request, by) => {
    const signer = by ?? (await ports.identity())
    if (signer === null) return fail(failure('notSignedIn', 'not enrolled'))
    if (nonce === null) await freshNonce()
    const used = nonce
    let answer = await once(request, signer)
    if (answer.ok && answer.value.status === 401 && nonce !== used) answer = await once(request, signer)
    if (!answer.ok) return answer
    return judge(answer.value, by === undefined)
  }
}
