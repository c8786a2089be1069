/**
 * Many tablets, one real office, and everything that can go wrong between them: so many submissions, chosen by a seed. At the
 * end the road is good, everybody may finish, and what lies on every tablet and at the office is handed to the judge.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fastTime } from '../lab/fastTime.ts'
import { chanceOf } from '../lab/chance.ts'
import { fingerprint } from '../lab/fingerprint.ts'
import type { History } from '../lab/history.ts'
import { startFaultProxy } from '../proxy/faultProxy.ts'
import { aForger } from '../proxy/forger.ts'
import { strike } from './disasters/disasters.ts'
import { ending } from './ending.ts'
import { aSwarmOffice } from './swarmOffice.ts'
import { liveAtPlace } from './tabletDay.ts'
import { deadlinePace, Ward, type SwarmSize } from './ward.ts'

/** Runs a swarm; everything it starts is ended again. */
export async function runSwarm(size: SwarmSize): Promise<History> {
  const office = await aSwarmOffice({ onLosableDisk: size.disasters.officePowerCut > 0 })
  const proxy = await startFaultProxy({
    office: { host: '127.0.0.1', port: Number(new URL(office.run.origin).port) },
    chance: chanceOf(size.seed + 1),
    rate: size.rate,
    ...(size.kinds === undefined ? {} : { kinds: size.kinds }),
    wait: fastTime(deadlinePace).wait,
    hit: (kind) => ward.hit(kind),
    forger: await aForger(office.inside().keys.keySet, (outcome) => ward.lines.push({ what: 'forgedOutcome', outcome: fingerprint(outcome), atMs: ward.nowMs() })),
  })
  const ward = new Ward(size, office, proxy, rightAnswers())
  try {
    await ward.learnsPacks()
    const places = Array.from({ length: size.tablets }, (_, place) => liveAtPlace(ward, place))
    await Promise.all([...places, strike(ward)])
    return await ending(ward)
  } finally {
    ward.close()
    await proxy.close()
    await office.close()
  }
}

/** Answers that are right under the birth pack. */
function rightAnswers(): Record<string, unknown> {
  const file = join('procedures', '1.001193', '1.0.0', 'examples', 'married-parents-on-time.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { answers: Record<string, unknown> }).answers
}
