import { failure } from '../../core/failures.ts'
import { carrierType, outcomesType } from '../../core/wire/carrier.ts'
import { apiBase } from '../../core/wire/version.ts'
import { hasType } from '../http/body.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
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
      office.log.info('carrier read', { count: answers.length })
      const lines = answers.map((answer) => `${JSON.stringify(answer)}\n`).join('')
      return context.body(lines, 200, { 'Content-Type': outcomesType, 'Cache-Control': 'no-store' })
    },
  )
}
