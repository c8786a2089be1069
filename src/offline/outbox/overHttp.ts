/**
 * The outbox's transport over HTTP. It reads answers and judges none: an outcome is only a text until outcomes.ts has
 * verified it. A 2xx without something in our form is a captive portal.
 */
import * as v from 'valibot'
import { utf8, type Bytes } from '../../../core/bytes.ts'
import { failure, type Failure } from '../../../core/failures.ts'
import { fail, ok, type Result } from '../../../core/result.ts'
import { carrierAnswerShape, parseOutcomeAnswer, type CarrierAnswer, type OutcomeAnswer } from '../../../core/wire/answer.ts'
import { carrierType, writeCarrierLine } from '../../../core/wire/carrier.ts'
import { envelopeType, writeEnvelope } from '../../../core/wire/envelope.ts'
import { apiBase } from '../../../core/wire/version.ts'
import { failureOf, type Http } from '../http.ts'
import { parseJsonText } from '../json.ts'
import type { EnvelopeRow } from '../rows.ts'

export interface Transport {
  put(row: EnvelopeRow): Promise<Result<OutcomeAnswer, Failure>>
  /** Answers by line. */
  carry(rows: readonly EnvelopeRow[]): Promise<Result<readonly CarrierAnswer[], Failure>>
  putPart(name: string, bytes: Bytes): Promise<Result<undefined, Failure>>
}

export function overHttp(http: Http): Transport {
  return {
    async put({ id, envelope, header }) {
      const answer = await http({
        method: 'PUT',
        path: `${apiBase}/envelopes/${id}`,
        headers: { 'content-type': envelopeType },
        body: utf8(writeEnvelope({ envelope, header })),
      })
      if (!answer.ok) return answer
      const outcome = parseOutcomeAnswer(parseJsonText(answer.value.text))
      return outcome === null ? fail(failureOf(answer.value)) : ok(outcome)
    },
    async carry(rows) {
      const body = rows.map(({ envelope, header }) => writeCarrierLine({ kind: 'envelope', envelope: { envelope, header } })).join('')
      const answer = await http({
        method: 'POST',
        path: `${apiBase}/carriers`,
        headers: { 'content-type': carrierType },
        body: utf8(body),
      })
      if (!answer.ok) return answer
      const lines = answer.value.status === 200 ? readAnswers(answer.value.text) : []
      return lines.length === 0 ? fail(failureOf(answer.value)) : ok(lines)
    },
    async putPart(name, bytes) {
      const answer = await http({
        method: 'PUT',
        path: `${apiBase}/parts/${name}`,
        headers: { 'content-type': 'application/octet-stream' },
        body: bytes,
      })
      if (!answer.ok) return answer
      if (answer.value.status === 204) return ok()
      // Too large for this office, whatever words its proxy found for it.
      return fail(answer.value.status === 413 ? failure('partTooLarge') : failureOf(answer.value))
    },
  }
}

/** The readable lines of an outcomes text; a cut or foreign line is left out and its application tried again. */
export function readAnswers(text: string): CarrierAnswer[] {
  return text.split('\n').flatMap((line) => {
    const parsed = v.safeParse(carrierAnswerShape, parseJsonText(line))
    return parsed.success ? [parsed.output] : []
  })
}
