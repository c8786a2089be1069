/**
 * The one strict transaction of finalising. What a start does with a mirror whose transaction never happened, or happened
 * and was lost, stands in restore.ts.
 */
import { hasCrashPoints, reachedInside } from '../crashPoints.ts'
import type { Database } from '../db.ts'
import { draftRowShape, readRow, sequenceRowShape } from '../rows.ts'
import type { Finalised } from './mirrored.ts'

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
    if (hasCrashPoints) reachedInside('halfCommitted')
    await db.drafts.delete(item.id)
    await db.device.put({ ...sequence, last: item.sequence })
    return 'committed'
  })
}
