/**
 * The application as it is sealed: everything the office needs to act, and nothing that it could ask of the tablet later.
 * Its canonical bytes are made once, when the volunteer finalises.
 */
import * as v from 'valibot'
import { textOf, utf8, type Bytes } from '../bytes.ts'
import { canonical } from '../canonical.ts'
import { type Failure, failure } from '../failures.ts'
import { isApplicationId, isPackRef, type ApplicationId, type PackRef } from '../ids.ts'
import { fail, ok, type Result } from '../result.ts'
import { parseJson } from '../sealing/signed.ts'
import { attachmentsShape } from './attachment.ts'

const applicationId = v.custom<ApplicationId>((value) => typeof value === 'string' && isApplicationId(value))
const at = v.pipe(v.string(), v.isoTimestamp())

const applicationShape = v.object({
  v: v.literal(1),
  id: applicationId,
  /** The tablet's own code, `TN-…`; never an official one. */
  localCode: v.string(),
  pack: v.custom<PackRef>((value) => typeof value === 'string' && isPackRef(value)),
  packDigest: v.string(),
  /** Answers by field id; parsed by core/procedure under the pack named above. */
  answers: v.record(v.string(), v.unknown()),
  /** State of each paper of the checklist, by document id. */
  papers: v.record(v.string(), v.string()),
  /** Photos of papers. Their keys travel here and nowhere else. */
  attachments: attachmentsShape,
  /** The volunteer's badge as the office signed it. */
  badge: v.string(),
  startedAt: at,
  finalisedAt: at,
  /** 32 bytes, base64url: what the office's replies are sealed under. */
  replyKey: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)),
  /** Set when this application answers a request for a supplement. */
  inReplyTo: v.optional(applicationId),
})

export type Application = v.InferOutput<typeof applicationShape>

/** The one byte form of an application. */
export function applicationBytes(application: Application): Bytes {
  return utf8(canonical(application))
}

/** The application in opened bytes, or `unreadable`: an officer decides what to do with it. */
export function parseApplication(bytes: Uint8Array): Result<Application, Failure<'unreadable'>> {
  const application = parseJson(textOf(bytes), applicationShape)
  return application === null ? fail(failure('unreadable', 'shape of an application')) : ok(application)
}
