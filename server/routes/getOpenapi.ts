import { generateSpecs } from 'hono-openapi'
import type { AddRoute, OfficeApp } from '../http/context.ts'
import { json } from '../http/json.ts'

/** The OpenAPI document of every described route. */
export async function openapiOf(app: OfficeApp): Promise<Awaited<ReturnType<typeof generateSpecs>>> {
  return generateSpecs(app, {
    documentation: {
      info: {
        title: 'Tiếp Sức: the office',
        version: '1',
        description: 'How a tablet delivers sealed applications to a ward office and hears back. Shapes and rules in words: docs/protocol.md.',
      },
    },
  })
}

/** GET /api/openapi.json */
export const getOpenapi: AddRoute = (app) => {
  app.get('/api/openapi.json', async (context) => json(context, await openapiOf(app)))
}
