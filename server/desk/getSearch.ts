import { deskBase, searchShape } from '../../core/wire/desk.ts'
import { failure } from '../../core/failures.ts'
import { caseRows } from '../cases/caseRows.ts'
import { searchFactsFor } from '../cases/searchFacts.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { json } from '../http/json.ts'
import { problem } from '../http/problem.ts'
import { officerOnly } from './officerOnly.ts'

const maxFound = 50

/** GET /search?q=: exact matches only, by keyed hash. */
export const getSearch: AddRoute = (app, office) => {
  app.get(
    `${deskBase}/search`,
    describe({
      tag: 'desk',
      summary: 'Find cases',
      detail: 'Query: q, a personal number, phone, local or official code, full name, or given name and year of birth.',
      answers: { 200: { what: 'up to 50, newest first', shape: searchShape } },
      refusals: ['malformed', 'notSignedIn'],
    }),
    officerOnly(office),
    async (context) => {
      const query = context.req.query('q') ?? ''
      if (query.length > 200) return problem(context, failure('malformed', 'q'))
      const hashes = searchFactsFor(query).map(({ column, value }) => ({ column, hash: office.keys.searchHash(column, value) }))
      const found = await office.db
        .selectFrom('search_keys')
        .innerJoin('cases', 'cases.id', 'search_keys.id')
        .select(['cases.id', 'cases.received_at'])
        .distinct()
        .where((is) => is.or(hashes.map(({ column, hash }) => is.and([is('column_name', '=', column), is('hash', '=', hash)]))))
        .orderBy('cases.received_at', 'desc')
        .limit(maxFound)
        .execute()
      return json(context, { cases: await caseRows(office, found.map(({ id }) => id)) })
    },
  )
}
