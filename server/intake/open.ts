/**
 * The second step: an envelope that is stored and answered is opened in memory, its list columns and search hashes are
 * written, and what was found is appended. Whatever is wrong inside ends as an event before an officer, never as a refusal.
 * Several nodes may run it: a row is locked while one of them works on it, and a crash leaves it waiting.
 */
import { sql } from 'kysely'
import type { EventKind } from '../../core/application/events.ts'
import type { Reply } from '../../core/application/reply.ts'
import type { ApplicationId } from '../../core/ids.ts'
import { mayFinalise } from '../../core/procedure/problems.ts'
import { sealReply } from '../../core/sealing/reply.ts'
import { lockListing, unlockListing } from '../cases/listing.ts'
import { lookInside, type Inside } from '../cases/inside.ts'
import { codeFact, searchFactsOf, subjectOf, type SearchFact } from '../cases/searchFacts.ts'
import { takeLedger } from '../ledger/append.ts'
import { errorFields } from '../log.ts'
import type { Office } from '../office.ts'
import type { Tx } from '../postgres/database.ts'

/** What opening finds, as events in order. */
export function eventsOf(inside: Inside): readonly EventKind[] {
  if (inside.kind === 'unreadable') return ['unreadable']
  const doubtful: readonly EventKind[] = inside.badge.state === 'valid' ? [] : ['badgeDoubtful']
  if (inside.pack === null) return ['packUnknown', ...doubtful]
  return [mayFinalise(inside.problems) ? 'opened' : 'invalid', ...doubtful]
}

const retryMs = (tries: number): number => Math.min(3_600_000, 1000 * 2 ** tries)

/** Opens the next waiting envelope. False when none waits. An error puts it back for later and touches no other. */
export async function openNext(office: Office): Promise<boolean> {
  const next = await takeNext(office)
  if (next === null) return false
  await openWaiting(office, next)
  return true
}

/** Opens this envelope now if it waits, or waits for its pack; what was opened already stays as it is. */
export async function openAgain(office: Office, id: ApplicationId): Promise<void> {
  await office.db
    .updateTable('openings')
    .set({ state: 'waiting', tries: 0, next_at: office.clock.now() })
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'packUnknown'])
    .execute()
  await openWaiting(office, id)
}

async function openWaiting(office: Office, id: ApplicationId): Promise<void> {
  try {
    await office.db.transaction().execute(async (tx) => {
      const locked = await tx.selectFrom('openings').select('id').where('id', '=', id).where('state', '=', 'waiting').forUpdate().skipLocked().executeTakeFirst()
      if (locked !== undefined) await openOne(tx, office, id)
    })
  } catch (cause) {
    office.log.error('opening failed', { caseId: id, ...errorFields(cause) })
  }
}

/** Picks the longest waiting one and sets the time of its next try, so that one that always fails blocks no other. */
async function takeNext({ db, clock }: Office): Promise<ApplicationId | null> {
  const nowMs = clock.now()
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('openings')
      .select(['id', 'tries'])
      .where('state', '=', 'waiting')
      .where('next_at', '<=', nowMs)
      .orderBy('next_at')
      .orderBy('id')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (row === undefined) return null
    await tx.updateTable('openings').set({ tries: row.tries + 1, next_at: nowMs + retryMs(row.tries + 1) }).where('id', '=', row.id).execute()
    return row.id
  })
}

async function openOne(tx: Tx, office: Office, id: ApplicationId): Promise<void> {
  const row = await tx.selectFrom('envelopes').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const inside = await lookInside(office, tx, row)
  const kinds = await newEvents(tx, id, eventsOf(inside))
  const atMs = office.clock.now()
  const turn = await takeLedger(tx)
  for (const kind of kinds) {
    const sealed = await replyFor(inside, kind, atMs)
    await turn.append({ id, device: row.device, kind, atMs, sealed })
  }
  if (inside.kind === 'opened') await writeListing(tx, office, id, inside)
  const state = inside.kind === 'opened' && inside.pack === null ? 'packUnknown' : 'opened'
  await tx.updateTable('openings').set({ state }).where('id', '=', id).execute()
}

/** A second opening (the pack has arrived, or not yet) says only what was not said before. */
async function newEvents(tx: Tx, id: ApplicationId, kinds: readonly EventKind[]): Promise<readonly EventKind[]> {
  const said = await tx.selectFrom('events').select('kind').where('id', '=', id).execute()
  return kinds.filter((kind) => said.every((event) => event.kind !== kind))
}

async function replyFor(inside: Inside, kind: EventKind, atMs: number): Promise<string | null> {
  if (inside.kind === 'unreadable' || (kind !== 'opened' && kind !== 'invalid')) return null
  const reply: Reply = { kind: 'opened', at: new Date(atMs).toISOString() }
  return sealReply(reply, inside.application.replyKey)
}

async function writeListing(tx: Tx, { keys }: Office, id: ApplicationId, inside: Inside & { kind: 'opened' }): Promise<void> {
  const { application, answers, badge } = inside
  const pack = inside.pack?.pack ?? null
  const volunteer = badge.name === '' ? null : `${badge.name} (${badge.number})`
  const { listing: before } = await tx.selectFrom('cases').select('listing').where('id', '=', id).executeTakeFirstOrThrow()
  const kept = unlockListing(keys.blobs, id, before)
  const listing = { ...kept, localCode: application.localCode, subject: subjectOf(pack, answers), volunteer }
  await tx.updateTable('cases').set({ listing: lockListing(keys.blobs, id, listing) }).where('id', '=', id).execute()
  await indexFacts(tx, keys, id, [codeFact(application.localCode), ...searchFactsOf(pack, answers)])
}

/** Adds search hashes; those that are there already stay. */
export async function indexFacts(tx: Tx, { searchHash }: Office['keys'], id: ApplicationId, facts: readonly SearchFact[]): Promise<void> {
  if (facts.length === 0) return
  const rows = facts.map(({ column, value }) => ({ column_name: column, hash: searchHash(column, value), id }))
  await tx.insertInto('search_keys').values(rows).onConflict((conflict) => conflict.doNothing()).execute()
}

/** Puts envelopes back to waiting whose pack has arrived since. */
export async function retryUnknownPacks({ db, packs, clock }: Office): Promise<void> {
  const known = packs.offered().map(({ ref }) => ref)
  if (known.length === 0) return
  await db
    .updateTable('openings')
    .set({ state: 'waiting', tries: 0, next_at: clock.now() })
    .where('state', '=', 'packUnknown')
    .where(sql<boolean>`exists (select 1 from envelopes e where e.id = openings.id and e.pack = any(${sql.val(known)}))`)
    .execute()
}
