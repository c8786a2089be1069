/**
 * An envelope on the road: the sealed application as its exact text, and the device's signed header. The same form is the
 * body of a single PUT and a line of a carrier.
 */
import * as v from 'valibot'
import { type Failure, failure } from '../failures.ts'
import { fail, ok, type Result } from '../result.ts'
import { maxEnvelopeBytes } from '../sealing/limits.ts'
import { parseJson } from '../sealing/signed.ts'

export const envelopeType = 'application/vnd.tiepsuc.envelope+json'

export interface Envelope {
  /** The exact text of the JWE; the digest is over its UTF-8 bytes. */
  readonly envelope: string
  /** The device's compact JWS. */
  readonly header: string
}

const envelopeShape = v.strictObject({
  envelope: v.pipe(v.string(), v.minLength(1), v.maxLength(maxEnvelopeBytes)),
  header: v.pipe(v.string(), v.minLength(1), v.maxLength(512 * 1024)),
})

/** The envelope in a text, or `malformed`. */
export function parseEnvelope(text: string): Result<Envelope, Failure<'malformed'>> {
  const envelope = parseJson(text, envelopeShape)
  return envelope === null ? fail(failure('malformed', 'not an envelope')) : ok(envelope)
}

/** The text of an envelope: one line, no line feed. */
export function writeEnvelope({ envelope, header }: Envelope): string {
  return JSON.stringify({ envelope, header })
}
