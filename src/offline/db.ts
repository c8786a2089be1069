/**
 * The tablet's database. One factory makes every instance, so that every transaction is durable when it says so:
 * `durability: 'strict'` makes Chromium flush to disk before a commit is reported. With its default, 59 of 60 writes that
 * were shown as saved were gone after a simulated power cut; with strict none.
 * Secrets of citizens reach these tables only as ciphertext or sealed.
 */
import Dexie, { liveQuery, type Table } from 'dexie'
import { failure, type Failure } from '../../core/failures.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { Stop } from './ports.ts'
import { surviveLostConnection } from './reopening.ts'

export type Durability = 'strict' | 'relaxed'

/** Rows are `unknown` on the way out; every reader parses them (rows.ts). */
type Rows<Key> = Table<unknown, Key, object>

export type Database = Dexie & {
  readonly device: Rows<string>
  readonly vaults: Rows<string>
  readonly drafts: Rows<string>
  readonly items: Rows<string>
  readonly envelopes: Rows<string>
  readonly cases: Rows<string>
  readonly feedEvents: Rows<[number, number]>
  readonly packs: Rows<string>
  readonly marks: Rows<string>
  readonly visits: Rows<string>
  readonly freshParts: Rows<string>
}

class TabletDatabase extends Dexie {
  declare readonly device: Rows<string>
  declare readonly vaults: Rows<string>
  declare readonly drafts: Rows<string>
  declare readonly items: Rows<string>
  declare readonly envelopes: Rows<string>
  declare readonly cases: Rows<string>
  declare readonly feedEvents: Rows<[number, number]>
  declare readonly packs: Rows<string>
  declare readonly marks: Rows<string>
  declare readonly visits: Rows<string>
  declare readonly freshParts: Rows<string>
}

/**
 * Opens the database. `durability` is relaxed only by the test that proves that strict matters; indexedDB is handed in by
 * tests.
 */
export function openDatabase(options: {
  name?: string
  durability?: Durability
  indexedDB?: IDBFactory
  IDBKeyRange?: typeof IDBKeyRange
} = {}): Database {
  const { name = 'tiepsuc', durability = 'strict', ...engine } = options
  // Without Dexie's cache, since that shows writes before they are committed: a list would say saved too early.
  const db = new TabletDatabase(name, { chromeTransactionDurability: durability, cache: 'disabled', ...engine })
  db.version(1).stores({
    device: 'name',
    vaults: 'id',
    drafts: 'id, owner, pack',
    items: 'id, state, queuedAt',
    envelopes: 'id',
    cases: 'id, owner',
    feedEvents: '[generation+seq], id',
    packs: 'pack',
    marks: 'name',
  })
  db.version(2).stores({ visits: 'owner' })
  db.version(3).stores({ freshParts: 'name' })
  surviveLostConnection(db)
  return db
}

/** Runs database work; a full or broken store becomes a failure, a bug stays an exception. */
export async function attempt<T>(work: () => PromiseLike<T>): Promise<Result<T, Failure<'storageFull' | 'storageBroken'>>> {
  try {
    return ok(await work())
  } catch (cause) {
    const kind = storageFailure(cause)
    if (kind === null) throw cause
    return fail(failure(kind, cause instanceof Error ? cause.name : undefined))
  }
}

/** Calls back with the rows of a query now and after every change, from whichever tab or worker. */
export function watchRows<T>(query: () => Promise<T>, onRows: (rows: T) => void, onTrouble: (cause: unknown) => void): Stop {
  const subscription = liveQuery(query).subscribe({ next: onRows, error: onTrouble })
  return () => {
    subscription.unsubscribe()
  }
}

function storageFailure(cause: unknown): 'storageFull' | 'storageBroken' | null {
  if (!(cause instanceof Error)) return null
  if (isFull(cause)) return 'storageFull'
  return cause instanceof Dexie.DexieError || cause instanceof DOMException ? 'storageBroken' : null
}

/** An aborted transaction hides the quota error inside. */
function isFull(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false
  if (cause.name === 'QuotaExceededError') return true
  return 'inner' in cause && cause.inner !== cause && isFull(cause.inner)
}
