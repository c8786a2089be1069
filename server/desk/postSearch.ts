import { deskBase, searchRequestShape, searchShape } from '../../core/wire/desk.ts'
import { caseRows } from '../cases/caseRows.ts'
import { searchFactsFor } from '../cases/searchFacts.ts'
import type { AddRoute } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { json, readJson } from '../http/json.ts'
import { problem } from '../http/problem.ts'
import { officerOnly } from './officerOnly.ts'

const maxFound = 50

/** POST /search: exact matches only, by keyed hash. What is searched for never stands in an address. */
export const postSearch: AddRoute = (app, office) => {
  app.post(
    `${deskBase}/search`,
    describe({
      tag: 'desk',
      summary: 'Find cases',
      takes: { type: 'application/json', shape: searchRequestShape },
      detail: 'q: a personal number, phone, local or official code, full name, or given name and year of birth.',
      answers: { 200: { what: 'up to 50, newest first', shape: searchShape } },
      refusals: ['malformed', 'notSignedIn'],
    }),
    officerOnly(office),
    async (context) => {
      const request = await readJson(context.req.raw, searchRequestShape)
      if (!request.ok) return problem(context, request.failure)
      const hashes = searchFactsFor(request.value.q).map(({ column, value }) => ({ column, hash: office.keys.searchHash(column, value) }))
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
