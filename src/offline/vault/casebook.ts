/**
 * The volunteer's casebook: stubs of what was finalised, opened with the vault key, and what the office has said since,
 * opened with each stub's reply key and folded by core/application/status. Plain words live in memory while unlocked and
 * are forgotten with the session.
 */
import * as v from 'valibot'
import { textOf } from '../../../core/bytes.ts'
import { replyShape, type Reply } from '../../../core/application/reply.ts'
import { slipShape } from '../../../core/application/slip.ts'
import { statusOf } from '../../../core/application/status.ts'
import { isPackRef, type ApplicationId, type PackRef } from '../../../core/ids.ts'
import { openReply } from '../../../core/sealing/reply.ts'
import { parseJson } from '../../../core/sealing/signed.ts'
import type { Database } from '../db.ts'
import { byTime } from '../order.ts'
import { caseRowShape, feedEventRowShape, itemRowShape, readRows, type CaseRow, type FeedEventRow, type ItemRow } from '../rows.ts'
import type { CaseView } from '../tablet.ts'
import { decrypt } from './cipher.ts'
import type { Session } from './key.ts'

const stubShape = v.object({
  pack: v.custom<PackRef>((value) => typeof value === 'string' && isPackRef(value)),
  localCode: v.string(),
  label: v.string(),
  finalisedAt: v.pipe(v.string(), v.isoTimestamp()),
  replyKey: v.string(),
  /** Absent in stubs of the time before there were slips; a broken one hides no case. */
  slip: v.fallback(v.optional(slipShape), undefined),
})
type Stub = v.InferOutput<typeof stubShape>

interface Heard {
  readonly seq: number
  readonly reply: Reply
}

export interface CaseRows {
  readonly cases: readonly CaseRow[]
  readonly items: readonly ItemRow[]
  readonly events: readonly FeedEventRow[]
}

/** What the casebook of one volunteer is made of; ciphertext and sealed. */
export async function readCaseRows(db: Database, owner: string): Promise<CaseRows> {
  const [cases, items, events] = await Promise.all([
    db.cases.where('owner').equals(owner).toArray(),
    db.items.toArray(),
    db.feedEvents.toArray(),
  ])
  return { cases: readRows(caseRowShape, cases), items: readRows(itemRowShape, items), events: readRows(feedEventRowShape, events) }
}

/** More than a screen shows; the newest so many are told before the rest is opened. */
const firstFew = 60

/**
 * Opens rows for one session; what was opened once is not opened again. Of thousands the newest are told by `soFar`, once,
 * while the others are still being opened.
 */
export function makeCasebook(session: Session): (rows: CaseRows, soFar: (views: CaseView[]) => void) => Promise<CaseView[]> {
  let hasTold = false
  const stubs = new Map<ApplicationId, Stub | null>()
  const replies = new Map<string, Reply | null>()
  const made = new Map<ApplicationId, { signature: string; view: CaseView | null }>()

  async function stubOf({ id, stub }: CaseRow): Promise<Stub | null> {
    const known = stubs.get(id)
    if (known !== undefined) return known
    const plain = await decrypt(session.key, { table: 'cases.stub', id, version: 1 }, stub)
    const read = plain.ok ? parseJson(textOf(plain.value), stubShape) : null
    stubs.set(id, read)
    return read
  }

  async function replyOf(event: FeedEventRow, { replyKey }: Stub): Promise<Reply | null> {
    const name = `${event.generation}/${event.seq}/${event.id}`
    const known = replies.get(name)
    if (known !== undefined) return known
    const opened = await openReply(event.sealed, replyKey, replyShape)
    const reply = opened.ok ? opened.value : null
    replies.set(name, reply)
    return reply
  }

  async function heardOf(events: readonly FeedEventRow[], stub: Stub): Promise<Heard[]> {
    const read = await Promise.all(events.map(async (event) => ({ seq: event.seq, reply: await replyOf(event, stub) })))
    return read.flatMap(({ seq, reply }) => (reply === null ? [] : [{ seq, reply }]))
  }

  /** A case that is as it was is not put together again: with 5,000 of them that would be felt. */
  async function caseOf(row: CaseRow, item: ItemRow, events: readonly FeedEventRow[]): Promise<CaseView | null> {
    const signature = [item.state, ...events.map(({ generation, seq }) => `${generation}/${seq}`)].join()
    const before = made.get(row.id)
    if (before?.signature === signature) return before.view
    const stub = await stubOf(row)
    const view = stub === null ? null : viewOf(item, stub, await heardOf(events, stub))
    made.set(row.id, { signature, view })
    return view
  }

  return async ({ cases, items, events }, soFar) => {
    const itemOf = new Map(items.map((item) => [item.id, item]))
    const eventsOf = byCase(newestGenerations(events))
    const viewOfRow = async (row: CaseRow): Promise<CaseView | null> => {
      const item = itemOf.get(row.id)
      return item === undefined ? null : caseOf(row, item, eventsOf.get(row.id) ?? [])
    }
    const viewsOf = async (some: readonly CaseRow[]): Promise<CaseView[]> => inOrder(await Promise.all(some.map(viewOfRow)))
    if (!hasTold && cases.length > firstFew) soFar(await viewsOf(newest(cases, firstFew)))
    hasTold = true
    return viewsOf(cases)
  }
}

function inOrder(views: readonly (CaseView | null)[]): CaseView[] {
  return views.filter((view) => view !== null).sort((one, other) => byTime(other.finalisedAt, one.finalisedAt))
}

/** An id begins with the time when its draft was begun. */
function newest(cases: readonly CaseRow[], count: number): CaseRow[] {
  return [...cases].sort((one, other) => byTime(other.id, one.id)).slice(0, count)
}

/** While the feed is read anew after a restore, an event may stand in two generations: the newer one counts. */
function newestGenerations(events: readonly FeedEventRow[]): FeedEventRow[] {
  const bySeq = new Map<number, FeedEventRow>()
  for (const event of events) {
    const other = bySeq.get(event.seq)
    if (other === undefined || other.generation < event.generation) bySeq.set(event.seq, event)
  }
  return [...bySeq.values()].sort((one, other) => one.seq - other.seq)
}

function byCase(events: readonly FeedEventRow[]): Map<ApplicationId, FeedEventRow[]> {
  const grouped = new Map<ApplicationId, FeedEventRow[]>()
  for (const event of events) {
    const others = grouped.get(event.id)
    if (others === undefined) grouped.set(event.id, [event])
    else others.push(event)
  }
  return grouped
}

function viewOf({ id, state, gone }: ItemRow, { pack, localCode, label, finalisedAt, slip }: Stub, heard: readonly Heard[]): CaseView {
  const accepted = heard.map(({ reply }) => reply).findLast((reply) => reply.kind === 'accepted')
  const decided = heard.map(({ reply }) => reply).findLast(({ kind }) => kind !== 'opened')
  return {
    ...{ id, localCode, pack, label, finalisedAt, slip: slip ?? null, atOffice: state, gone: gone === true },
    status: statusOf(heard.map(({ seq, reply }) => ({ seq, kind: reply.kind, at: reply.at }))),
    officialCode: accepted?.code ?? null,
    resultOn: accepted?.resultOn ?? null,
    message: decided !== undefined && 'message' in decided ? decided.message : null,
    papers: decided !== undefined && 'papers' in decided ? decided.papers : [],
    changedAt: heard.at(-1)?.reply.at ?? null,
  }
}
