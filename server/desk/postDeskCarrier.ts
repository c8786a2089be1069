import { failure } from '../../core/failures.ts'
import { carrierType, outcomesType } from '../../core/wire/carrier.ts'
import { deskBase } from '../../core/wire/desk.ts'
import { hasType } from '../http/body.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { problem } from '../http/problem.ts'
import { isTooLarge, receiveCarrier } from '../intake/carriers.ts'
import { officerOnly } from './officerOnly.ts'

/** POST /carriers: a file from a stick. Envelopes of revoked devices go to quarantine instead of being turned away. */
export const postDeskCarrier: AddRoute = (app, office) => {
  app.post(
    `${deskBase}/carriers`,
    describe({
      tag: 'desk',
      summary: 'Import a carrier file',
      takes: { type: carrierType },
      answers: { 200: { what: 'one line for each line', type: outcomesType } },
      refusals: ['unsupportedType', 'tooLarge', 'notSignedIn', 'forbidden'],
    }),
    officerOnly(office),
    async (context) => {
      if (!hasType(context.req.raw, carrierType)) return problem(context, failure('unsupportedType'))
      if (isTooLarge(context.req.raw)) return problem(context, failure('tooLarge', 'carrier'))
      const answers = await receiveCarrier(office, context.req.raw.body, 'desk')
      return context.body(answers.map((answer) => `${JSON.stringify(answer)}\n`).join(''), 200, { 'Content-Type': outcomesType })
    },
  )
}
