/**
 * What follows when sealed bytes were given up, and making room: bytes of complete applications, first those that a backup of
 * the office holds, then the oldest, never others. The row goes in a strict transaction that looks at the state again, then
 * its mirror, and those of its parts that nobody else names: a photo taken once may serve several applications of a visit.
 * Killed in between, the next start removes what is left.
 */
import { hasCrashPoints, reached } from '../crashPoints.ts'
import { attempt, type Database } from '../db.ts'
import { forgetParts } from '../namedParts.ts'
import type { MirrorReader, PartReader } from '../ports.ts'
import type { ItemRow } from '../rows.ts'
import { mirrorName } from './mirrored.ts'
import { giveUpBytes } from './queue.ts'

const atATime = 50

/** How many applications gave up their bytes. */
export async function makeRoom(db: Database, mirror: MirrorReader, parts?: Pick<PartReader, 'remove'>): Promise<number> {
  const given = await attempt(() => giveUpBytes(db, atATime))
  if (!given.ok) return 0
  await removeCopies(db, given.value, mirror, parts)
  return given.value.length
}

/** Removes mirror and parts of items whose rows have given up their bytes already. */
export async function removeCopies(db: Database, items: readonly ItemRow[], mirror: MirrorReader, parts?: Pick<PartReader, 'remove'>): Promise<void> {
  if (hasCrashPoints && items.length > 0) await reached('givenUp')
  for (const item of items) {
    await mirror.remove(mirrorName(item))
    if (hasCrashPoints) await reached('copyRemoved')
  }
  if (parts !== undefined) await forgetParts(db, parts, items.flatMap((item) => item.parts))
}
