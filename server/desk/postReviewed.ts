import { deskBase, officeShape } from '../../core/wire/desk.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { json } from '../http/json.ts'
import { markReviewed } from '../restores.ts'
import { officeAnswer } from './getOffice.ts'
import { officerOnly } from './officerOnly.ts'

/** POST /office/reviewed: what was ended after the backup has been ended again. One officer's word is enough. */
export const postReviewed: AddRoute = (app, office) => {
  app.post(
    `${deskBase}/office/reviewed`,
    describe({
      tag: 'desk',
      summary: 'After a restore: tablets, volunteers and officers have been looked through',
      answers: { 200: { what: 'the office', shape: officeShape } },
      refusals: ['notSignedIn', 'forbidden'],
    }),
    officerOnly(office),
    async (context) => {
      await markReviewed(office.db, context.var.officer.username, office.clock.now())
      return json(context, await officeAnswer(office))
    },
  )
}
