/** Asks the office what it holds of a list. Needs no sign-in: a pair of id and digest tells nothing that its bearer does not have. */
import * as v from 'valibot'
import { utf8 } from '../../../core/bytes.ts'
import { failure, type Failure } from '../../../core/failures.ts'
import { fail, ok, type Result } from '../../../core/result.ts'
import type { KeySet } from '../../../core/sealing/keySet.ts'
import { holdingsAnswerShape, verifyHoldings, type Held, type Holdings } from '../../../core/wire/holdings.ts'
import { apiBase } from '../../../core/wire/version.ts'
import { failureOf, type Http } from '../http.ts'
import { parseJsonText } from '../json.ts'

/** The office's signed answer about exactly this list of at most `maxHeld`. */
export async function askHoldings(http: Http, keySet: KeySet, held: readonly Held[]): Promise<Result<Holdings, Failure>> {
  const answer = await http({
    method: 'POST',
    path: `${apiBase}/holdings`,
    headers: { 'content-type': 'application/json' },
    body: utf8(JSON.stringify({ held })),
  })
  if (!answer.ok) return answer
  const body = v.safeParse(holdingsAnswerShape, parseJsonText(answer.value.text))
  if (!body.success) return fail(failureOf(answer.value))
  const holdings = await verifyHoldings(body.output.holdings, keySet, held)
  return holdings === null ? fail(failure('outcomeInvalid', 'holdings')) : ok(holdings)
}
