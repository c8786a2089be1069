/** A volunteer's badge from a one-time code: fetched with the device's proof, verified, and bound to this very device. */
import * as v from 'valibot'
import { utf8 } from '../../../core/bytes.ts'
import { failure, type Failure } from '../../../core/failures.ts'
import { fail, ok, type Result } from '../../../core/result.ts'
import { verifyBadge } from '../../../core/sealing/badge.ts'
import { badgeAnswerShape } from '../../../core/wire/people.ts'
import { apiBase } from '../../../core/wire/version.ts'
import type { Database } from '../db.ts'
import type { SignedIn } from '../dpop.ts'
import { parseJsonText } from '../json.ts'
import { readPinned } from '../keys.ts'
import type { ClaimedBadge } from '../tablet.ts'

/** `badgeCodeInvalid` for a wrong or spent code, `badgeInvalid` for a badge that is not this office's or not for this tablet. */
export async function claimBadge(db: Database, signedIn: SignedIn, code: string): Promise<Result<ClaimedBadge, Failure>> {
  const answer = await signedIn({
    method: 'POST',
    path: `${apiBase}/badges`,
    headers: { 'content-type': 'application/json' },
    body: utf8(JSON.stringify({ code: code.trim() })),
  })
  if (!answer.ok) return answer
  const body = v.safeParse(badgeAnswerShape, parseJsonText(answer.value.text))
  if (!body.success) return fail(failure('captivePortal', answer.value.contentType))
  const pinned = await readPinned(db)
  const badge = pinned === null ? null : await verifyBadge(body.output.badge, pinned.keySet)
  if (badge === null || badge.cnf.jkt !== pinned?.office.device) return fail(failure('badgeInvalid'))
  const volunteer = { id: badge.sub, name: badge.name, number: badge.number, badgeExpiresAt: new Date(badge.exp * 1000).toISOString() }
  return ok({ badge: body.output.badge, volunteer })
}
