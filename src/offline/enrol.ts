/**
 * Enrolling this tablet and asking how it stands. The device key is made here and stored before it is sent, so that a lost
 * answer is asked for again with the same key. Until the office has answered for it, it lies beside the key that the tablet
 * has, which goes on sealing; then key, office and sequence change in one transaction. The office's root is pinned by the
 * first answer, and must be the one whose fingerprint stood in the QR; from then on another root is refused.
 */
import * as v from 'valibot'
import { utf8 } from '../../core/bytes.ts'
import { failure, type Failure } from '../../core/failures.ts'
import type { DeviceId } from '../../core/ids.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { mostFormerKeys, signEnrolment, sixWords } from '../../core/sealing/enrolment.ts'
import { generateDeviceKey, thumbprint, type PublicJwk } from '../../core/sealing/keys.ts'
import { verifyKeySet } from '../../core/sealing/keySet.ts'
import { deviceAnswerShape, type DeviceAnswer } from '../../core/wire/people.ts'
import { apiBase } from '../../core/wire/version.ts'
import { hasCrashPoints, reached, reachedInside } from './crashPoints.ts'
import { attempt, type Database } from './db.ts'
import type { SignedIn } from './dpop.ts'
import { failureOf, type Http, type HttpAnswer } from './http.ts'
import { parseJsonText } from './json.ts'
import { noteRefusal, readIdentity, readKeys, readNextIdentity, readPinned, readRefusal } from './keys.ts'
import type { Clock, Ledger } from './ports.ts'
import { officeRowShape, readRow, roadMarkShape, sequenceRowShape, type IdentityRow, type NextIdentityRow } from './rows.ts'
import type { DeviceView } from './tablet.ts'

export interface EnrolPorts {
  readonly db: Database
  readonly http: Http
  readonly signedIn: SignedIn
  readonly clock: Clock
  readonly ledger: Pick<Ledger, 'readKeys'>
  /** Where trouble goes that stops nothing. */
  readonly trouble: (cause: unknown) => void
}

/**
 * Enrols with a ticket from a QR or a typed code. An enrolled tablet stays what it is, unless it was revoked (then it gets
 * a new key) or the office no longer knows it (then the same key is handed in again, and what it sealed can be delivered).
 */
export async function enrol(
  ports: EnrolPorts,
  { ticket, rootFingerprint }: { ticket: string; rootFingerprint?: string },
): Promise<Result<DeviceView, Failure>> {
  const { db, http, clock } = ports
  const known = await readDevice(db, clock)
  if (known !== null && known.state !== 'revoked' && known.refusal !== 'notSignedIn') return ok(known)
  const own = await keyToHandIn(db, known?.state === 'revoked' ? known.device : null)
  if (!own.ok) return own
  if (hasCrashPoints) await reached('keyStored')
  const { device, publicJwk, privateKey } = own.value
  const code = ticket.trim()
  const former = await formerKeys(ports, publicJwk)
  const proof = await signEnrolment(code, device, privateKey, former)
  const answer = await http({
    method: 'POST',
    path: `${apiBase}/enrolments`,
    headers: { 'content-type': 'application/json' },
    body: utf8(JSON.stringify({ ticket: code, key: publicJwk, ...(former.length === 0 ? {} : { former }), proof })),
  })
  if (!answer.ok) return answer
  if (answer.value.status < 200 || answer.value.status > 299) return fail(failureOf(answer.value))
  return takeAnswer(ports, answer.value, rootFingerprint)
}

/** Asks the office how this tablet stands; a newer key set is pinned. An enrolment whose answer was lost is heard of here. */
export async function refreshDevice(ports: EnrolPorts): Promise<Result<DeviceView, Failure>> {
  const question = { method: 'GET', path: `${apiBase}/devices/me` } as const
  const next = await readNextIdentity(ports.db)
  const asNext = next === null ? null : await ports.signedIn(question, next)
  const answer = asNext?.ok === true ? asNext : await ports.signedIn(question)
  return answer.ok ? takeAnswer(ports, answer.value) : answer
}

/** What the tablet shows about itself, or null when it is not enrolled. */
export async function readDevice(db: Database, clock: Clock): Promise<DeviceView | null> {
  const pinned = await readPinned(db)
  if (pinned === null) return null
  const { device, number, state, words } = pinned.office
  const { office, expiresAt } = pinned.keySet
  return { device, number, state, words, office, keySetExpired: Date.parse(expiresAt) <= clock.nowMs(), refusal: await readRefusal(db) }
}

/** The key of this tablet, made once; when it was `revoked`, once more. What the old one sealed keeps its signature. */
async function keyToHandIn(db: Database, revoked: DeviceId | null): Promise<Result<IdentityRow | NextIdentityRow, Failure>> {
  const goodOne = async (): Promise<IdentityRow | NextIdentityRow | null> => {
    const row = await readIdentity(db)
    return row === null || row.device === revoked ? readNextIdentity(db) : row
  }
  const before = await goodOne()
  if (before !== null) return ok(before)
  const made: NextIdentityRow = { name: 'nextIdentity', ...(await generateDeviceKey()) }
  return attempt(() =>
    db.transaction('rw', db.device, async () => {
      const other = await goodOne()
      if (other !== null) return other
      await db.device.put(made)
      return made
    }),
  )
}

/** Keys that went with a database: the office may have forgotten them, and what they sealed is here. A broken ledger names none. */
async function formerKeys({ ledger, trouble }: EnrolPorts, { x }: PublicJwk): Promise<readonly PublicJwk[]> {
  try {
    const kept = await ledger.readKeys()
    return (kept?.own ?? []).filter((key) => key.x !== x).slice(-mostFormerKeys)
  } catch (cause) {
    trouble(cause)
    return []
  }
}

async function takeAnswer({ db, clock }: EnrolPorts, answer: HttpAnswer, rootFingerprint?: string): Promise<Result<DeviceView, Failure>> {
  const body = v.safeParse(deviceAnswerShape, parseJsonText(answer.text))
  if (!body.success || !/^[0-9A-HJKMNP-TV-Z]{2,4}$/.test(body.output.number)) return fail(failure('captivePortal', answer.contentType))
  const stated = body.output
  const pinned = await readKeys(db)
  const root = await thumbprint(stated.root)
  const wanted = pinned === null ? (rootFingerprint ?? root) : await thumbprint(pinned.root)
  if (root !== wanted || (rootFingerprint ?? root) !== root) return fail(failure('rootMismatch'))
  const keySet = await verifyKeySet(stated.keySet, stated.root, pinned?.keySet.number ?? 1)
  if (!keySet.ok) return keySet
  const words = await sixWords(stated.root, stated.device)
  if (hasCrashPoints) await reached('enrolmentHeard')
  const stored = await attempt(() => store(db, stated, words))
  if (!stored.ok) return stored
  if (!stored.value) return fail(failure('malformed', 'device'))
  await noteRefusal(db, null)
  if (hasCrashPoints) await reached('enrolmentStored')
  const view = await readDevice(db, clock)
  return view === null ? fail(failure('storageBroken', 'device')) : ok(view)
}

async function isOurs(db: Database, device: DeviceId): Promise<boolean> {
  return (await readIdentity(db))?.device === device || (await readNextIdentity(db))?.device === device
}

/** Key, office and sequence, all about one device. False when that is none of ours, or no longer: another window was faster. */
async function store(db: Database, { device, number, state, root, keySet }: DeviceAnswer, words: readonly string[]): Promise<boolean> {
  return db.transaction('rw', db.device, db.marks, async () => {
    if (!(await isOurs(db, device))) return false
    await takeNextIdentity(db, device)
    // Written in the order of the shape, so that an unchanged answer is seen to be unchanged.
    const office = { name: 'office', device, number, state, words: [...words], root, keySet } as const
    const before = readRow(officeRowShape, await db.device.get('office'))
    if (JSON.stringify(before) !== JSON.stringify(office)) await db.device.put(office)
    if (before !== null && before.device !== device) await forgetEndedKey(db)
    await db.device.delete('pinned')
    const sequence = readRow(sequenceRowShape, await db.device.get('sequence'))
    if (sequence?.device !== device) await db.device.put({ name: 'sequence', device, last: 0 })
    return true
  })
}

/** That the key before may not send stops nothing any more. */
async function forgetEndedKey(db: Database): Promise<void> {
  const road = readRow(roadMarkShape, await db.marks.get('road'))
  if (road?.because === 'deviceRevoked') await db.marks.put({ ...road, state: 'unknown', because: null })
}

/** The office has answered for the next key: from now on it is the tablet's own. */
async function takeNextIdentity(db: Database, device: DeviceId): Promise<void> {
  const next = await readNextIdentity(db)
  if (next?.device !== device) return
  await db.device.put({ ...next, name: 'identity' })
  await db.device.delete('nextIdentity')
  if (hasCrashPoints) reachedInside('halfEnrolled')
}
