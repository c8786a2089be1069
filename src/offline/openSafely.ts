/**
 * Opening the database as somebody who has met broken ones: three tries with a pause, each given up after five seconds, since
 * an open may hang for ever, and a look into it, since one that opens may refuse every read. After that the caller goes on
 * without the database (emergency/); nothing here tries again by itself.
 */
import { DatabaseNewer } from './databaseVersions.ts'
import type { Database } from './db.ts'
import type { Timers } from './ports.ts'

const tries = 3
const patienceMs = 5_000
const pauseMs = 300

/** An open database that answers, or the last reason why there is none. `make` gives a new instance each time. */
export async function openSafely(make: () => Database, open: (db: Database) => Promise<unknown>, timers: Timers): Promise<Database> {
  let reason: unknown = null
  for (let left = tries; left > 0; left -= 1) {
    const db = make()
    try {
      await within(timers, db, look(db, open))
      return db
    } catch (cause) {
      db.close()
      // That one opens, for a newer app.
      if (cause instanceof DatabaseNewer) throw cause
      reason = cause
    }
    if (left > 1) await new Promise<void>((resolve) => timers.after(pauseMs * 2 ** (tries - left), resolve))
  }
  throw reason instanceof Error ? reason : new Error('the database does not open', { cause: reason })
}

/** Whether one try succeeds now. The database is closed again, and left as it is. */
export async function canOpen(make: () => Database, open: (db: Database) => Promise<unknown>, timers: Timers): Promise<boolean> {
  const db = make()
  try {
    await within(timers, db, look(db, open))
    return true
  } catch (cause) {
    // Whatever it is, it was told when the page first met it.
    if (!(cause instanceof Error)) throw cause
    return false
  } finally {
    db.close()
  }
}

/** Every table must be there and give its first row. */
async function look(db: Database, open: (db: Database) => Promise<unknown>): Promise<void> {
  await open(db)
  await db.transaction('r', db.tables, async () => {
    for (const table of db.tables) await table.limit(1).toArray()
  })
}

/** A database that another window holds is waited for: that is no hang, and the person is told. */
function within<T>(timers: Timers, db: Database, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = timers.after(patienceMs, () => reject(new Error(`no answer within ${String(patienceMs)} ms`)))
    db.on('blocked', stop)
    work.then(resolve, reject).finally(stop)
  })
}
