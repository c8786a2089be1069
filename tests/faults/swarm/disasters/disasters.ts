/** Disasters, spread over a run: one at a time, each as often as was asked for. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Chance } from '../../lab/chance.ts'
import { disasterNames, type DisasterName, type Ward } from '../ward.ts'
import { carriesByFile } from './carriedByFile.ts'
import { losesDatabase } from './databaseLost.ts'
import { forges } from './forgeries.ts'
import { freezes } from './frozen.ts'
import { burnsOffice } from './officeBurned.ts'
import { killsOffice } from './officeKilled.ts'
import { sendsOtherBytes } from './otherBytes.ts'
import { killsPostgres } from './postgresKilled.ts'

const doing: Readonly<Record<DisasterName, (ward: Ward, chance: Chance) => Promise<void>>> = {
  officeKilled: killsOffice,
  postgresKilled: killsPostgres,
  officeBurned: burnsOffice,
  databaseLost: losesDatabase,
  frozen: freezes,
  carriedByFile: carriesByFile,
  otherBytes: sendsOtherBytes,
  forgeries: forges,
}

/** Which disaster is due after how many submissions. */
export function planOf({ disasters, submissions }: Pick<Ward['size'], 'disasters' | 'submissions'>, chance: Chance): readonly { readonly name: DisasterName; readonly at: number }[] {
  const planned = disasterNames.flatMap((name) => {
    const times = disasters[name]
    return Array.from({ length: times }, (_, at) => ({ name, at: Math.floor((submissions * (at + 0.25 + chance.fraction() / 2)) / times) }))
  })
  return planned.sort((one, other) => one.at - other.at)
}

export async function strike(ward: Ward): Promise<void> {
  const chance = ward.chance(2_000_000)
  for (const { name, at } of planOf(ward.size, chance)) {
    while (ward.finalised < at) await sleep(20 + chance.below(30))
    await doing[name](ward, chance)
  }
}
