/** A tablet's database is lost, its key with it: what was sealed comes back from the second copies, and the tablet is enrolled anew. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Chance } from '../../lab/chance.ts'
import type { Ward } from '../ward.ts'

export function losesDatabase(ward: Ward, chance: Chance): Promise<void> {
  return ward.withTablet(chance, async (tablet) => {
    const before = (await tablet.items()).filter(({ held }) => held).length
    await tablet.losesDatabase()
    if (before > 0) ward.hit('databaseLost')
    while (!(await ward.admits(tablet))) await sleep(300)
    // The page learns of its new volunteer when it starts.
    await tablet.dies()
    await tablet.startsUntilWhole()
  })
}
