import { failure } from '../../core/failures.ts'
import { holdingsAnswerShape, holdingsQuestionShape, signHoldings } from '../../core/wire/holdings.ts'
import { apiBase } from '../../core/wire/version.ts'
import { hasType } from '../http/body.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { json, readJson } from '../http/json.ts'
import { problem } from '../http/problem.ts'
import { judgeHeld } from '../intake/holdings.ts'
import { readHead } from '../ledger/append.ts'

/** POST /holdings: which of these applications the office does not hold complete, signed about exactly this list. */
export const postHoldings: AddRoute = (app, office) => {
  app.post(
    `${apiBase}/holdings`,
    describe({
      tag: 'open',
      summary: 'What the office lacks of a list',
      detail: 'At most 500 pairs of id and digest; none at all asks for epoch and head. What is lacking is to be delivered again; what is neither lacking nor uncovered may be given up.',
      takes: { type: 'application/json', shape: holdingsQuestionShape },
      answers: { 200: { what: 'a signed answer', shape: holdingsAnswerShape } },
      refusals: ['malformed', 'tooLarge', 'unsupportedType'],
    }),
    async (context) => {
      if (!hasType(context.req.raw, 'application/json')) return problem(context, failure('unsupportedType'))
      const question = await readJson(context.req.raw, holdingsQuestionShape)
      if (!question.ok) return problem(context, question.failure)
      const { held } = question.value
      const { db, keys, epoch } = office
      const judged = await judgeHeld(db, epoch.id, held)
      // Read last: a head below one that this answer rests on would look like an office put back.
      const head = await readHead(db)
      return json(context, { holdings: await signHoldings({ epoch, head, ...judged }, held, keys.signing, keys.signingKid) })
    },
  )
}
