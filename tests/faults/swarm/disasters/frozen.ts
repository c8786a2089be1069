/** A page is frozen by its browser: no alarm rings and no answer is heard, for longer than a lock is waited for; then it goes on. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Chance } from '../../lab/chance.ts'
import { pace, type Ward } from '../ward.ts'

export function freezes(ward: Ward, chance: Chance): Promise<void> {
  return ward.withTablet(chance, async (tablet) => {
    tablet.freeze()
    await sleep((30_000 + chance.below(90_000)) / pace)
    if (tablet.thaw() > 0) ward.hit('frozen')
  })
}
