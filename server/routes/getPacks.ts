import { localMoment } from '../../core/procedure/dates.ts'
import { packIndexAnswerShape, signPackIndex } from '../../core/wire/packs.ts'
import { apiBase } from '../../core/wire/version.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { json } from '../http/json.ts'
import { signedIn } from '../http/signedIn.ts'
import { readHead } from '../ledger/append.ts'

/** GET /packs: which procedures this office offers, in which versions. */
export const getPacks: AddRoute = (app, office) => {
  app.get(
    `${apiBase}/packs`,
    describe({
      tag: 'tablet',
      summary: 'The procedures on offer',
      answers: { 200: { what: 'the signed index', shape: packIndexAnswerShape } },
      refusals: ['notSignedIn', 'forbidden', 'deviceRevoked'],
    }),
    signedIn(office),
    async (context) => {
      const { db, keys, epoch, packs, catalogue, config, clock } = office
      const offered = packs.inForce(localMoment(clock.now()).date).map(({ ref, digest }) => ({ pack: ref, digest }))
      const named = catalogue === null ? {} : { catalogue: { digest: catalogue.digest } }
      const index = await signPackIndex({ epoch, head: await readHead(db), packs: offered, ...named, counter: config.counter }, keys.signing, keys.signingKid)
      return json(context, { index })
    },
  )
}
