// Errors of the browser's own database at the n-th call, as it throws them: for fake-indexeddb, whose classes are shared by all.
import { IDBDatabase, IDBIndex, IDBObjectStore } from 'fake-indexeddb'

const calls: readonly (readonly [object, readonly string[]])[] = [
  [IDBDatabase.prototype, ['transaction']],
  [IDBObjectStore.prototype, ['get', 'getAll', 'getAllKeys', 'put', 'add', 'delete', 'count', 'openCursor', 'openKeyCursor']],
  [IDBIndex.prototype, ['get', 'getAll', 'getAllKeys', 'count', 'openCursor', 'openKeyCursor']],
]

export interface IdbFaults {
  /** How many calls there were since the last `failAt`. */
  readonly calls: () => number
  /** The n-th call from now on throws once. */
  failAt(n: number, name: string): void
  /** The n-th call from now on throws, and every one after it: what a kill leaves of the rows. */
  dieAt(n: number): void
  /** Every call from now on throws. */
  failAll(name: string): void
  restore(): void
}

export function idbFaults(): IdbFaults {
  let [counted, at, last, always] = [0, Infinity, Infinity, false]
  let error = 'UnknownError'
  const undo = calls.flatMap(([target, names]) =>
    names.map((name) => {
      const plain = Reflect.get(target, name) as (...args: unknown[]) => unknown
      Reflect.set(target, name, function (this: object, ...args: unknown[]) {
        counted += 1
        if (always || counted === at || counted >= last) throw new DOMException('Connection to Indexed Database server lost. Refresh the page to try again', error)
        return Reflect.apply(plain, this, args)
      })
      return () => Reflect.set(target, name, plain)
    }),
  )
  return {
    calls: () => counted,
    failAt(n, name) {
      ;[counted, at, error] = [0, n, name]
    },
    dieAt(n) {
      ;[counted, last, error] = [0, n, 'UnknownError']
    },
    failAll(name) {
      ;[always, error] = [true, name]
    },
    restore: () => undo.forEach((put) => put()),
  }
}
