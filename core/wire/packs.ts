/**
 * Procedure packs on the wire: an index and the packs, each signed by the office. A pack travels with its texts, so that
 * a new procedure changes no code on the tablet. The index also names the catalogue and says where the counter is; an
 * office that says neither, and a tablet that knows neither, go on as before.
 */
import * as v from 'valibot'
import { canonical } from '../canonical.ts'
import { utf8 } from '../bytes.ts'
import { isPackRef, type PackRef } from '../ids.ts'
import { counterShape } from '../procedure/counter.ts'
import { sha256 } from '../sealing/digest.ts'
import type { KeyHandle } from '../sealing/keys.ts'
import { signerOf, type KeySet } from '../sealing/keySet.ts'
import { ledgerMarkShape } from '../sealing/outcome.ts'
import { signStatement, verifyStatement } from '../sealing/signed.ts'

const packRefShape = v.custom<PackRef>((value) => typeof value === 'string' && isPackRef(value))

const indexShape = v.object({
  ...ledgerMarkShape.entries,
  packs: v.array(v.object({ pack: packRefShape, digest: v.string() })),
  catalogue: v.optional(v.object({ digest: v.string() })),
  counter: v.optional(counterShape),
})

/** The catalogue as the office published it; core/procedure/catalogue parses it. */
const catalogueShape = v.object({ catalogue: v.unknown() })

const packShape = v.object({
  pack: packRefShape,
  /** The pack file as the office published it; core/procedure/pack parses it. */
  content: v.unknown(),
  /** Texts by locale; core/procedure/pack parses them. */
  texts: v.record(v.string(), v.unknown()),
})

export type PackIndex = v.InferOutput<typeof indexShape>
export type PublishedPack = v.InferOutput<typeof packShape>

/** The bodies of GET /packs and GET /packs/{code}/{version}. */
export const packIndexAnswerShape = v.object({ index: v.string() })
export const packAnswerShape = v.object({ pack: v.string() })
/** The body of GET /catalogue. */
export const catalogueAnswerShape = v.object({ catalogue: v.string() })

/** Digest of a published pack: over the canonical text of pack and texts. Drafts and applications name it. */
export async function packDigest(pack: PublishedPack): Promise<string> {
  return sha256(utf8(canonical(pack)))
}

/** Signs the list of packs that the office offers. */
export async function signPackIndex(index: PackIndex, key: KeyHandle, kid: string): Promise<string> {
  return signStatement('tiepsuc-packs+jws', index, key, { kid })
}

/** The list of packs, when the pinned office signed it. */
export async function verifyPackIndex(statement: string, keySet: KeySet): Promise<PackIndex | null> {
  const signer = await signerOf(statement, keySet)
  return signer && verifyStatement(statement, 'tiepsuc-packs+jws', signer, indexShape)
}

/** Signs one pack. */
export async function signPack(pack: PublishedPack, key: KeyHandle, kid: string): Promise<string> {
  return signStatement('tiepsuc-pack+jws', pack, key, { kid })
}

/** A pack that the pinned office signed. */
export async function verifyPack(statement: string, keySet: KeySet): Promise<PublishedPack | null> {
  const signer = await signerOf(statement, keySet)
  return signer && verifyStatement(statement, 'tiepsuc-pack+jws', signer, packShape)
}

/** Digest of a catalogue, over its canonical text. The signed index names it. */
export const catalogueDigest = (catalogue: unknown): Promise<string> => sha256(utf8(canonical(catalogue)))

/** Signs the catalogue. */
export async function signCatalogue(catalogue: unknown, key: KeyHandle, kid: string): Promise<string> {
  return signStatement('tiepsuc-catalogue+jws', { catalogue }, key, { kid })
}

/** The content of a catalogue that the pinned office signed, or null. */
export async function verifyCatalogue(statement: string, keySet: KeySet): Promise<{ readonly catalogue?: unknown } | null> {
  const signer = await signerOf(statement, keySet)
  return signer && verifyStatement(statement, 'tiepsuc-catalogue+jws', signer, catalogueShape)
}
