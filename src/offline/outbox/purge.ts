/**
 * What follows when sealed bytes were given up, and making room: bytes of complete applications, first those that a backup of
 * the office holds, then the oldest, never others. The row goes in a strict transaction that looks at the state again, then
 * its mirror and parts; killed in between, the next start removes what is left.
 */
import { hasCrashPoints, reached } from '../crashPoints.ts'
import { attempt, type Database } from '../db.ts'
import type { MirrorReader, PartReader } from '../ports.ts'
import type { ItemRow } from '../rows.ts'
import { mirrorName } from './mirrored.ts'
import { giveUpBytes } from './queue.ts'

const atATime = 50

/** How many applications gave up their bytes. */
export async function makeRoom(db: Database, mirror: MirrorReader, parts?: Pick<PartReader, 'remove'>): Promise<number> {
  const given = await attempt(() => giveUpBytes(db, atATime))
  if (!given.ok) return 0
  await removeCopies(given.value, mirror, parts)
  return given.value.length
}

/** Removes mirror and parts of items whose rows have given up their bytes already. */
export async function removeCopies(items: readonly ItemRow[], mirror: MirrorReader, parts?: Pick<PartReader, 'remove'>): Promise<void> {
  if (hasCrashPoints && items.length > 0) await reached('givenUp')
  for (const item of items) {
    await mirror.remove(mirrorName(item))
    if (hasCrashPoints) await reached('copyRemoved')
    for (const name of item.parts) await parts?.remove(name)
  }
}
