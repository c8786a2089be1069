/**
 * A connection that was lost is opened again and the work done once more, since everything done here is idempotent. Dexie does
 * this only for a transaction that cannot begin; it gives up on one that is broken off inside ("Connection to Indexed Database
 * server lost", "The database connection is closing", an abort without a reason), which is what iPads do after a rest.
 * A full disk is no lost connection, and a database closed on purpose stays closed. A second failure is the caller's.
 */
import Dexie from 'dexie'

const lostNames = new Set(['UnknownError', 'InvalidStateError', 'AbortError', 'DatabaseClosedError'])

/** Makes every transaction and every single operation of this database survive one lost connection. */
export function surviveLostConnection(db: Dexie): void {
  let reopening: PromiseLike<unknown> | null = null

  /** `dead` is the connection that failed; when another one is there already, somebody else has reopened. */
  function reopen(dead: IDBDatabase | null): PromiseLike<unknown> {
    if (db.isOpen() && db.backendDB() !== dead) return Dexie.Promise.resolve()
    if (reopening === null) {
      db.close({ disableAutoOpen: false })
      reopening = db.open().finally(() => (reopening = null))
    }
    return reopening
  }

  function wrap(target: object, name: '_transaction' | '_trans'): void {
    const plain: unknown = Reflect.get(target, name)
    if (typeof plain !== 'function') throw new Error(`this Dexie has no ${name}`)
    Reflect.set(target, name, function (this: object, ...args: unknown[]): unknown {
      const again = (): unknown => {
        const answer: unknown = Reflect.apply(plain, this, args)
        return answer
      }
      // Inside of a transaction the whole of it is done once more, not one step.
      const transaction: unknown = Dexie.currentTransaction
      if (transaction !== null || Reflect.get(this, '_tx') !== undefined) return again()
      const before = db.isOpen() ? db.backendDB() : null
      return Dexie.Promise.resolve(again()).catch((cause: unknown) => {
        if (!isLost(cause) || db.hasBeenClosed()) throw cause
        return Dexie.Promise.resolve(reopen(before)).then(again)
      })
    })
  }

  wrap(db, '_transaction')
  wrap(db.Table.prototype, '_trans')
}

function isLost(cause: unknown): boolean {
  if (!(cause instanceof Error) || !lostNames.has(cause.name)) return false
  return !('inner' in cause && cause.inner instanceof Error && cause.inner.name === 'QuotaExceededError')
}
