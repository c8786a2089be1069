import { failure } from '../../core/failures.ts'
import { deviceAnswerShape } from '../../core/wire/people.ts'
import { apiBase } from '../../core/wire/version.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { json } from '../http/json.ts'
import { problem } from '../http/problem.ts'
import { signedIn } from '../http/signedIn.ts'
import { deviceAnswer } from '../people/devices.ts'

/** GET /devices/me: what a tablet may do, also when it waits or was revoked. */
export const getMyDevice: AddRoute = (app, office) => {
  app.get(
    `${apiBase}/devices/me`,
    describe({ tag: 'tablet', summary: 'This device', answers: { 200: { what: 'the device', shape: deviceAnswerShape } }, refusals: ['notSignedIn'] }),
    signedIn(office, ['waiting', 'active', 'revoked']),
    async (context) => {
      const answer = await deviceAnswer(office.db, office, context.var.device)
      return answer === null ? problem(context, failure('notSignedIn', 'device')) : json(context, answer)
    },
  )
}
