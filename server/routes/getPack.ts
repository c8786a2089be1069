import { failure } from '../../core/failures.ts'
import { isPackRef } from '../../core/ids.ts'
import { packAnswerShape } from '../../core/wire/packs.ts'
import { apiBase } from '../../core/wire/version.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { json } from '../http/json.ts'
import { problem } from '../http/problem.ts'
import { signedIn } from '../http/signedIn.ts'

/** GET /packs/{code}/{version}: one pack with its texts, signed. */
export const getPack: AddRoute = (app, office) => {
  app.get(
    `${apiBase}/packs/:code/:version`,
    describe({
      tag: 'tablet',
      summary: 'One procedure pack',
      answers: { 200: { what: 'the signed pack', shape: packAnswerShape } },
      refusals: ['notSignedIn', 'forbidden', 'deviceRevoked', 'notFound'],
    }),
    signedIn(office),
    (context) => {
      const { code, version } = context.req.param()
      const ref = `${code}@${version}`
      const found = isPackRef(ref) ? office.packs.find(ref) : null
      return found === null ? problem(context, failure('notFound')) : json(context, { pack: found.statement })
    },
  )
}
