/** One schedule: a few hundred acts chosen by chance from a seed, then healing, then the history. Pure. */
import { chanceOf, weighed, type Chance } from '../lab/chance.ts'
import type { History } from '../lab/history.ts'
import { stuckAfterMs } from '../checker/checkHistory.ts'
import type { SimTab, SimTablet } from './simTablet.ts'
import { World } from './world.ts'

export interface ScheduleSize {
  readonly tablets: number
  readonly tabs: number
  readonly acts: number
}

/** Three tablets of two tabs each, and more faults than anybody meets in a year. */
export const usualSize: ScheduleSize = { tablets: 3, tabs: 2, acts: 220 }

type Act = 'finalise' | 'turn' | 'nudge' | 'wait' | 'die' | 'powerCut' | 'freeze' | 'stray' | 'askHoldings' | 'backUp' | 'restore'
const anyAct = weighed<Act>([
  [6, 'finalise'],
  [60, 'turn'],
  [6, 'nudge'],
  [8, 'wait'],
  [2, 'die'],
  [1, 'powerCut'],
  [2, 'freeze'],
  [4, 'stray'],
  [4, 'askHoldings'],
  [2, 'backUp'],
  [0.7, 'restore'],
])

/** Longer than every pause and than two rounds of questions, so that only what is stuck is still open. */
const healingMs = 2 * 60 * 60_000 + stuckAfterMs

export function runSchedule(seed: number, size: ScheduleSize = usualSize): History {
  const chance = chanceOf(seed)
  const world = new World(chance, size.tablets, size.tabs)
  for (let act = 0; act < size.acts; act += 1) doOne(world, chance)
  world.heal(healingMs)
  return world.history()
}

function doOne(world: World, chance: Chance): void {
  const tablet = chance.pick(world.tablets)
  acts[anyAct(chance)](world, tablet, chance.pick(tablet.tabs), chance)
}

type Do = (world: World, tablet: SimTablet, tab: SimTab, chance: Chance) => void

const acts: Readonly<Record<Act, Do>> = {
  finalise: (world, tablet) => world.finalise(tablet),
  turn: (world, tablet, tab) => void world.turn(tablet, tab),
  nudge: ({ nowMs }, _tablet, tab, chance) => {
    if (!tab.isFrozen) tab.nudge(chance.pick(['online', 'visible', 'sendNow', 'sync'] as const), nowMs)
  },
  wait: (world, _tablet, _tab, chance) => world.waitUntil(world.nowMs + chance.below(6 * 60_000)),
  die: (world, _tablet, tab) => {
    world.fault('tabKilled')
    tab.die(world.nowMs)
  },
  powerCut: (world, { tabs }) => {
    world.fault('powerCut')
    for (const tab of tabs) tab.die(world.nowMs)
  },
  freeze: (world, _tablet, tab) => {
    if (tab.isFrozen) tab.thaw(world.nowMs)
    else {
      world.fault('tabFrozen')
      tab.isFrozen = true
    }
  },
  stray: (world) => world.strayArrives(),
  askHoldings: (world, tablet) => world.askHoldings(tablet),
  backUp: ({ office }) => office.backUp(),
  restore: (world, _tablet, _tab, chance) => world.restore(chance.oneIn(2)),
}
