/**
 * Taking in one envelope: look, decide (accept.ts), act. Acting is one transaction and the answer leaves only after its
 * commit. Races are harmless: an id is a primary key, whoever loses looks again and finds what the winner stored.
 */
import { failure, type Failure } from '../../core/failures.ts'
import type { ApplicationId } from '../../core/ids.ts'
import type { OutcomeAnswer } from '../../core/wire/answer.ts'
import type { Envelope } from '../../core/wire/envelope.ts'
import { readHead, takeLedger } from '../ledger/append.ts'
import type { IntakeOffice } from '../office.ts'
import { idOf, judge, type Bound, type Road, type Verdict } from './accept.ts'
import { examine, type Seen } from './examine.ts'
import { findOutcome, storeOutcome, type About, type StoredOutcome } from './outcomes.ts'
import { completeIfWhole, missingParts } from './parts.ts'
import { storeEnvelope } from './storeEnvelope.ts'

export type Received =
  | { readonly kind: 'outcome'; readonly isNew: boolean; readonly about: About; readonly stored: StoredOutcome; readonly answer: OutcomeAnswer }
  | { readonly kind: 'problem'; readonly failure: Failure }

const looks = 5

/** The office's answer to an envelope. `pathId` is the id in the address, null in a carrier. */
export async function receive(office: IntakeOffice, envelope: Envelope, road: Road, pathId: string | null): Promise<Received> {
  const seen = await examine(office.db, envelope)
  const waitMs = road === 'http' && seen.header !== null && seen.device !== null ? office.limits.take('device', seen.device.id) : null
  if (waitMs !== null) return { kind: 'problem', failure: { kind: 'busy', retryAfterMs: waitMs } }
  for (let look = 0; look < looks; look += 1) {
    const id = idOf(seen)
    const verdict = judge(seen, road, pathId, id === null ? null : await boundTo(office, id))
    const received = await act(office, envelope, seen, verdict)
    if (received !== null) return received
  }
  return { kind: 'problem', failure: { ...failure('unavailable', 'race'), retryAfterMs: 1000 } }
}

async function boundTo({ db }: IntakeOffice, id: ApplicationId): Promise<Bound | null> {
  const found = await db.selectFrom('envelopes').select(['digest', 'device']).where('id', '=', id).executeTakeFirst()
  return found ?? null
}

/** Makes the verdict true; null when somebody else was faster and it must be judged again. */
async function act(office: IntakeOffice, envelope: Envelope, seen: Seen, verdict: Verdict): Promise<Received | null> {
  switch (verdict.kind) {
    case 'problem':
      return verdict
    case 'refuse': {
      const about = { id: verdict.header.id, digest: seen.digest, device: verdict.header.device }
      const head = await readHead(office.db)
      return outcome(about, false, await storeOutcome(office.db, office, about, { kind: 'refused', reason: verdict.reason, head }))
    }
    case 'dispute': {
      const about = { id: verdict.header.id, digest: seen.digest, device: verdict.header.device }
      return outcome(about, false, await storeDispute(office, envelope, about, verdict))
    }
    case 'again':
      return again(office, { id: verdict.header.id, digest: seen.digest, device: verdict.header.device })
    case 'store': {
      const stored = await storeEnvelope(office, envelope, verdict.header, verdict.quarantine)
      if (stored === null) return null
      office.nudgeOpener()
      const { id, device } = verdict.header
      return outcome({ id, digest: seen.digest, device }, true, stored, await missingParts(office.db, id))
    }
  }
}

/**
 * The stored outcome of bytes that are here already. Parts may have come by another envelope: then it is complete now. One that
 * was complete from the first word on has no other when that is taken back (partsLost): then it is received now.
 */
async function again(office: IntakeOffice, about: About): Promise<Received> {
  const missing = await missingParts(office.db, about.id)
  const stored = await findOutcome(office.db, about, ['complete', 'received'])
  if (stored !== null && (stored.kind === 'complete' || missing.length > 0)) return outcome(about, false, stored, missing)
  const now = await office.db.transaction().execute(async (tx) => {
    const turn = await takeLedger(tx)
    const known = (await completeIfWhole(tx, office, turn, about)) ?? (await findOutcome(tx, about, ['complete', 'received']))
    return known ?? storeOutcome(tx, office, about, { kind: 'received', head: turn.head() })
  })
  return outcome(about, false, now, now.kind === 'complete' ? [] : await missingParts(office.db, about.id))
}

/** Keeps both: the envelope that has the id, and this one beside it, for an officer to compare. One event a claimant. */
async function storeDispute(office: IntakeOffice, envelope: Envelope, about: About, { header, reason }: Extract<Verdict, { kind: 'dispute' }>): Promise<StoredOutcome> {
  return office.db.transaction().execute(async (tx) => {
    const atMs = office.clock.now()
    const row = { ...about, sealed: envelope.envelope, header: envelope.header, at: atMs, seq: header.seq }
    const turn = await takeLedger(tx)
    const kept = await tx.insertInto('disputes').values(row).onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst()
    if (kept !== undefined) {
      const { device } = await tx.selectFrom('envelopes').select('device').where('id', '=', about.id).executeTakeFirstOrThrow()
      await turn.append({ id: about.id, device, kind: 'disputed', atMs })
    }
    return storeOutcome(tx, office, about, { kind: 'disputed', reason, head: turn.head() })
  })
}

function outcome(about: About, isNew: boolean, stored: StoredOutcome, missing: readonly string[] = []): Received {
  return { kind: 'outcome', isNew, about, stored, answer: { outcome: stored.statement, missing: [...missing] } }
}
