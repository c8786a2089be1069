/**
 * Removes parts that a killed capture, removal or purge left behind. Called at start, after recovery. A part stays when a
 * draft, an application or a mirror names it, and for a while in any case: another page may be about to save its draft.
 */
import type { Database } from '../db.ts'
import { partsInRows } from '../namedParts.ts'
import type { Clock, MirrorReader, PartFiles } from '../ports.ts'
import { readMirrored } from './mirrored.ts'

/** Far longer than it takes to save a draft that names a photo just taken. */
const graceMs = 10 * 60_000

interface Ports {
  readonly db: Database
  readonly mirror: MirrorReader
  readonly parts: PartFiles
  readonly clock: Clock
}

/** How many parts were removed. None at all when it cannot be known who needs them. */
export async function sweepParts({ db, mirror, parts, clock }: Ports): Promise<number> {
  const old = (await parts.list()).filter(({ writtenAtMs }) => clock.nowMs() - writtenAtMs >= graceMs)
  if (old.length === 0) return 0
  const [inMirrors, inRows] = [await partsInMirrors(mirror), await partsInRows(db)]
  if (inMirrors === null || inRows === null) return 0
  const orphans = old.filter(({ name }) => !inRows.has(name) && !inMirrors.has(name))
  for (const { name } of orphans) await parts.remove(name)
  return orphans.length
}

/** A mirror without a row may be the only copy of an application: its parts are needed with it. */
async function partsInMirrors(mirror: MirrorReader): Promise<ReadonlySet<string> | null> {
  const names = new Set<string>()
  for (const name of await mirror.names()) {
    const text = await mirror.read(name)
    const finalised = text === null ? null : readMirrored(text)
    if (finalised === null) return null
    for (const part of finalised.item.parts) names.add(part)
  }
  return names
}
