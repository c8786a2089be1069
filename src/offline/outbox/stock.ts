/**
 * What the ledger is told. It is never brought back: a database that suddenly holds less must not take the alarm with it, so
 * a lower sequence of the same tablet is not written, nor that of a tablet without a sequence at all.
 */
import type { Database } from '../db.ts'
import type { Ledger, LedgerMark } from '../ports.ts'
import { readRow, sequenceRowShape, type SequenceRow } from '../rows.ts'

export interface Stock {
  readonly sequence: SequenceRow | null
  readonly items: number
  readonly drafts: number
  readonly vaults: number
  readonly held: number
}

/** Counts in one transaction. */
export async function countStock(db: Database): Promise<Stock> {
  return db.transaction('r', db.device, db.items, db.drafts, db.vaults, db.envelopes, async () => ({
    sequence: readRow(sequenceRowShape, await db.device.get('sequence')),
    items: await db.items.count(),
    drafts: await db.drafts.count(),
    vaults: await db.vaults.count(),
    held: await db.envelopes.count(),
  }))
}

export function markOf({ sequence, items, drafts, vaults, held }: Stock): LedgerMark {
  return { count: items, lastSequence: sequence?.last ?? 0, ...(sequence === null ? {} : { device: sequence.device }), drafts, vaults, held }
}

/** Brings the ledger up to the database, and never down. */
export async function noteStock(ledger: Ledger, stock: Stock): Promise<void> {
  if (stock.sequence === null) return
  const [kept, mark] = [await ledger.read(), markOf(stock)]
  const isLess = kept !== null && (kept.lastSequence > mark.lastSequence || kept.count > mark.count)
  if (isLess && isOf(kept, stock.sequence)) return
  if (JSON.stringify(kept) !== JSON.stringify(mark)) await ledger.write(mark)
}

/** A ledger of before there were device ids counts as this tablet's. */
export function isOf(kept: LedgerMark, sequence: SequenceRow): boolean {
  return kept.device === undefined || kept.device === sequence.device
}
