/** Calls into a page that may be killed under way: they end in all sorts of errors, and nobody is there to hear them. */
import Dexie from 'dexie'

/** What the work gave, or null when its page died or its disk refused. */
export async function ifAlive<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (cause) {
    if (isDeath(cause)) return null
    throw cause
  }
}

export function tellTrouble(cause: unknown): void {
  if (!isDeath(cause)) throw cause
}

function isDeath(cause: unknown): boolean {
  return cause instanceof Dexie.DexieError || cause instanceof DOMException
}
