/**
 * The carrier: many envelopes and parts as NDJSON, one a line. It is the body of a batch and the file on a stick. Each line
 * is judged alone: a bad one touches no other (invariant 8).
 */
import * as v from 'valibot'
import { fromBase64url, base64url, utf8, type Bytes } from '../bytes.ts'
import { type Failure, failure } from '../failures.ts'
import { fail, ok, type Result } from '../result.ts'
import { maxCarrierLineBytes } from '../sealing/limits.ts'
import { parseJson } from '../sealing/signed.ts'
import { parseEnvelope, writeEnvelope, type Envelope } from './envelope.ts'

export const carrierType = 'application/vnd.tiepsuc.carrier+ndjson'
export const outcomesType = 'application/vnd.tiepsuc.outcomes+ndjson'

export interface Part {
  /** SHA-256 of the ciphertext, base64url. */
  readonly part: string
  readonly bytes: Bytes
}

export type CarrierLine = { readonly kind: 'envelope'; readonly envelope: Envelope } | ({ readonly kind: 'part' } & Part)

const partShape = v.strictObject({ part: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)), bytes: v.string() })

/** One line of a carrier, without its line feed. Too long is `tooLarge`, anything else that is not ours `malformed`. */
export function parseCarrierLine(written: string): Result<CarrierLine, Failure<'malformed' | 'tooLarge'>> {
  // A file that went through an editor may have a byte order mark and carriage returns; neither is the application's.
  const line = written.trim()
  if (utf8(line).length > maxCarrierLineBytes) return fail(failure('tooLarge', 'carrier line'))
  const part = parseJson(line, partShape)
  if (part !== null) {
    const bytes = fromBase64url(part.bytes)
    return bytes === null ? fail(failure('malformed', 'part')) : ok({ kind: 'part', part: part.part, bytes })
  }
  const envelope = parseEnvelope(line)
  return envelope.ok ? ok({ kind: 'envelope', envelope: envelope.value }) : envelope
}

/** The line of an envelope or a part, with its line feed. */
export function writeCarrierLine(line: CarrierLine): string {
  if (line.kind === 'envelope') return `${writeEnvelope(line.envelope)}\n`
  return `${JSON.stringify({ part: line.part, bytes: base64url(line.bytes) })}\n`
}

/** How long the line of a part of `partBytes` is, its line feed included. */
export function partLineBytes(partBytes: number): number {
  return emptyPartLineBytes + Math.ceil((partBytes * 4) / 3)
}

const emptyPartLineBytes = `{"part":"${'n'.repeat(43)}","bytes":""}\n`.length

/** True when an envelope is small enough for a carrier. */
export function fitsCarrier(envelope: Envelope): boolean {
  return utf8(writeEnvelope(envelope)).length <= maxCarrierLineBytes
}
