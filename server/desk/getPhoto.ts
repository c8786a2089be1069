import { failure } from '../../core/failures.ts'
import { isApplicationId } from '../../core/ids.ts'
import { deskBase } from '../../core/wire/desk.ts'
import { openPhoto } from '../cases/photos.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { problem } from '../http/problem.ts'
import { officerOnly } from './officerOnly.ts'

/** GET /cases/{id}/attachments/{attachment}: one photo, opened in memory for this officer and stored by nobody on the way. */
export const getPhoto: AddRoute = (app, office) => {
  app.get(
    `${deskBase}/cases/:id/attachments/:attachment`,
    describe({
      tag: 'desk',
      summary: 'One photo of a paper',
      answers: { 200: { what: 'the photo; its type is what its bytes are', type: 'image/jpeg' } },
      refusals: ['notSignedIn', 'notFound', 'tooLarge', 'unsupportedType'],
    }),
    officerOnly(office),
    async (context) => {
      const id = context.req.param('id')
      const opened = isApplicationId(id) ? await openPhoto(office, id, context.req.param('attachment')) : null
      if (opened === null) return problem(context, failure('notFound'))
      if (!opened.ok) return problem(context, opened.failure)
      const { bytes, mediaType } = opened.value
      return context.body(bytes, 200, { 'Content-Type': mediaType, 'Content-Disposition': 'inline', 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' })
    },
  )
}
