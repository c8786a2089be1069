import type { Clock } from '../clock.ts'
import { forgetParts } from '../intake/partsLost.ts'
import type { PartStore } from '../parts/partStore.ts'
import { openDatabase } from '../postgres/database.ts'
import { backupApplication } from './connection.ts'
import type { Manifest } from './manifest.ts'

/** What a backup says that it does not hold is not stored at the office that is put back: tablets that hold it hear `lacking`. */
export async function forgetMissing(url: string, { parts: { missing } }: Manifest, { parts, clock }: { parts: PartStore; clock: Clock }): Promise<void> {
  if (missing.length === 0) return
  const db = openDatabase(url, () => undefined, 1, backupApplication)
  try {
    await forgetParts({ db, parts, clock }, missing)
  } finally {
    await db.destroy()
  }
}
