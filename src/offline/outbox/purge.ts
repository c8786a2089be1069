/**
 * Making room: sealed bytes of complete applications, oldest first, never others. The row goes in a strict transaction
 * that looks at the state again, then its mirror and parts; killed in between, the next start removes what is left.
 */
import { attempt, type Database } from '../db.ts'
import type { MirrorReader, PartReader } from '../ports.ts'
import { mirrorName } from './mirrored.ts'
import { giveUpBytes } from './queue.ts'

const atATime = 50

/** How many applications gave up their bytes. */
export async function makeRoom(db: Database, mirror: MirrorReader, parts?: Pick<PartReader, 'remove'>): Promise<number> {
  const given = await attempt(() => giveUpBytes(db, atATime))
  if (!given.ok) return 0
  for (const item of given.value) {
    await mirror.remove(mirrorName(item))
    for (const name of item.parts) await parts?.remove(name)
  }
  return given.value.length
}
