/**
 * The decision about one envelope: values in, one value out, nothing else. The order of the lines is the order of the
 * protocol (docs/protocol.md, intake): the first that applies is the answer. An unsigned problem changes nothing anywhere;
 * only `refuse`, `dispute`, `again` and `store` are answered with the office's signature.
 */
import { failure, type Failure } from '../../core/failures.ts'
import type { ApplicationId, DeviceId, Digest } from '../../core/ids.ts'
import type { EnvelopeHeader } from '../../core/sealing/header.ts'
import type { Seen } from './examine.ts'

/** How the bytes came: over the network, or brought to the desk by hand. */
export type Road = 'http' | 'desk'

/** What an id is bound to for ever once it is stored. */
export interface Bound {
  readonly digest: Digest
  readonly device: DeviceId
}

export type Verdict =
  | { readonly kind: 'problem'; readonly failure: Failure }
  | { readonly kind: 'refuse'; readonly header: EnvelopeHeader; readonly reason: 'headerMismatch' }
  | { readonly kind: 'dispute'; readonly header: EnvelopeHeader; readonly reason: 'idTaken' }
  | { readonly kind: 'again'; readonly header: EnvelopeHeader }
  | { readonly kind: 'store'; readonly header: EnvelopeHeader; readonly quarantine: boolean }

/** Judges what was seen. `pathId` is the id in the address, null in a carrier; `bound` what the id is bound to already. */
export function judge(seen: Seen, road: Road, pathId: string | null, bound: Bound | null): Verdict {
  const { device, header, digest, sealedFor, difference } = seen
  if (device === null || device.state === 'waiting') return problem('deviceUnknown')
  if (header === 'future') return problem('wireVersionUnknown', 'header')
  if (header === null) return problem('malformed', 'signature')
  if (device.state === 'revoked' && road === 'http') return problem('deviceRevoked')
  if (digest !== header.digest) return problem('digestMismatch')
  if (pathId !== null && pathId !== header.id) return problem('malformed', 'id')
  if (!sealedFor.ok) return { kind: 'problem', failure: sealedFor.failure }
  if (difference !== null) return { kind: 'refuse', header, reason: 'headerMismatch' }
  if (bound === null) return { kind: 'store', header, quarantine: device.state === 'revoked' }
  if (bound.digest !== digest || bound.device !== header.device) return { kind: 'dispute', header, reason: 'idTaken' }
  return { kind: 'again', header }
}

function problem(kind: Failure['kind'], why?: string): Verdict {
  return { kind: 'problem', failure: failure(kind, why) }
}

/** The id that a verdict will need to look up, before it is known what the id is bound to. */
export function idOf(seen: Seen): ApplicationId | null {
  return seen.header === null || seen.header === 'future' ? null : seen.header.id
}
