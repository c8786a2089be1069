import { deskBase, ticketShape } from '../../core/wire/desk.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { json } from '../http/json.ts'
import { firstOfficerLink } from '../people/links.ts'
import { inviteOfficer } from '../people/officers.ts'
import { officerOnly } from './officerOnly.ts'

/** POST /officers: an invitation, handed over by the one who asks. Whoever takes it up chooses name and passphrase at /first. */
export const postOfficer: AddRoute = (app, office) => {
  app.post(
    `${deskBase}/officers`,
    describe({ tag: 'desk', summary: 'Invite an officer', answers: { 201: { what: 'one use, 24 hours', shape: ticketShape } }, refusals: ['notSignedIn', 'forbidden'] }),
    officerOnly(office),
    async (context) => {
      const { secret, code, expiresAtMs } = await inviteOfficer(office)
      return json(context, { link: firstOfficerLink(office, secret), code, expiresAt: new Date(expiresAtMs).toISOString() }, 201)
    },
  )
}
