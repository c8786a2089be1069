/**
 * Damage to the files of the browser's profile between two starts, while applications and drafts wait: what was sealed comes
 * back from its second copy, and where something is gone a person is told of it. A tablet whose key is gone is enrolled again.
 */
import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { databaseFiles } from '../../support/profileFiles.ts'
import type { Chance } from '../lab/chance.ts'
import type { Lab, RoundEnd } from './lab.ts'

type Damage = (profile: string, chance: Chance) => number

/** Each answers how many files it harmed. */
export const damages = {
  'a flipped block in the database': (profile, chance) => each(databaseFiles(profile, /\.log$/), (path) => flip(path, chance, 64)),
  'one flipped byte in the database': (profile, chance) => each(databaseFiles(profile, /\.(?:log|ldb)$/), (path) => flip(path, chance, 1)),
  'the log of the database cut': (profile, chance) => each(databaseFiles(profile, /\.log$/), (path) => cut(path, chance)),
  'no CURRENT in the database': (profile) => each(databaseFiles(profile, /CURRENT$/), (path) => rmSync(path)),
  'no database': (profile) => each(databaseFiles(profile, /./), (path) => rmSync(path)),
  'no second copies': (profile) => removeFolder(join(profile, 'Default', 'File System')),
  'no ledger': (profile) => removeFolder(join(profile, 'Default', 'Service Worker')),
} as const satisfies Record<string, Damage>
export type DamageName = keyof typeof damages

export function isDamaged(lab: Lab, name: DamageName): Promise<RoundEnd> {
  return lab.round(name, 'enrolled', async ({ volunteer, tablet, office }, chance) => {
    office.door.isRoadGood = false
    for (let sealed = 0; sealed < 4; sealed += 1) await volunteer.finalises(await volunteer.begins())
    await volunteer.begins()
    await tablet.closes()
    const harmed = damages[name](tablet.profile, chance)
    volunteer.isDamaged(name)
    volunteer.mayNeedTickets(await office.ticket())
    return harmed > 0
  })
}

function each(paths: readonly string[], harm: (path: string) => void): number {
  for (const path of paths) harm(path)
  return paths.length
}

function flip(path: string, chance: Chance, howMany: number): void {
  const bytes = readFileSync(path)
  const from = chance.below(Math.max(1, bytes.length - howMany))
  for (let at = from; at < Math.min(bytes.length, from + howMany); at += 1) bytes[at] = (bytes[at] ?? 0) ^ 0xff
  writeFileSync(path, bytes)
}

const cut = (path: string, chance: Chance): void => truncateSync(path, Math.floor(statSync(path).size * chance.fraction()))

function removeFolder(folder: string): number {
  if (!existsSync(folder)) return 0
  rmSync(folder, { recursive: true })
  return 1
}
