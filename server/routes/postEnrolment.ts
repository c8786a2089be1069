import { apiBase } from '../../core/wire/version.ts'
import { deviceAnswerShape, enrolRequestShape } from '../../core/wire/people.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { json, readJson } from '../http/json.ts'
import { problem } from '../http/problem.ts'
import { enrolDevice } from '../people/devices.ts'

/** POST /enrolments: a tablet hands in a one-time ticket with its public key and proves to hold the private one. */
export const postEnrolment: AddRoute = (app, office) => {
  app.post(
    `${apiBase}/enrolments`,
    describe({
      tag: 'tablet',
      summary: 'Enrol a tablet',
      detail: 'One use. The same key with the same ticket gets the same answer again, since an answer may be lost.',
      takes: { type: 'application/json', shape: enrolRequestShape },
      answers: { 201: { what: 'the device', shape: deviceAnswerShape } },
      refusals: ['malformed', 'tooLarge', 'ticketInvalid', 'ticketSpent'],
    }),
    async (context) => {
      const waitMs = office.limits.look('guess', context.var.address)
      if (waitMs !== null) return problem(context, { kind: 'busy', retryAfterMs: waitMs })
      const request = await readJson(context.req.raw, enrolRequestShape)
      if (!request.ok) return problem(context, request.failure)
      const enrolled = await enrolDevice(office, request.value)
      if (enrolled.ok) return json(context, enrolled.value, 201)
      office.limits.take('guess', context.var.address)
      return problem(context, enrolled.failure)
    },
  )
}
