import { deskBase, officersShape } from '../../core/wire/desk.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { json } from '../http/json.ts'
import { problem } from '../http/problem.ts'
import { disableOfficer, listOfficers } from '../people/officers.ts'
import { officerOnly } from './officerOnly.ts'

/** POST /officers/{username}/disable: ends the officer's sessions and all open invitations. `conflict` for oneself. */
export const postOfficerDisable: AddRoute = (app, office) => {
  app.post(
    `${deskBase}/officers/:username/disable`,
    describe({
      tag: 'desk',
      summary: 'Disable an officer',
      answers: { 200: { what: 'all officers', shape: officersShape } },
      refusals: ['notSignedIn', 'forbidden', 'notFound', 'conflict'],
    }),
    officerOnly(office),
    async (context) => {
      const done = await disableOfficer(office, { username: context.req.param('username'), byId: context.var.officer.id })
      return done.ok ? json(context, { officers: await listOfficers(office) }) : problem(context, done.failure)
    },
  )
}
