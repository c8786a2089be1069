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
import { cutsOfficePower } from './officePowerCut.ts'
import { killsPostgres } from './postgresKilled.ts'

const doing: Readonly<Record<DisasterName, (ward: Ward, chance: Chance) => Promise<void>>> = {
  officeKilled: killsOffice,
  postgresKilled: killsPostgres,
  officePowerCut: cutsOfficePower,
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

/** What happens to the office happens one after the other; what happens to tablets goes on meanwhile. */
export async function strike(ward: Ward): Promise<void> {
  const plan = planOf(ward.size, ward.chance(2_000_000))
  const ofOffice = new Set<DisasterName>(['officeKilled', 'postgresKilled', 'officePowerCut', 'officeBurned'])
  await Promise.all([
    strikeInOrder(ward, plan.filter(({ name }) => ofOffice.has(name)), ward.chance(2_000_001)),
    strikeInOrder(ward, plan.filter(({ name }) => !ofOffice.has(name)), ward.chance(2_000_002)),
  ])
}

async function strikeInOrder(ward: Ward, plan: ReturnType<typeof planOf>, chance: Chance): Promise<void> {
  for (const { name, at } of plan) {
    while (ward.finalised < at && !ward.isOver) await sleep(20 + chance.below(30))
    // At the end of a run that is full, what is due still comes; one that ran out of time has not got there.
    if (ward.finalised < Math.min(at, ward.size.submissions - ward.size.tablets)) return
    ward.size.tell?.(`${name} after ${ward.finalised} applications`)
    await doing[name](ward, chance)
  }
}
