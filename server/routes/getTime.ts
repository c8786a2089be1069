import { apiBase } from '../../core/wire/version.ts'
import { timeAnswerShape } from '../../core/wire/people.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { json } from '../http/json.ts'

/** GET /time: the office's time, and in DPoP-Nonce the first nonce a tablet needs. */
export const getTime: AddRoute = (app, { clock }) => {
  app.get(
    `${apiBase}/time`,
    describe({ tag: 'open', summary: "The office's time", detail: 'The header DPoP-Nonce of this and every other answer is good for five minutes.', answers: { 200: { what: 'UTC', shape: timeAnswerShape } } }),
    (context) => json(context, { at: new Date(clock.now()).toISOString() }),
  )
}
