import { failure } from '../../core/failures.ts'
import { feedAnswerShape, signFeed } from '../../core/wire/feed.ts'
import { apiBase } from '../../core/wire/version.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { json } from '../http/json.ts'
import { problem } from '../http/problem.ts'
import { signedIn } from '../http/signedIn.ts'
import { repliesAfter } from '../ledger/readAfter.ts'

/** GET /feed?after=N: sealed replies about this device's applications, in order, signed as a whole. */
export const getFeed: AddRoute = (app, office) => {
  app.get(
    `${apiBase}/feed`,
    describe({
      tag: 'tablet',
      summary: 'What the office has said since',
      detail: 'Query: after, the last cursor, 0 at first. At most 200 events a page.',
      answers: { 200: { what: 'a signed page', shape: feedAnswerShape } },
      refusals: ['malformed', 'notSignedIn', 'forbidden', 'deviceRevoked'],
    }),
    signedIn(office),
    async (context) => {
      const given = context.req.query('after') ?? '0'
      if (!/^\d{1,15}$/.test(given)) return problem(context, failure('malformed', 'after'))
      const after = Number(given)
      const { db, keys, epoch } = office
      const page = await repliesAfter(db, context.var.device, after)
      const { head, cursor, more, events } = page
      const feed = await signFeed({ epoch, head, after, cursor, more, events: [...events] }, keys.signing, keys.signingKid)
      return json(context, { feed })
    },
  )
}
