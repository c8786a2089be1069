import type { AddRoute } from '../http/context.ts'
import { docsPage, docsStyle } from './docsPage.ts'
import { openapiOf } from './getOpenapi.ts'

/** GET /api/docs: the same as openapi.json for people, without any script. */
export const getDocs: AddRoute = (app) => {
  app.get('/api/docs', async (context) => context.html(docsPage(await openapiOf(app))))
  app.get('/api/docs.css', (context) => context.body(docsStyle, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
}
