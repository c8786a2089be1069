import { failure } from '../../core/failures.ts'
import { carrierType, outcomesType } from '../../core/wire/carrier.ts'
import type { CarrierAnswer } from '../../core/wire/answer.ts'
import { kindOfProblem } from '../../core/wire/problem.ts'
import { apiBase } from '../../core/wire/version.ts'
import { hasType } from '../http/body.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { answeredFor, isOfKnownDevice } from '../http/fairShare.ts'
import { problem } from '../http/problem.ts'
import { isTooLarge, receiveCarrier } from '../intake/carriers.ts'

/** POST /carriers: many envelopes and parts, one a line; each line is answered by its own line. */
export const postCarrier: AddRoute = (app, office) => {
  app.post(
    `${apiBase}/carriers`,
    describe({
      tag: 'open',
      summary: 'Deliver a carrier',
      detail: 'NDJSON, at most 10,000 lines of 512 KiB and 50 MiB together. Each line is judged alone.',
      takes: { type: carrierType },
      answers: { 200: { what: 'one line for each line', type: outcomesType } },
      refusals: ['unsupportedType', 'tooLarge'],
    }),
    async (context) => {
      if (!hasType(context.req.raw, carrierType)) return problem(context, failure('unsupportedType'))
      if (isTooLarge(context.req.raw)) return problem(context, failure('tooLarge', 'carrier'))
      const answers = await receiveCarrier(office, context.req.raw.body, 'http')
      if (answers.some(isOfOurs)) answeredFor(context, office)
      office.log.info('carrier read', { count: answers.length })
      const lines = answers.map((answer) => `${JSON.stringify(answer)}\n`).join('')
      return context.body(lines, 200, { 'Content-Type': outcomesType, 'Cache-Control': 'no-store' })
    },
  )
}

/** Something of a known device was in it; what that device sends is counted line by line. */
function isOfOurs(answer: CarrierAnswer): boolean {
  if (!('problem' in answer)) return true
  const kind = kindOfProblem(answer.problem)
  return kind !== null && isOfKnownDevice(kind)
}
