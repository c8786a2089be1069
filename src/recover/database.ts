/**
 * What the app's database still gives, read without Dexie and without changing it: never created, never upgraded, given up
 * after five seconds. Anything but rows means: go on with the second copies alone.
 */
import type { Sealed } from '../offline/emergency/emergency.ts'
import { envelopeRowShape, itemRowShape, readRows } from '../offline/rows.ts'

const patienceMs = 5_000

/** Sealed applications that the office has not completed; null when the database does not open. */
export async function readDatabase(factory: IDBFactory): Promise<readonly Sealed[] | null> {
  const rows = await Promise.race([readTables(factory), new Promise<null>((resolve) => setTimeout(() => resolve(null), patienceMs))])
  if (rows === null) return null
  const envelopes = new Map(readRows(envelopeRowShape, rows.envelopes).map((row) => [row.id, row]))
  return readRows(itemRowShape, rows.items).flatMap((item) => {
    const envelope = envelopes.get(item.id)
    return envelope === undefined || item.state === 'complete' ? [] : [{ ...item, envelope }]
  })
}

function readTables(factory: IDBFactory): Promise<{ items: unknown[]; envelopes: unknown[] } | null> {
  return new Promise((resolve) => {
    const none = (): void => resolve(null)
    try {
      const opening = factory.open('tiepsuc')
      opening.addEventListener('error', none)
      opening.addEventListener('blocked', none)
      // It is not there: it must not be made by looking.
      opening.addEventListener('upgradeneeded', () => opening.transaction?.abort())
      opening.addEventListener('success', () => {
        readBoth(opening.result).then(resolve, none)
      })
    } catch (cause) {
      if (!(cause instanceof Error)) throw cause
      none()
    }
  })
}

async function readBoth(db: IDBDatabase): Promise<{ items: unknown[]; envelopes: unknown[] }> {
  const transaction = db.transaction(['items', 'envelopes'])
  const all = (name: string): Promise<unknown[]> =>
    new Promise((resolve, reject) => {
      const request = transaction.objectStore(name).getAll()
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => reject(request.error ?? new Error(name)))
    })
  try {
    const [items, envelopes] = await Promise.all([all('items'), all('envelopes')])
    return { items, envelopes }
  } finally {
    db.close()
  }
}
