/**
 * Outcomes files brought back by hand. Each line is judged as an answer over HTTP is: only what a pinned key signed about
 * exactly these bytes settles an item, all in one strict transaction. Everything else is counted and changes nothing.
 * An outcome from before the office was restored says nothing about what it holds now: that is left to the road.
 */
import * as v from 'valibot'
import { fromBase64url, textOf } from '../../../core/bytes.ts'
import { failure, type Failure } from '../../../core/failures.ts'
import type { ApplicationId } from '../../../core/ids.ts'
import { fail, ok, type Result } from '../../../core/result.ts'
import type { KeySet } from '../../../core/sealing/keySet.ts'
import { maxCarrierBytes } from '../../../core/sealing/limits.ts'
import { ledgerMarkShape } from '../../../core/sealing/outcome.ts'
import { parseJson } from '../../../core/sealing/signed.ts'
import type { OutcomeAnswer } from '../../../core/wire/answer.ts'
import { attempt, type Database } from '../db.ts'
import { readKeys } from '../keys.ts'
import type { Clock } from '../ports.ts'
import { feedMarkShape, itemRowShape, readRow, type ItemRow } from '../rows.ts'
import type { Signals } from '../signals.ts'
import type { BroughtBack } from '../tablet.ts'
import { readAnswers } from './overHttp.ts'
import { verdictOf } from './outcomes.ts'
import { mayFollow, settle, type Settlement } from './queue.ts'

interface Ports {
  readonly db: Database
  readonly clock: Clock
  readonly signals: Signals
}

/** Settles what the files prove, and says how much that was. */
export async function bringBack({ db, clock, signals }: Ports, files: readonly Blob[]): Promise<Result<BroughtBack, Failure>> {
  const pinned = await readKeys(db)
  if (pinned === null) return fail(failure('keySetInvalid', 'not enrolled'))
  const settled = new Map<ApplicationId, Settlement>()
  const known = new Set<ApplicationId>()
  let strange = 0
  for (const file of files) {
    const lines = await linesOf(file)
    const answers = readAnswers(lines.join('\n'))
    strange += lines.length - answers.length
    for (const answer of answers) {
      if (!('outcome' in answer)) continue
      const judged = await judge(db, answer, pinned.keySet, settled)
      if (judged === null) strange += 1
      else if (judged.news) settled.set(judged.settlement.id, judged.settlement)
      else known.add(judged.settlement.id)
    }
  }
  const stored = await attempt(() => settle(db, [...settled.values()], new Date(clock.nowMs()).toISOString(), 'hand'))
  if (!stored.ok) return stored
  // Whoever sends looks again: what is complete need not be sent.
  if (settled.size > 0) signals.send({ kind: 'queued' })
  const count = (state: Settlement['state']): number => [...settled.values()].filter((one) => one.state === state).length
  const of = { complete: count('complete'), received: count('received'), refused: count('refused'), disputed: count('disputed') }
  return ok({ ...of, known: [...known].filter((id) => !settled.has(id)).length, strange })
}

/** A file beyond what an office writes is not read at all: one strange line. */
async function linesOf(file: Blob): Promise<string[]> {
  if (file.size > maxCarrierBytes) return ['']
  const lines = (await file.text()).split('\n').map((line) => line.trim()).filter((line) => line !== '')
  return lines.length === 0 ? [''] : lines
}

interface Judged {
  readonly settlement: Settlement
  /** False when nothing changes by it. */
  readonly news: boolean
}

interface Known {
  readonly state: ItemRow['state']
  readonly missing: readonly string[] | null
}

/** What an answer proves about an item of this tablet; null when it proves nothing. */
async function judge(db: Database, answer: OutcomeAnswer, keySet: KeySet, settled: ReadonlyMap<ApplicationId, Settlement>): Promise<Judged | null> {
  const claim = claimIn(answer.outcome)
  const item = claim && readRow(itemRowShape, await db.items.get(claim.id))
  if (!claim || !item) return null
  const verdict = await verdictOf(item, answer, keySet)
  if (verdict.kind !== 'outcome') return null
  const before: Known = settled.get(item.id) ?? item
  const news = mayFollow[before.state].includes(verdict.settlement.state) && !(await isFromBefore(db, claim.epoch)) && differs(before, verdict.settlement)
  return { settlement: verdict.settlement, news }
}

const differs = (before: Known, { state, missing }: Settlement): boolean => state !== before.state || missing.join() !== before.missing?.join()

const claimShape = v.object({ id: itemRowShape.entries.id, epoch: v.object({ number: ledgerMarkShape.entries.epoch.entries.number }) })

/** What an outcome says it is about, its signature unjudged. */
function claimIn(statement: string): { id: ApplicationId; epoch: number } | null {
  const bytes = fromBase64url(statement.split('.')[1] ?? '')
  const claim = parseJson(bytes && textOf(bytes), claimShape)
  return claim && { id: claim.id, epoch: claim.epoch.number }
}

/** True when the office has begun a newer epoch since, and this tablet knows. */
async function isFromBefore(db: Database, epoch: number): Promise<boolean> {
  const ledger = readRow(feedMarkShape, await db.marks.get('feed'))?.ledger ?? null
  return ledger !== null && epoch < ledger.epoch.number
}
