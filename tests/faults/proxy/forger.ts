/** Makes up outcomes as somebody on the road would who has everything but the office's key. */
import { claimedHeader } from '../../../core/sealing/header.ts'
import { generateKeys, importSigningKey, thumbprint, type KeyHandle } from '../../../core/sealing/keys.ts'
import type { KeySet } from '../../../core/sealing/keySet.ts'
import { signOutcome } from '../../../core/sealing/outcome.ts'
import { parseEnvelope } from '../../../core/wire/envelope.ts'
import type { EpochId } from '../../../core/ids.ts'

export interface Forger {
  /** A `complete` about the envelope in a text, as the office would say it; null when there is none in it. */
  forge(envelope: string): Promise<string | null>
}

/** `forged` is told of each outcome made up. */
export async function aForger(office: KeySet, forged: (outcome: string) => void): Promise<Forger> {
  const [signing] = office.signing
  if (signing === undefined) throw new Error('an office without a signing key')
  const kid = await thumbprint(signing)
  const key: KeyHandle = await importSigningKey((await generateKeys('sign')).privateJwk)
  return {
    async forge(envelope) {
      const parsed = parseEnvelope(envelope)
      const header = parsed.ok ? claimedHeader(parsed.value.header) : null
      if (header === null) return null
      const { id, digest, device } = header
      const mark = { epoch: { id: '01930000-0000-7000-8000-000000000001' as EpochId, number: 1 }, head: 1 }
      const outcome = await signOutcome({ ...mark, kind: 'complete', id, digest, device, at: '2026-11-24T01:00:00.000Z' }, key, kid)
      forged(outcome)
      return outcome
    },
  }
}
