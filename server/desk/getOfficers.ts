import { deskBase, officersShape } from '../../core/wire/desk.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { json } from '../http/json.ts'
import { listOfficers } from '../people/officers.ts'
import { officerOnly } from './officerOnly.ts'

/** GET /officers. */
export const getOfficers: AddRoute = (app, office) => {
  app.get(
    `${deskBase}/officers`,
    describe({ tag: 'desk', summary: 'Officers', answers: { 200: { what: 'all officers, also disabled ones', shape: officersShape } }, refusals: ['notSignedIn'] }),
    officerOnly(office),
    async (context) => json(context, { officers: await listOfficers(office) }),
  )
}
