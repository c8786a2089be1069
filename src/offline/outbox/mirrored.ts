/**
 * What a mirror file holds: everything that the finalising transaction will write, so that a tablet killed between mirror
 * and commit can finish without the volunteer's key. The stub inside is ciphertext. One sealing, one file: the name carries
 * id and digest, so that two tabs never write over each other.
 */
import * as v from 'valibot'
import { base64url, fromBase64url } from '../../../core/bytes.ts'
import { digestOf } from '../../../core/sealing/digest.ts'
import { claimedHeader } from '../../../core/sealing/header.ts'
import { parseJson } from '../../../core/sealing/signed.ts'
import { ciphertextShape, caseRowShape, envelopeRowShape, itemRowShape, type CaseRow, type Ciphertext, type EnvelopeRow, type ItemRow } from '../rows.ts'

export interface Finalised {
  readonly draftVersion: number
  readonly item: ItemRow
  readonly envelope: EnvelopeRow
  readonly case: CaseRow
}

const textBytes = v.pipe(
  v.string(),
  v.transform((text) => fromBase64url(text)),
  v.nonNullable(v.any()),
)

const mirroredShape = v.object({
  v: v.literal(1),
  draftVersion: v.number(),
  item: itemRowShape,
  envelope: envelopeRowShape,
  case: v.object({
    ...caseRowShape.entries,
    stub: v.pipe(v.object({ iv: textBytes, bytes: textBytes }), ciphertextShape),
  }),
})

export const mirrorName = ({ id, digest }: Pick<ItemRow, 'id' | 'digest'>): string => `${id}.${digest}`

/** The application and digest of a mirror's name, or null for a foreign file. */
export function readMirrorName(name: string): { id: string; digest: string } | null {
  const [id = '', digest = '', ...more] = name.split('.')
  return id !== '' && digest !== '' && more.length === 0 ? { id, digest } : null
}

export function writeMirrored(finalised: Finalised): string {
  const { stub } = finalised.case
  return JSON.stringify({ v: 1, ...finalised, case: { ...finalised.case, stub: asText(stub) } })
}

/** The contents of a mirror file, or null when it was cut or is none of ours. */
export function readMirrored(text: string): Finalised | null {
  const read = parseJson(text, mirroredShape)
  if (read === null) return null
  const { draftVersion, item, envelope } = read
  return { draftVersion, item, envelope, case: read.case }
}

/** The contents of a mirror file whose bytes are those that its name tells of, or null: it was cut, changed, or is foreign. */
export async function readWhole(name: string, text: string): Promise<Finalised | null> {
  const finalised = readMirrored(text)
  if (finalised === null || mirrorName(finalised.item) !== name) return null
  const { item, envelope, case: stub } = finalised
  const claims = claimedHeader(envelope.header)
  const isOne = envelope.id === item.id && stub.id === item.id && (await digestOf(envelope.envelope)) === item.digest
  const isSame = claims !== null && claims.id === item.id && claims.digest === item.digest && claims.device === item.device
  return isOne && isSame && claims.seq === item.sequence && claims.parts.join() === item.parts.join() ? finalised : null
}

function asText({ iv, bytes }: Ciphertext): { iv: string; bytes: string } {
  return { iv: base64url(iv), bytes: base64url(bytes) }
}
