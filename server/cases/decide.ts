/**
 * An officer's decision: one event, one sealed reply, one transaction. Whether it may be taken is decided on the events as
 * they are under the ledger's lock: it counts for the case that the officer had on the page and for no later one, so of two
 * officers the second is told that the case has moved; and sent again after a lost answer it is one decision all the same.
 */
import { failure, type Failure } from '../../core/failures.ts'
import type { EventKind } from '../../core/application/events.ts'
import type { Reply } from '../../core/application/reply.ts'
import type { Status } from '../../core/application/status.ts'
import type { ApplicationId } from '../../core/ids.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { sealReply } from '../../core/sealing/reply.ts'
import { indexFacts } from '../intake/open.ts'
import { takeLedger } from '../ledger/append.ts'
import type { Office } from '../office.ts'
import type { Tx } from '../postgres/database.ts'
import { lookInside } from './inside.ts'
import { lockListing, unlockListing, type Listing } from './listing.ts'
import { acceptanceNote, lockNote, supplementNote, unlockNote } from './notes.ts'
import { codeFact } from './searchFacts.ts'

export type Decision =
  /** `sameCodeConfirmed`: an officer looked at the other case with this code and says that both bear it. */
  | { readonly kind: 'accepted'; readonly code: string; readonly resultOn: string; readonly sameCodeConfirmed: boolean }
  | { readonly kind: 'supplementAsked'; readonly message: string; readonly papers: readonly string[] }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'released'; readonly note: string }

export type DecisionFailure = Failure<'notFound' | 'conflict' | 'codeTaken'>

/** Who decides, and the number of the newest event of the case that they have seen. */
export interface Decider {
  readonly by: string
  readonly asOf: number
}

/** What a decision is judged on. */
export interface Standing {
  readonly status: Status
  /** Number of the newest event. */
  readonly newest: number
  /** What an officer has decided last, its note unlocked. */
  readonly decided: { readonly kind: EventKind; readonly by: string | null; readonly note: string } | null
}

/** `append`: take it; `same`: this officer has taken it already in these words, and it stands; `conflict`: the case has moved, or is closed to it. */
export function mayDecide(decision: Decision, { by, asOf }: Decider, { status, newest, decided }: Standing): 'append' | 'same' | 'conflict' {
  const isQuarantined = status === 'inQuarantine'
  const isTaken = decided?.kind === decision.kind && decided.by === by && decided.note === noteOf(decision)
  // A case that was released may come to stand in quarantine again.
  if (isTaken && !(decision.kind === 'released' && isQuarantined)) return 'same'
  if (asOf !== newest) return 'conflict'
  if (decision.kind === 'released') return isQuarantined ? 'append' : 'conflict'
  return status === 'received' || status === 'beingChecked' || status === 'supplementAsked' ? 'append' : 'conflict'
}

/** Takes a decision on a case, in the name of an officer. */
export async function decide(office: Office, id: ApplicationId, decider: Decider, decision: Decision): Promise<Result<undefined, DecisionFailure>> {
  return office.db.transaction().execute(async (tx) => {
    const turn = await takeLedger(tx)
    const found = await tx.selectFrom('cases').select(['status', 'status_seq', 'listing']).where('id', '=', id).executeTakeFirst()
    if (found === undefined) return fail(failure('notFound'))
    const may = mayDecide(decision, decider, { status: found.status, newest: found.status_seq, decided: await lastDecision(tx, office, id) })
    if (may === 'conflict') return fail(failure('conflict', found.status))
    if (may === 'same') return ok(undefined)
    if (await isCodeTaken(tx, office, id, decision)) return fail(failure('codeTaken'))
    const envelope = await tx.selectFrom('envelopes').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    const inside = await lookInside(office, tx, envelope)
    const atMs = office.clock.now()
    const sealed = inside.kind === 'opened' ? await replyOf(decision, atMs, inside.application.replyKey) : null
    const body = lockNote(office.keys.blobs, id, noteOf(decision))
    await turn.append({ id, device: envelope.device, kind: decision.kind, atMs, by: decider.by, body, sealed })
    if (decision.kind === 'accepted') await writeOfficialCode(tx, office, id, unlockListing(office.keys.blobs, id, found.listing), decision)
    return ok(undefined)
  })
}

const decisionKinds: readonly Decision['kind'][] = ['accepted', 'supplementAsked', 'refused', 'released']

async function lastDecision(tx: Tx, { keys }: Office, id: ApplicationId): Promise<Standing['decided']> {
  const row = await tx
    .selectFrom('events')
    .select(['kind', 'by', 'body'])
    .where('id', '=', id)
    .where('kind', 'in', decisionKinds)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : { kind: row.kind, by: row.by, note: unlockNote(keys.blobs, id, row.body) ?? '' }
}

/** Under the ledger's lock, so of two officers who give one code to two cases at once the second is told. */
async function isCodeTaken(tx: Tx, { keys }: Office, id: ApplicationId, decision: Decision): Promise<boolean> {
  if (decision.kind !== 'accepted' || decision.sameCodeConfirmed) return false
  const { column, value } = codeFact(decision.code)
  const others = await tx
    .selectFrom('search_keys')
    .innerJoin('cases', 'cases.id', 'search_keys.id')
    .select(['cases.id', 'cases.listing'])
    .where('column_name', '=', column)
    .where('hash', '=', keys.searchHash(column, value))
    .where('cases.id', '!=', id)
    .execute()
  // The column holds local codes too, which a tablet may claim as it likes: only an officer's own word counts.
  return others.some((other) => unlockListing(keys.blobs, other.id, other.listing).officialCode === decision.code)
}

function noteOf(decision: Decision): string {
  switch (decision.kind) {
    case 'accepted':
      return acceptanceNote(decision)
    case 'supplementAsked':
      return supplementNote(decision)
    case 'refused':
      return decision.message
    case 'released':
      return decision.note
  }
}

async function replyOf(decision: Decision, atMs: number, replyKey: string): Promise<string | null> {
  if (decision.kind === 'released') return null
  return sealReply(replyWords(decision, new Date(atMs).toISOString()), replyKey)
}

function replyWords(decision: Exclude<Decision, { kind: 'released' }>, at: string): Reply {
  switch (decision.kind) {
    case 'accepted':
      return { kind: 'accepted', at, code: decision.code, resultOn: decision.resultOn }
    case 'supplementAsked':
      return { ...decision, papers: [...decision.papers], at }
    case 'refused':
      return { ...decision, at }
  }
}

async function writeOfficialCode(
  tx: Tx,
  { keys }: Office,
  id: ApplicationId,
  listing: Listing,
  { code, resultOn }: Decision & { kind: 'accepted' },
): Promise<void> {
  const blob = lockListing(keys.blobs, id, { ...listing, officialCode: code, resultOn })
  await tx.updateTable('cases').set({ listing: blob }).where('id', '=', id).execute()
  await indexFacts(tx, keys, id, [codeFact(code)])
}
