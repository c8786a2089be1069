/**
 * Making room: sealed bytes of complete applications, oldest first, never others. The row goes in a strict transaction
 * that looks at the state again, then its mirror; killed in between, the next start removes the mirror.
 */
import { attempt, type Database } from '../db.ts'
import type { MirrorReader } from '../ports.ts'
import { mirrorName } from './mirrored.ts'
import { giveUpBytes } from './queue.ts'

const atATime = 50

/** How many applications gave up their bytes. */
export async function makeRoom(db: Database, mirror: MirrorReader): Promise<number> {
  const given = await attempt(() => giveUpBytes(db, atATime))
  if (!given.ok) return 0
  for (const item of given.value) await mirror.remove(mirrorName(item))
  return given.value.length
}
