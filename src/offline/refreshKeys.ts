/** Asks for the office's newest key set and pins it when the pinned root signed it. Needs no proof and no enrolment anew. */
import * as v from 'valibot'
import { failure, type Failure } from '../../core/failures.ts'
import { fail, type Result } from '../../core/result.ts'
import type { KeySet } from '../../core/sealing/keySet.ts'
import { apiBase } from '../../core/wire/version.ts'
import { hasCrashPoints, reached } from './crashPoints.ts'
import type { Database } from './db.ts'
import { failureOf, type Http } from './http.ts'
import { parseJsonText } from './json.ts'
import { pinKeySet } from './keys.ts'

const keysAnswerShape = v.object({ keySet: v.string() })

export async function refreshKeys(db: Database, http: Http): Promise<Result<KeySet, Failure>> {
  const answer = await http({ method: 'GET', path: `${apiBase}/keys` })
  if (!answer.ok) return answer
  const body = v.safeParse(keysAnswerShape, parseJsonText(answer.value.text))
  if (!body.success) return fail(failureOf(answer.value))
  if (body.output.keySet === '') return fail(failure('keySetInvalid'))
  const pinned = await pinKeySet(db, body.output.keySet)
  if (hasCrashPoints) await reached('keysStored')
  return pinned
}
