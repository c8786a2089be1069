/**
 * The one strict transaction of finalising, and what a start does with a mirror whose transaction never happened.
 *
 * | killed after | found at start | what follows |
 * |---|---|---|
 * | mirror written, before the commit | draft and an orphan mirror | same draft version and next sequence: adopted; else removed |
 * | commit | queued item, ledger perhaps behind | the ledger is brought up, the item is delivered |
 *
 * A mirror without draft and item is left alone: it may be the only copy (a later step restores from it). Only items in
 * the database are ever sent, so an orphan beside its draft was never sent.
 */
import type { Database } from '../db.ts'
import type { Ledger, MirrorReader } from '../ports.ts'
import { draftRowShape, itemRowShape, readRow, sequenceRowShape } from '../rows.ts'
import { mirrorName, readMirrored, readMirrorName, type Finalised } from './mirrored.ts'

/** committed; or this draft is already an item; or another tab saved it, discarded it, or took the sequence number. */
export type Commit = 'committed' | 'alreadyFinalised' | 'draftChanged' | 'sequenceTaken'

/** Item, envelope and stub in, draft out; compares draft version and device sequence first. */
export async function commitFinalised(db: Database, { draftVersion, item, envelope, case: stub }: Finalised): Promise<Commit> {
  return db.transaction('rw', db.drafts, db.items, db.envelopes, db.cases, db.device, async () => {
    if ((await db.items.get(item.id)) !== undefined) return 'alreadyFinalised'
    const draft = readRow(draftRowShape, await db.drafts.get(item.id))
    if (draft?.version !== draftVersion) return 'draftChanged'
    const sequence = readRow(sequenceRowShape, await db.device.get('sequence'))
    if (sequence?.device !== item.device || sequence.last + 1 !== item.sequence) return 'sequenceTaken'
    await db.items.add(item)
    await db.envelopes.add(envelope)
    await db.cases.add(stub)
    await db.drafts.delete(item.id)
    await db.device.put({ ...sequence, last: item.sequence })
    return 'committed'
  })
}

/** Finishes or undoes what a kill interrupted. Called at start, before anything is sent. */
export async function recover({ db, mirror, ledger }: { db: Database; mirror: MirrorReader; ledger: Ledger }): Promise<void> {
  for (const name of await mirror.names()) await recoverMirror(db, mirror, name)
  const sequence = readRow(sequenceRowShape, await db.device.get('sequence'))
  if (sequence === null) return
  const kept = await ledger.read()
  if (kept === null || kept.lastSequence < sequence.last) {
    await ledger.write({ count: await db.items.count(), lastSequence: sequence.last })
  }
}

async function recoverMirror(db: Database, mirror: MirrorReader, name: string): Promise<void> {
  const named = readMirrorName(name)
  if (named === null) return
  const item = readRow(itemRowShape, await db.items.get(named.id))
  if (item !== null) {
    // The copy of another sealing of the same draft, made by a tab that lost: never sent. A given-up item needs no copy.
    if (item.digest !== named.digest || !item.held) await mirror.remove(name)
    return
  }
  if ((await db.drafts.get(named.id)) === undefined) return
  const text = await mirror.read(name)
  const finalised = text === null ? null : readMirrored(text)
  const whole = finalised !== null && mirrorName(finalised.item) === name
  const commit = whole ? await commitFinalised(db, finalised) : 'draftChanged'
  if (commit === 'draftChanged' || commit === 'sequenceTaken') await mirror.remove(name)
}
