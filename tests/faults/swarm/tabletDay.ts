/** One place at a table in the ward: a tablet fills, sends, dies, has its clock set; when it has done its share a new one comes. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Chance } from '../lab/chance.ts'
import type { SwarmTablet } from './swarmTablet.ts'
import type { Ward } from './ward.ts'

const tenYearsMs = 10 * 365 * 86_400_000

export async function liveAtPlace(ward: Ward, place: number): Promise<void> {
  const chance = ward.chance(1_000_000 + place)
  while (!ward.isOver) {
    const tablet = await ward.newTablet()
    if (tablet === null) {
      await sleep(300)
      continue
    }
    await day(ward, tablet, chance)
    ward.leave(tablet)
    await tablet.wakes()
    await ward.putsAway()
  }
}

async function day(ward: Ward, tablet: SwarmTablet, chance: Chance): Promise<void> {
  let left = ward.size.perTablet
  while (left > 0 && !ward.isOver) {
    await ward.readmits(tablet)
    const together = Math.min(left, 1 + chance.below(6))
    for (let one = 0; one < together; one += 1) await ward.submits(tablet, chance.oneIn(5) ? 1 : 0)
    left -= together
    if (chance.oneIn(12)) {
      ward.hit('tabletClockSet')
      tablet.setClock((chance.fraction() - 0.5) * 2 * tenYearsMs)
    }
    const sending = tablet.sends(...(chance.oneIn(5) ? (['anotherPage'] as const) : []))
    if (chance.oneIn(8)) {
      await sleep(chance.below(40))
      ward.hit('tabletKilled')
      await tablet.dies()
    }
    await sending
    if (chance.oneIn(10)) await tablet.asks()
  }
}
