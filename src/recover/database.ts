/**
 * What the app's database still gives, read without Dexie and without changing it: never created, never upgraded, given up
 * after five seconds. Anything but rows means: go on with the second copies alone.
 */
import type { Bytes } from '../../core/bytes.ts'
import type { Sealed } from '../offline/emergency/emergency.ts'
import { envelopeRowShape, freshPartRowShape, itemRowShape, readRow, readRows } from '../offline/rows.ts'

const patienceMs = 5_000

/** Sealed applications that the office has not completed; null when the database does not open. */
export async function readDatabase(factory: IDBFactory): Promise<readonly Sealed[] | null> {
  const rows = await inTime(readFrom(factory, ['items', 'envelopes'], readBoth))
  if (rows === null) return null
  const envelopes = new Map(readRows(envelopeRowShape, rows.envelopes).map((row) => [row.id, row]))
  return readRows(itemRowShape, rows.items).flatMap((item) => {
    const envelope = envelopes.get(item.id)
    return envelope === undefined || item.state === 'complete' ? [] : [{ ...item, envelope }]
  })
}

/** A part of a photo whose file is gone, from the copy that lies in the database at first; null when there is none. */
export async function readFreshPart(factory: IDBFactory, name: string): Promise<Bytes | null> {
  const row = await inTime(readFrom(factory, ['freshParts'], (store) => answered<unknown>(store('freshParts').get(name))))
  return readRow(freshPartRowShape, row)?.bytes ?? null
}

type Store = (name: string) => IDBObjectStore

async function readBoth(store: Store): Promise<{ items: unknown[]; envelopes: unknown[] }> {
  const [items, envelopes] = await Promise.all([answered<unknown[]>(store('items').getAll()), answered<unknown[]>(store('envelopes').getAll())])
  return { items, envelopes }
}

function inTime<T>(work: Promise<T | null>): Promise<T | null> {
  return Promise.race([work, new Promise<null>((resolve) => setTimeout(() => resolve(null), patienceMs))])
}

function readFrom<T>(factory: IDBFactory, tables: readonly string[], read: (store: Store) => Promise<T>): Promise<T | null> {
  return new Promise((resolve) => {
    const none = (): void => resolve(null)
    try {
      const opening = factory.open('tiepsuc')
      opening.addEventListener('error', none)
      opening.addEventListener('blocked', none)
      // It is not there: it must not be made by looking.
      opening.addEventListener('upgradeneeded', () => opening.transaction?.abort())
      opening.addEventListener('success', () => {
        readAndClose(opening.result, tables, read).then(resolve, none)
      })
    } catch (cause) {
      if (!(cause instanceof Error)) throw cause
      none()
    }
  })
}

async function readAndClose<T>(db: IDBDatabase, tables: readonly string[], read: (store: Store) => Promise<T>): Promise<T> {
  try {
    const transaction = db.transaction(tables)
    return await read((name) => transaction.objectStore(name))
  } finally {
    db.close()
  }
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('no answer')))
  })
}
