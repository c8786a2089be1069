import { failure } from '../../core/failures.ts'
import { isApplicationId, isDeviceId, isDigest } from '../../core/ids.ts'
import { outcomeAnswerShape, outcomeType } from '../../core/wire/answer.ts'
import { apiBase } from '../../core/wire/version.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { json } from '../http/json.ts'
import { problem } from '../http/problem.ts'
import { findOutcome } from '../intake/outcomes.ts'
import { missingParts } from '../intake/parts.ts'

/** GET /outcomes/{id}: what the office said about exactly these bytes of this device. */
export const getOutcome: AddRoute = (app, office) => {
  app.get(
    `${apiBase}/outcomes/:id`,
    describe({
      tag: 'open',
      summary: 'A stored outcome',
      detail: 'Query: digest and device, as in the header.',
      answers: { 200: { what: 'the stored outcome', type: outcomeType, shape: outcomeAnswerShape } },
      refusals: ['malformed', 'notFound'],
    }),
    async (context) => {
      const id = context.req.param('id')
      const { digest = '', device = '' } = context.req.query()
      if (!isApplicationId(id) || !isDigest(digest) || !isDeviceId(device)) return problem(context, failure('malformed', 'id, digest or device'))
      const stored = await findOutcome(office.db, { id, digest, device })
      if (stored === null) return problem(context, failure('notFound'))
      const missing = stored.kind === 'received' ? await missingParts(office.db, id) : []
      return json(context, { outcome: stored.statement, missing }, 200, outcomeType)
    },
  )
}
