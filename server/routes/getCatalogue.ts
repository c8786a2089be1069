import { failure } from '../../core/failures.ts'
import { catalogueAnswerShape } from '../../core/wire/packs.ts'
import { apiBase } from '../../core/wire/version.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { json } from '../http/json.ts'
import { problem } from '../http/problem.ts'
import { signedIn } from '../http/signedIn.ts'

/** GET /catalogue: every procedure of a ward, also those without a pack, signed. */
export const getCatalogue: AddRoute = (app, office) => {
  app.get(
    `${apiBase}/catalogue`,
    describe({
      tag: 'tablet',
      summary: 'The catalogue of procedures',
      answers: { 200: { what: 'the signed catalogue', shape: catalogueAnswerShape } },
      refusals: ['notSignedIn', 'forbidden', 'deviceRevoked', 'notFound'],
    }),
    signedIn(office),
    (context) => {
      const { catalogue } = office
      return catalogue === null ? problem(context, failure('notFound')) : json(context, { catalogue: catalogue.statement })
    },
  )
}
