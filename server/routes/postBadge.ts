import { badgeAnswerShape, badgeRequestShape } from '../../core/wire/people.ts'
import { apiBase } from '../../core/wire/version.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { json, parseBody } from '../http/json.ts'
import { problem } from '../http/problem.ts'
import { signedIn } from '../http/signedIn.ts'
import { giveBadge } from '../people/volunteers.ts'

/** POST /badges: a one-time code for a volunteer's badge on this device. */
export const postBadge: AddRoute = (app, office) => {
  app.post(
    `${apiBase}/badges`,
    describe({
      tag: 'tablet',
      summary: "Fetch a volunteer's badge",
      takes: { type: 'application/json', shape: badgeRequestShape },
      answers: { 201: { what: 'the badge', shape: badgeAnswerShape } },
      refusals: ['malformed', 'notSignedIn', 'forbidden', 'deviceRevoked', 'badgeCodeInvalid'],
    }),
    signedIn(office),
    async (context) => {
      const { device, address, body } = context.var
      const waitMs = office.limits.look('guess', address)
      if (waitMs !== null) return problem(context, { kind: 'busy', retryAfterMs: waitMs })
      const request = parseBody(body, badgeRequestShape)
      if (!request.ok) return problem(context, request.failure)
      const badge = await giveBadge(office, request.value.code, device)
      if (badge.ok) return json(context, { badge: badge.value }, 201)
      office.limits.take('guess', address)
      return problem(context, badge.failure)
    },
  )
}
