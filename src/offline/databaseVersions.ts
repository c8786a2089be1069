/**
 * Two versions of the app at one database. Changes of the schema only add. A page whose database is wanted by a newer
 * version saves, closes its connection and says so, instead of standing in the way; an app that is older than its database
 * leaves it untouched; one that has to wait for another window says so after a moment.
 */
import type { Database } from './db.ts'
import type { Stop, Timers } from './ports.ts'

/** Told to whoever shows it. */
export interface DatabaseNews {
  /** Another window holds the database, and this one waits; `false` when it goes on. */
  blocked(isBlocked: boolean): void
  /** A newer version took over: nothing can be saved from this page any more. */
  replaced(): void
  /** Puts on disk what was typed; false when something could not be saved. */
  save(): Promise<boolean>
}

/** The database was made by a newer version of the app. */
export class DatabaseNewer extends Error {
  override readonly name = 'DatabaseNewer'
}

const sayBlockedAfterMs = 1_500
const saveAgainAfterMs = 2_000
/** Dexie writes version 2 as 20, and counts one up when it mends a schema. */
const nativePerVersion = 10

/** Opens, and says so when another window is in the way. Rejects with `DatabaseNewer`, or as Dexie does. */
export async function openInTurn(db: Database, timers: Timers, news: DatabaseNews): Promise<void> {
  const declared = db.verno
  db.on('ready', () => refuseNewer(db, declared), true)
  db.on('versionchange', () => {
    void stepAside(db, timers, news)
    return false
  })
  const told = { blocked: false }
  const stop: Stop = timers.after(sayBlockedAfterMs, () => {
    told.blocked = true
    news.blocked(true)
  })
  try {
    await db.open()
  } finally {
    stop()
    if (told.blocked) news.blocked(false)
  }
}

function refuseNewer(db: Database, declared: number): void {
  if (db.backendDB().version >= (declared + 1) * nativePerVersion) throw new DatabaseNewer('a newer version of the app has been here')
}

/** What was typed is worth more than the other window's haste: the connection stays until it is on disk. */
async function stepAside(db: Database, timers: Timers, news: DatabaseNews): Promise<void> {
  if (!(await news.save())) {
    timers.after(saveAgainAfterMs, () => void stepAside(db, timers, news))
    return
  }
  db.close()
  news.replaced()
}
