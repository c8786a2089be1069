/**
 * The look at everything when a page starts, before anything is sent: is the database what it was? Nobody's word is taken for
 * it, least of all the browser's (`dataLoss` was "none" for a database that had just been deleted); counts and copies outside
 * of it are compared. What is missing and lies in the mirror comes back; the rest is counted and written down, outside the
 * database, for a person to read.
 */
import { hasCrashPoints, reached } from '../crashPoints.ts'
import type { Database } from '../db.ts'
import type { Finding } from '../findings.ts'
import { compareLedger } from '../ledger.ts'
import type { Clock, Ledger, LedgerMark, MirrorReader } from '../ports.ts'
import { identityRowShape, itemRowShape, officeRowShape, pinnedRowShape, readRow, readRows, sequenceRowShape } from '../rows.ts'
import { findStrangers, takeInAll, type Recovered } from './restore.ts'
import { countStock, isOf, markOf, noteStock, type Stock } from './stock.ts'

interface Ports {
  readonly db: Database
  readonly mirror: MirrorReader
  readonly ledger: Ledger
  readonly clock: Clock
}

/** Recovers what can be, and writes down what was found; null when all is well. */
export async function recover(ports: Ports): Promise<Finding | null> {
  const { db, mirror, ledger, clock } = ports
  const [keys, mark, earlier] = [await ledger.readKeys(), await ledger.read(), await ledger.readFindings()]
  const [found, hasOffice, strangers] = [await countStock(db), await knowsOffice(db), await findStrangers(db, mirror)]
  const isBehind = mark !== null && ahead(mark, found)
  const isWiped = keys !== null && !hasOffice
  const facts = {
    keyLost: !hasOffice || (await isUnenrolled(db)),
    ...{ mark, isBehind, isWiped, at: new Date(clock.nowMs()).toISOString() },
    known: new Set(earlier.flatMap(({ unreadable }) => unreadable)),
  }
  const note = async (finding: Finding | null): Promise<void> => {
    if (finding !== null) await ledger.writeFindings([...earlier, finding])
  }
  // Written before anything is put back: a start that is killed in between must not have seen it all for nobody.
  const first = judge({ ...facts, after: found, recovered: { restored: strangers.lost, unreadable: strangers.unreadable } })
  await note(first)
  if (isWiped) await db.device.put({ name: 'pinned', root: keys.root, keySet: keys.keySet })
  const restored = await takeInAll(db, mirror, strangers.whole)
  if (hasCrashPoints) await reached('recovered')
  if (isBehind || isWiped) await raiseSequence(db, mark)
  const after = await countStock(db)
  const finding = judge({ ...facts, after, recovered: { restored, unreadable: strangers.unreadable } })
  if (finding !== null || first !== null) await (finding === null ? ledger.writeFindings(earlier) : note(finding))
  if (isBehind || isWiped) await ledger.write(markOf(after))
  else await noteStock(ledger, after)
  return finding
}

interface Facts {
  readonly mark: LedgerMark | null
  readonly after: Stock
  readonly recovered: Recovered
  readonly isBehind: boolean
  readonly isWiped: boolean
  /** Copies that cannot be read and were told of before. */
  readonly known: ReadonlySet<string>
  /** The tablet has to be enrolled again. */
  readonly keyLost: boolean
  readonly at: string
}

/** The finding of a start, or null. Losses are upper bounds, and are spoken of only when there is damage at all. */
export function judge({ mark, after, recovered, isBehind, isWiped, known, keyLost, at }: Facts): Finding | null {
  const unreadable = recovered.unreadable.filter((name) => !known.has(name))
  if (!isBehind && !isWiped && recovered.restored === 0 && unreadable.length === 0) return null
  const lost = (had: number | undefined, has: number): number => (isBehind || isWiped ? Math.max(0, (had ?? 0) - has) : 0)
  return {
    foundAt: at,
    restored: recovered.restored,
    drafts: lost(mark?.drafts, after.drafts),
    applications: mark?.held === undefined ? lost(mark?.count, after.items) : lost(mark.held, after.held),
    volunteers: lost(mark?.vaults, after.vaults),
    unreadable,
    keyLost,
    readAt: null,
  }
}

/** True when the ledger knows of more than the database does. Items and vaults never go; a draft goes or becomes an item. */
function ahead(mark: LedgerMark, { sequence, items, drafts, vaults }: Stock): boolean {
  const finalisedSince = Math.max(0, items - mark.count)
  if (mark.count > items || (mark.vaults ?? 0) > vaults || (mark.drafts ?? 0) > drafts + finalisedSince) return true
  if (sequence === null) return mark.lastSequence > 0
  // Before the ledger named its tablet, the mark may be that of the key before this one: then its count has told.
  return mark.device === sequence.device && compareLedger(mark, sequence.last) === 'ahead'
}

async function knowsOffice(db: Database): Promise<boolean> {
  const [office, pinned] = [readRow(officeRowShape, await db.device.get('office')), readRow(pinnedRowShape, await db.device.get('pinned'))]
  const identity = readRow(identityRowShape, await db.device.get('identity'))
  return (office !== null && identity !== null) || pinned !== null
}

async function isUnenrolled(db: Database): Promise<boolean> {
  return readRow(officeRowShape, await db.device.get('office')) === null
}

/** No number is used twice: what the ledger or a copy has counted stays counted. */
async function raiseSequence(db: Database, mark: LedgerMark | null): Promise<void> {
  await db.transaction('rw', db.device, db.items, async () => {
    const identity = readRow(identityRowShape, await db.device.get('identity'))
    if (identity === null) return
    const row = readRow(sequenceRowShape, await db.device.get('sequence')) ?? { name: 'sequence' as const, device: identity.device, last: 0 }
    const own = readRows(itemRowShape, await db.items.toArray()).filter(({ device }) => device === row.device)
    const counted = mark !== null && isOf(mark, row) ? mark.lastSequence : 0
    await db.device.put({ ...row, last: own.reduce((last, { sequence }) => Math.max(last, sequence), Math.max(row.last, counted)) })
  })
}
