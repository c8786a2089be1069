import { sql } from 'kysely'
import * as v from 'valibot'
import { apiBase, wireVersion } from '../../core/wire/version.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { json } from '../http/json.ts'

const healthShape = v.object({ ok: v.literal(true), wire: v.number() })

/** GET /health: answers when the database does. */
export const getHealth: AddRoute = (app, { db }) => {
  app.get(
    `${apiBase}/health`,
    describe({ tag: 'open', summary: 'Whether office and database answer', answers: { 200: { what: 'they do', shape: healthShape } } }),
    async (context) => {
      await sql`select 1`.execute(db)
      return json(context, { ok: true, wire: wireVersion })
    },
  )
}
