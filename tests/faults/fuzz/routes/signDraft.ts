/** From a draft to what goes out: the tablet's proof over exactly these bytes, the officer's cookie, the origin of our pages. */
import { base64url } from '../../../../core/bytes.ts'
import { sha256 } from '../../../../core/sealing/digest.ts'
import type { Chance } from '../../lab/chance.ts'
import { changedJson } from '../change.ts'
import { signText } from '../signText.ts'
import { bodyBytes } from './changeDraft.ts'
import type { Draft } from './draft.ts'
import type { Scene } from './scene.ts'
import { latin1, type Field, type Wire } from './wire.ts'

/** `isProofChanged`: the proof is truly signed, and one of its claims is not what it should be. */
export async function signed(draft: Draft, scene: Scene, { isProofChanged, chance, mark }: { isProofChanged: boolean; chance: Chance; mark: string }): Promise<Wire> {
  const body = bodyBytes(draft.body)
  const proof: Field[] = draft.tablet === null ? [] : [['DPoP', await proofOf(draft, body ?? new Uint8Array(0), scene, isProofChanged ? { chance, mark } : null)]]
  const cookie: Field[] = draft.cookie === null ? [] : [['Cookie', draft.cookie]]
  const type: Field[] = draft.type === null ? [] : [['Content-Type', draft.type]]
  const origin: Field[] = draft.operation.tag === 'desk' ? [['Origin', scene.origin]] : []
  return { method: draft.method, target: latin1(draft.target), headers: [...type, ...origin, ...cookie, ...proof], body }
}

async function proofOf(draft: Draft, body: Uint8Array<ArrayBuffer>, scene: Scene, change: { chance: Chance; mark: string } | null): Promise<string> {
  const { tablet, method, target } = draft
  if (tablet === null) return ''
  const { device } = tablet
  const path = URL.canParse(target, scene.origin) ? new URL(target, scene.origin).pathname : target
  const jti = base64url(crypto.getRandomValues(new Uint8Array(16)))
  const claims = { jti, htm: method, htu: `${scene.origin}${path}`, iat: 0, nonce: scene.nonce, body: await sha256(body) }
  const text = change === null ? JSON.stringify(claims) : change.chance.oneIn(3) ? longOrOdd(claims, change) : changedJson(claims, change.chance, change.mark)
  return signText('dpop+jwt', text, device.privateKey, { jwk: device.publicJwk })
}

/** Names of a use that fit their length and not the database. */
const longOrOdd = (claims: object, { chance, mark }: { chance: Chance; mark: string }): string =>
  JSON.stringify({ ...claims, jti: chance.pick([`${mark}\u0000${mark}`, '\u0000'.repeat(20), `${mark}\ud800${mark}`, '💥'.repeat(16), 'ẵ'.repeat(64), mark.padEnd(65, 'x')]) })
