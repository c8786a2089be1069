/**
 * Fetching packs: the signed list, then each pack that is not here yet, a handful at a time, kept as they come. One that is
 * broken, unsigned, other than the list says, or of a later app than this one is left out and the rest goes on; the old packs
 * stay as they are. What is too new is noted, and asked for again each time: the next version of the app may read it.
 */
import * as v from 'valibot'
import { failure, type Failure } from '../../../core/failures.ts'
import { isPackRef, packOf, type PackRef } from '../../../core/ids.ts'
import { readPublished } from '../../../core/procedure/published.ts'
import { fail, ok, type Result } from '../../../core/result.ts'
import type { KeySet } from '../../../core/sealing/keySet.ts'
import { packAnswerShape, packDigest, packIndexAnswerShape, verifyPack, verifyPackIndex } from '../../../core/wire/packs.ts'
import { apiBase } from '../../../core/wire/version.ts'
import { attempt, type Database } from '../db.ts'
import type { SignedIn } from '../dpop.ts'
import { parseJsonText } from '../json.ts'
import { readPinned } from '../keys.ts'
import type { Clock } from '../ports.ts'
import { heedFresh, readFeedMark } from '../restored.ts'
import type { PackRow } from '../rows.ts'
import { keepPacks, listPacks, noteTooNew, wholeDigests } from './cache.ts'
import { takeSheet } from './sheet.ts'

export interface PackPorts {
  readonly db: Database
  readonly signedIn: SignedIn
  readonly clock: Clock
}

/** Ok when everything that the office offers is here; otherwise the first failure, after taking what could be taken. */
export async function refreshPacks(ports: PackPorts): Promise<Result<undefined, Failure>> {
  const { db, signedIn } = ports
  const [pinned, before] = [await readPinned(db), await readFeedMark(db)]
  if (pinned === null) return fail(failure('notSignedIn', 'not enrolled'))
  const answer = await signedIn({ method: 'GET', path: `${apiBase}/packs` })
  if (!answer.ok) return answer
  const body = v.safeParse(packIndexAnswerShape, parseJsonText(answer.value.text))
  if (!body.success) return fail(failure('captivePortal', answer.value.contentType))
  const index = await verifyPackIndex(body.output.index, pinned.keySet)
  if (index === null) return fail(failure('packInvalid', 'index'))
  const at = new Date(ports.clock.nowMs()).toISOString()
  const heeded = await attempt(() => db.transaction('rw', db.marks, async () => heedFresh(db, before, { epoch: index.epoch, head: index.head }, at)))
  if (!heeded.ok) return heeded
  if (heeded.value === 'older') return ok()
  const offered = await takeOffered(ports, index.packs, pinned.keySet)
  // Packs first: a catalogue that does not come must not keep a form from being filled in.
  const sheet = await takeSheet(ports, body.output.index, index, pinned.keySet)
  return offered.ok ? sheet : offered
}

async function takeOffered(
  ports: PackPorts,
  offered: readonly { pack: PackRef; digest: string }[],
  keySet: KeySet,
): Promise<Result<undefined, Failure>> {
  const [listed, whole] = [new Map((await listPacks(ports.db)).map(({ pack, digest }) => [pack, digest])), await wholeDigests(ports.db, keySet)]
  const all = offered.map(({ pack }) => pack)
  const wanted = offered.filter(({ pack, digest }) => whole.get(pack) !== digest)
  const troubles: Failure[] = []
  // Once also when there is none to fetch: what is offered may have changed.
  for (let from = 0; from === 0 || from < wanted.length; from += handful) {
    const answers = await Promise.all(
      wanted.slice(from, from + handful).map(async ({ pack, digest }) => {
        if ((listed.get(pack) ?? digest) !== digest) return fail(failure('packInvalid', `${pack} changed`))
        return fetchPack(ports, pack, digest, keySet)
      }),
    )
    const fresh = answers.flatMap((answer) => (answer.ok ? [answer.value] : []))
    for (const answer of answers) if (!answer.ok) troubles.push(answer.failure)
    const kept = await attempt(() => keepPacks(ports.db, all, fresh))
    if (!kept.ok) return kept
  }
  const tooNew = troubles.flatMap(({ kind, why }) => (kind === 'packTooNew' && why !== undefined && isPackRef(why) ? [why] : []))
  const noted = await attempt(() => noteTooNew(ports.db, tooNew))
  if (!noted.ok) return noted
  const [trouble] = troubles
  return trouble === undefined ? ok() : fail(trouble)
}

/** So many packs are asked for at once and kept together: on a slow road the first procedures are there in a moment. */
const handful = 6

async function fetchPack({ signedIn, clock }: PackPorts, pack: PackRef, digest: string, keySet: KeySet): Promise<Result<PackRow, Failure>> {
  const { code, version } = packOf(pack)
  const answer = await signedIn({ method: 'GET', path: `${apiBase}/packs/${code}/${version}` })
  if (!answer.ok) return answer
  const body = v.safeParse(packAnswerShape, parseJsonText(answer.value.text))
  if (!body.success) return fail(failure('captivePortal', answer.value.contentType))
  const published = await verifyPack(body.output.pack, keySet)
  if (published?.pack !== pack || (await packDigest(published)) !== digest) return fail(failure('packInvalid', pack))
  if (!readPublished(published.content, published.texts).ok) return fail(failure('packTooNew', pack))
  const addedAt = new Date(clock.nowMs()).toISOString()
  return ok({ pack, digest, statement: body.output.pack, current: true, addedAt })
}
