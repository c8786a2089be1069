import { failure } from '../../core/failures.ts'
import { maxPartBytes } from '../../core/sealing/limits.ts'
import { apiBase } from '../../core/wire/version.ts'
import { hasType, readBytes } from '../http/body.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { answeredFor } from '../http/fairShare.ts'
import { problem } from '../http/problem.ts'
import { countPart, isAnnounced, receivePart } from '../intake/parts.ts'

/** PUT /parts/{name}: bytes that a stored envelope announced, under their SHA-256. */
export const putPart: AddRoute = (app, office) => {
  app.put(
    `${apiBase}/parts/:name`,
    describe({
      tag: 'open',
      summary: 'Deliver a part of an attachment',
      takes: { type: 'application/octet-stream' },
      answers: { 204: { what: 'stored' } },
      refusals: ['partNotAnnounced', 'digestMismatch', 'partTooLarge', 'unsupportedType', 'officeFull'],
    }),
    async (context) => {
      if (!hasType(context.req.raw, 'application/octet-stream')) return problem(context, failure('unsupportedType'))
      const name = context.req.param('name')
      if (!/^[A-Za-z0-9_-]{43}$/.test(name) || !(await isAnnounced(office.db, name))) return problem(context, failure('partNotAnnounced'))
      const waitMs = await countPart(office, name)
      answeredFor(context, office)
      if (waitMs !== null) return problem(context, { kind: 'busy', retryAfterMs: waitMs })
      const bytes = await readBytes(context.req.raw, maxPartBytes)
      if (!bytes.ok) return problem(context, bytes.failure.kind === 'tooLarge' ? failure('partTooLarge', bytes.failure.why) : bytes.failure)
      const stored = await receivePart(office, name, bytes.value)
      if (!stored.ok) return problem(context, stored.failure)
      return context.body(null, 204, { 'Cache-Control': 'no-store' })
    },
  )
}
