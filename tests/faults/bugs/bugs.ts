/** Every seeded bug. A lab that finds nothing proves nothing unless it finds these. */
import { browserBugs } from './browserBugs.ts'
import type { SeededBug } from './seededBug.ts'
import { simulationBugs } from './simulationBugs.ts'
import { swarmBugs } from './swarmBugs.ts'

export const bugsOf = { simulation: simulationBugs, swarm: swarmBugs, browser: browserBugs } as const
export type Part = keyof typeof bugsOf
export const parts: readonly Part[] = ['simulation', 'swarm', 'browser']

export const seededBugs: readonly SeededBug[] = parts.flatMap((part) => bugsOf[part])
