/**
 * A part of a photo just taken lies here twice: as a file, and for some minutes as a row of the database. Chromium flushes a
 * file's bytes but not its own list of files, so a power cut in the first half minute could leave the bytes without a name (4 of 6
 * simulated cuts lost a photo); a commit of the database is flushed whole. Promise: a part whose writing was answered with ok
 * is read again after any cut of power. The second copy goes when the file has had time to settle and is still as it was.
 */
import { sameBytes } from '../../../core/bytes.ts'
import type { Failure } from '../../../core/failures.ts'
import type { Result } from '../../../core/result.ts'
import { attempt, type Database } from '../db.ts'
import type { Clock, PartFiles, PartReader } from '../ports.ts'
import { freshPartRowShape, readRow, type FreshPartRow } from '../rows.ts'

/** Linux writes back within half a minute, some tablets within a few; nobody needs the room sooner. */
export const settledAfterMs = 5 * 60_000

export interface FreshPorts {
  readonly db: Database
  /** The files alone. */
  readonly parts: PartFiles
  readonly clock: Clock
}

/** Reads a part from its file, or from the second copy while there is one; removes both. */
export function orFresh(files: PartReader, db: Database): PartReader {
  return {
    read: async (name) => (await files.read(name)) ?? (await readFresh(db, name))?.bytes ?? null,
    async remove(name) {
      // A row that stays behind makes the file once more, which nobody names: it is swept like any other.
      await attempt(() => db.freshParts.delete(name))
      await files.remove(name)
    },
  }
}

/** Parts for a page: what is written lies here twice until it has settled. */
export function keepTwice({ db, parts, clock }: FreshPorts): PartFiles {
  return {
    ...orFresh(parts, db),
    list: () => parts.list(),
    async write(name, bytes) {
      const written = await parts.write(name, bytes)
      if (!written.ok) return written
      // A caller who hears no removes what it wrote, the file of this part too.
      return putFresh(db, { name, bytes, writtenAtMs: clock.nowMs() })
    },
  }
}

/**
 * At a start and every few minutes: makes files anew that a power cut took or damaged, and lets go of second copies whose files
 * have settled. Files that cannot be written now are tried again the next time.
 */
export async function settleFresh(ports: FreshPorts): Promise<void> {
  const { db } = ports
  const names = await attempt(() => db.freshParts.toCollection().primaryKeys())
  for (const name of names.ok ? names.value : []) {
    const row = await readFresh(db, name)
    if (row !== null) await settle(ports, row)
  }
}

async function settle({ db, parts, clock }: FreshPorts, { name, bytes, writtenAtMs }: FreshPartRow): Promise<void> {
  const [kept, nowMs] = [await parts.read(name), clock.nowMs()]
  if (kept === null || !sameBytes(kept, bytes)) {
    if ((await parts.write(name, bytes)).ok) await putFresh(db, { name, bytes, writtenAtMs: nowMs })
  } else if (writtenAtMs > nowMs) {
    // The tablet's clock was set back: the copy would stay for as long as it was ahead.
    await putFresh(db, { name, bytes, writtenAtMs: nowMs })
  } else if (nowMs - writtenAtMs >= settledAfterMs) await attempt(() => db.freshParts.delete(name))
}

async function readFresh(db: Database, name: string): Promise<FreshPartRow | null> {
  const row = await attempt(() => db.freshParts.get(name))
  return row.ok ? readRow(freshPartRowShape, row.value) : null
}

function putFresh(db: Database, row: FreshPartRow): Promise<Result<undefined, Failure<'storageFull' | 'storageBroken'>>> {
  return attempt(async () => {
    await db.freshParts.put(row)
    return undefined
  })
}
