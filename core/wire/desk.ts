/**
 * What the officers' desk and the office say to each other, under /desk/api. Cookie-authenticated, same origin only. These
 * bodies hold citizens' words in the clear: they are never stored by the desk and always answered with `no-store`.
 */
import * as v from 'valibot'
import { eventKinds } from '../application/events.ts'
import { isApplicationId, isDeviceId, isPackRef, isVolunteerId, type ApplicationId, type DeviceId, type PackRef, type VolunteerId } from '../ids.ts'
import { deviceStateShape } from './people.ts'

export const deskBase = '/desk/api'

const applicationId = v.custom<ApplicationId>((value) => typeof value === 'string' && isApplicationId(value))
const deviceId = v.custom<DeviceId>((value) => typeof value === 'string' && isDeviceId(value))
const volunteerId = v.custom<VolunteerId>((value) => typeof value === 'string' && isVolunteerId(value))
const pack = v.custom<PackRef>((value) => typeof value === 'string' && isPackRef(value))
const at = v.pipe(v.string(), v.isoTimestamp())
const date = v.pipe(v.string(), v.isoDate())
const written = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(4000))

export const statusShape = v.picklist(['received', 'beingChecked', 'inQuarantine', 'accepted', 'supplementAsked', 'refused'])

/** Things an officer must know about a case at a glance. */
export const markShape = v.picklist(['invalid', 'badgeDoubtful', 'packUnknown', 'unreadable', 'disputed', 'quarantined', 'sequenceGap', 'sequenceFork', 'partsMissing', 'demo'])

/** One row of a list. `subject` is the name in the pack's title field, decrypted for this officer; null when unreadable. */
export const caseRowShape = v.object({
  id: applicationId,
  localCode: v.nullable(v.string()),
  pack,
  /** The procedure's name in Vietnamese, or its code when the pack is unknown. */
  procedure: v.string(),
  /** The procedure's name in every language in which its pack has texts; empty for an unknown pack. */
  procedureNames: v.optional(v.record(v.string(), v.string()), {}),
  subject: v.nullable(v.string()),
  status: statusShape,
  marks: v.array(markShape),
  receivedAt: at,
  tablet: v.string(),
  volunteer: v.nullable(v.string()),
  officialCode: v.nullable(v.string()),
  resultOn: v.nullable(date),
})
export type CaseRow = v.InferOutput<typeof caseRowShape>
export type Mark = v.InferOutput<typeof markShape>

/** GET /inbox?list=open|quarantine|decided&after=cursor. Oldest first in `open` and `quarantine`, newest first in `decided`. */
export const inboxShape = v.object({
  cases: v.array(caseRowShape),
  counts: v.object({ open: v.number(), quarantine: v.number(), decided: v.number() }),
  next: v.nullable(v.string()),
})
export type Inbox = v.InferOutput<typeof inboxShape>

/** POST /search {q}: in the body, since an address is kept by browsers and proxies. q is a personal number, phone, local or official code, full name, or given name and birth year. */
export const searchRequestShape = v.strictObject({ q: v.pipe(v.string(), v.maxLength(200)) })
export const searchShape = v.object({ cases: v.array(caseRowShape) })

const problemShape = v.object({
  field: v.string(),
  rule: v.string(),
  level: v.picklist(['error', 'warning', 'info']),
  params: v.optional(v.record(v.string(), v.union([v.string(), v.number()])), {}),
})

/** What stands in an envelope. `application` is null when it cannot be read; `trouble` then says why. */
const contentShape = v.object({
  application: v.nullable(
    v.object({
      answers: v.record(v.string(), v.unknown()),
      papers: v.record(v.string(), v.string()),
      startedAt: at,
      finalisedAt: at,
      inReplyTo: v.nullable(applicationId),
    }),
  ),
  trouble: v.nullable(v.string()),
  problems: v.array(problemShape),
  /** The pack under which it was filled, with its texts; null when this office does not have it. */
  pack: v.nullable(v.object({ content: v.unknown(), texts: v.record(v.string(), v.unknown()) })),
  badge: v.nullable(v.object({ name: v.string(), number: v.string(), state: v.picklist(['valid', 'expired', 'revoked', 'otherDevice', 'foreign']) })),
})
export type CaseContent = v.InferOutput<typeof contentShape>

/**
 * Another content that came under the same id. `content` is null when the office has kept it and not opened it: it opens
 * the first few only, since a device could send any number.
 */
const disputeShape = v.object({
  digest: v.string(),
  tablet: v.string(),
  at,
  /** The device's own number of it; null when the header does not say. */
  sequence: v.optional(v.nullable(v.number()), null),
  content: v.optional(v.nullable(contentShape), null),
})
export type Dispute = v.InferOutput<typeof disputeShape>

/** One thing that happened. An acceptance has its `code` and `resultOn`, a supplement its `papers`; whatever else an officer wrote is `note`. */
const eventShape = v.object({
  seq: v.number(),
  kind: v.picklist(eventKinds),
  at,
  by: v.nullable(v.string()),
  note: v.nullable(v.string()),
  code: v.optional(v.nullable(v.string()), null),
  resultOn: v.optional(v.nullable(date), null),
  /** Which of the pack's papers were asked for. */
  papers: v.optional(v.array(v.string()), []),
})

/** A photo of a paper; GET /cases/{id}/attachments/{photo} gives the picture once nothing of it is missing. */
const photoShape = v.object({
  id: v.string(),
  /** The paper of the pack's list that it shows, and which page of it. */
  document: v.string(),
  order: v.number(),
  widthPx: v.number(),
  heightPx: v.number(),
  sizeBytes: v.number(),
  /** Parts that are still on their way. */
  missing: v.number(),
})
export type CasePhoto = v.InferOutput<typeof photoShape>

/** GET /cases/{id}, and POST /cases/{id}/open: the same after opening it once more (its pack may have come). */
export const caseShape = v.object({
  case: caseRowShape,
  ...contentShape.entries,
  /** Digest of the content that is shown, and the device's own number of it. */
  digest: v.optional(v.nullable(v.string()), null),
  sequence: v.optional(v.nullable(v.number()), null),
  /** What the working days of the pack give from now, for the officer to take or change; null for an unknown pack. */
  expected: v.nullable(
    v.object({
      resultOn: date,
      calendarConfirmed: v.boolean(),
      /** Later dates cross days off that are not announced yet; absent when that is so of every date, this day's too. */
      confirmedUntil: v.optional(date),
    }),
  ),
  parts: v.object({ announced: v.number(), missing: v.number() }),
  photos: v.optional(v.array(photoShape), []),
  disputes: v.array(disputeShape),
  events: v.array(eventShape),
})
export type CaseFile = v.InferOutput<typeof caseShape>

/** `seq` of the newest event of the case that the officer had on the page: what the decision was taken on. */
const asOf = v.pipe(v.number(), v.integer(), v.minValue(1))

/**
 * POST /cases/{id}/accept, /supplement, /refuse, /release. Each appends one event and answers with the case. When the case
 * has moved since `asOf` it is `conflict`, unless the newest decision is this very one of this very officer: sent again after
 * a lost answer, it appends nothing and is answered like the first time.
 */
export const acceptRequestShape = v.strictObject({
  asOf,
  code: v.pipe(v.string(), v.trim(), v.maxLength(60)),
  resultOn: date,
  /** True once the officer has confirmed that another accepted case bears this very code; without it: `codeTaken`. */
  sameCodeConfirmed: v.optional(v.boolean()),
})
export const supplementRequestShape = v.strictObject({ asOf, message: written, papers: v.array(v.string()) })
export const refuseRequestShape = v.strictObject({ asOf, message: written })
export const releaseRequestShape = v.strictObject({ asOf, note: v.optional(v.string(), '') })

/** GET /me and the bodies of signing in. Passwords have at least 12 characters. */
export const meShape = v.object({ name: v.string(), username: v.string() })
/** A user name, as it also stands in addresses. */
export const usernameShape = /^[a-z0-9._-]{3,30}$/
/** POST /first: an account for whoever holds the one-time link or code, the first officer's or an invitation. */
export const firstOfficerRequestShape = v.strictObject({
  ticket: v.string(),
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100)),
  username: v.pipe(v.string(), v.regex(usernameShape)),
  password: v.pipe(v.string(), v.minLength(12), v.maxLength(200)),
})
export const signInRequestShape = v.strictObject({ username: v.string(), password: v.string() })

/** GET /officers, POST /officers -> ticketShape (a one-time invitation, 24 hours), POST /officers/{username}/disable. */
export const officersShape = v.object({
  officers: v.array(v.object({ name: v.string(), username: v.string(), disabled: v.boolean(), lastSignedInAt: v.nullable(at) })),
})

/**
 * GET /office: what every officer should see; POST /office/reviewed ends `restored` and answers the same. `takeOffline`: root
 * and escrow keys still lie on this machine. `restored`: the office was put back from a backup, and what was ended after it
 * (tablets, volunteers, officers) is in force again until somebody ends it once more.
 */
export const officeShape = v.object({
  name: v.string(),
  unit: v.string(),
  keySet: v.object({ number: v.number(), expiresAt: at }),
  warnings: v.array(v.picklist(['restored', 'takeOffline', 'noBackup', 'backupOld', 'keySetExpired', 'calendarUnconfirmed'])),
  takeOfflineFolder: v.nullable(v.string()),
  /** When the newest backup was taken that was read back; absent while there is none. */
  lastBackupAt: v.optional(at),
  /** When the backup was taken after which nobody has looked yet; with the warning `restored` only. */
  restoredFrom: v.optional(at),
})

/**
 * What is odd about the numbers that a device gave its applications. `missing` counts all numbers up to the last one that
 * came of which nothing is here; `gaps` are the newest ranges of them and `forks` the newest numbers that stand on more than
 * one content, both in order and ten at most, `moreGaps` and `moreForks` how many older ones there are.
 */
const deviceNumbersShape = v.object({
  missing: v.number(),
  gaps: v.array(v.object({ from: v.number(), to: v.number() })),
  moreGaps: v.number(),
  forks: v.array(v.object({ number: v.number(), contents: v.number() })),
  moreForks: v.number(),
})
export type DeviceNumbers = v.InferOutput<typeof deviceNumbersShape>
const nothingOdd: DeviceNumbers = { missing: 0, gaps: [], moreGaps: 0, forks: [], moreForks: 0 }

/**
 * GET /devices. `words` are shown only while a device waits for confirmation; `lastSeq` is the highest number that came;
 * `formerOf` is the number of the tablet that had this key before it lost it.
 */
export const devicesShape = v.object({
  devices: v.array(
    v.object({
      device: deviceId,
      number: v.string(),
      state: deviceStateShape,
      words: v.nullable(v.array(v.string())),
      enrolledAt: at,
      lastSeenAt: v.nullable(at),
      lastSeq: v.number(),
      formerOf: v.optional(v.nullable(v.string()), null),
      numbers: v.optional(deviceNumbersShape, () => nothingOdd),
    }),
  ),
})
/** POST /enrolments: a one-time ticket. `link` holds the secret and the root fingerprint in its fragment. */
export const ticketShape = v.object({ link: v.string(), code: v.string(), expiresAt: at })

/** GET /volunteers, POST /volunteers {name}, POST /volunteers/{id}/code, POST /volunteers/{id}/revoke. */
export const volunteersShape = v.object({
  volunteers: v.array(v.object({ id: volunteerId, number: v.string(), name: v.string(), revoked: v.boolean(), badges: v.number() })),
})
export const volunteerRequestShape = v.strictObject({ name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100)) })
export const badgeCodeShape = v.object({ code: v.string(), link: v.string(), expiresAt: at })
