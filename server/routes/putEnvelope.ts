import { failure } from '../../core/failures.ts'
import { maxEnvelopeBytes } from '../../core/sealing/limits.ts'
import { outcomeAnswerShape, outcomeType } from '../../core/wire/answer.ts'
import { envelopeType, parseEnvelope } from '../../core/wire/envelope.ts'
import { apiBase } from '../../core/wire/version.ts'
import { hasType, readText } from '../http/body.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { answeredFor, isOfKnownDevice } from '../http/fairShare.ts'
import { json } from '../http/json.ts'
import { problem } from '../http/problem.ts'
import { receive, type Received } from '../intake/receive.ts'

/** The envelope, its signed header and JSON's own characters. */
const maxBodyBytes = Math.ceil(maxEnvelopeBytes * 1.1)

/** PUT /envelopes/{id}: one application, once or many times with the same bytes. */
export const putEnvelope: AddRoute = (app, office) => {
  app.put(
    `${apiBase}/envelopes/:id`,
    describe({
      tag: 'open',
      summary: 'Deliver an envelope',
      detail: 'No sign-in: the device signature inside authorises. Only the signed outcome changes anything on the tablet.',
      takes: { type: envelopeType },
      answers: {
        201: { what: 'stored now', type: outcomeType, shape: outcomeAnswerShape },
        200: { what: 'stored before; the stored outcome', type: outcomeType, shape: outcomeAnswerShape },
        409: { what: 'signed: disputed (idTaken)', type: outcomeType, shape: outcomeAnswerShape },
        422: { what: 'signed: refused (headerMismatch); or a problem', type: outcomeType, shape: outcomeAnswerShape },
      },
      refusals: ['malformed', 'digestMismatch', 'tooLarge', 'unsupportedType', 'deviceRevoked'],
    }),
    async (context) => {
      if (!hasType(context.req.raw, envelopeType)) return problem(context, failure('unsupportedType'))
      const text = await readText(context.req.raw, maxBodyBytes)
      if (!text.ok) return problem(context, text.failure)
      const envelope = parseEnvelope(text.value)
      if (!envelope.ok) return problem(context, envelope.failure)
      const received = await receive(office, envelope.value, 'http', context.req.param('id'))
      if (received.kind === 'outcome' || isOfKnownDevice(received.failure.kind)) answeredFor(context, office)
      if (received.kind === 'problem') return problem(context, received.failure)
      return json(context, received.answer, statusOf(received), outcomeType)
    },
  )
}

function statusOf({ isNew, stored }: Received & { kind: 'outcome' }): 200 | 201 | 409 | 422 {
  if (stored.kind === 'refused') return 422
  if (stored.kind === 'disputed') return 409
  return isNew ? 201 : 200
}
