/**
 * What does the office hold of what this tablet has? Asked with (id, digest) pairs at every start and every hour, and after
 * the office was put back from a backup: what is lacking is offered again, what a backup holds may be given up. One answer
 * decides both, since both must be true of the same office at the same time: after a disk was copied back the head of its
 * ledger may have overtaken what a tablet saw, and a backup made since would seem to cover what it never held.
 * Anybody may ask: a pair tells nothing that its bearer does not have. The answer is signed and bound to the very question,
 * so that it can neither be replayed nor made by a Wi-Fi's login page.
 */
import * as v from 'valibot'
import { utf8 } from '../bytes.ts'
import { canonical } from '../canonical.ts'
import { isApplicationId, isDigest, type ApplicationId, type Digest } from '../ids.ts'
import { sha256 } from '../sealing/digest.ts'
import type { KeyHandle } from '../sealing/keys.ts'
import { signerOf, type KeySet } from '../sealing/keySet.ts'
import { ledgerMarkShape } from '../sealing/outcome.ts'
import { signStatement, verifyStatement } from '../sealing/signed.ts'

/** Pairs in one question; a tablet with more asks again. None at all is allowed: it asks for epoch and head. */
export const maxHeld = 500

const idShape = v.custom<ApplicationId>((value) => typeof value === 'string' && isApplicationId(value))
const heldShape = v.object({ id: idShape, digest: v.custom<Digest>((value) => typeof value === 'string' && isDigest(value)) })

/** An application as it lies on a tablet: sealed, named by its digest. */
export type Held = v.InferOutput<typeof heldShape>

/** The body of POST /holdings. */
export const holdingsQuestionShape = v.object({ held: v.pipe(v.array(heldShape), v.maxLength(maxHeld)) })

/** Its answer: a statement of sort tiepsuc-holdings+jws. */
export const holdingsAnswerShape = v.object({ holdings: v.string() })

const holdingsShape = v.object({
  ...ledgerMarkShape.entries,
  /** SHA-256 of the canonical list that was asked about. */
  about: v.string(),
  /** Of those, in order: what the office does not hold complete, with all parts, under exactly this digest. */
  lacking: v.array(idShape),
  /** Of those, in order: what is held complete, and not by the newest verified backup of this epoch, or not whole. */
  uncovered: v.array(idShape),
})

export type Holdings = v.InferOutput<typeof holdingsShape>

const aboutOf = (held: readonly Held[]): Promise<string> => sha256(utf8(canonical(held.map(({ id, digest }) => ({ id, digest })))))

/** Signs the answer to one question. */
export async function signHoldings(answer: Omit<Holdings, 'about'>, held: readonly Held[], key: KeyHandle, kid: string): Promise<string> {
  return signStatement('tiepsuc-holdings+jws', { ...answer, about: await aboutOf(held) }, key, { kid })
}

/** The answer, when the pinned office signed it about exactly this list; otherwise null. */
export async function verifyHoldings(statement: string, keySet: KeySet, held: readonly Held[]): Promise<Holdings | null> {
  const signer = await signerOf(statement, keySet)
  const answer = signer && (await verifyStatement(statement, 'tiepsuc-holdings+jws', signer, holdingsShape))
  return answer?.about === (await aboutOf(held)) ? answer : null
}
