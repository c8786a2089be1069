/**
 * Many tablets, one real office, and everything that can go wrong between them: so many submissions, chosen by a seed. At the
 * end the road is good, everybody may finish, and what lies on every tablet and at the office is handed to the judge.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { stuckAfterMs } from '../checker/checkHistory.ts'
import { chanceOf, type Chance } from '../lab/chance.ts'
import { fastTime } from '../lab/fastTime.ts'
import type { History, Line, OnTablet } from '../lab/history.ts'
import { startFaultProxy, type FaultProxy } from '../proxy/faultProxy.ts'
import { aSwarmOffice, type SwarmOffice } from './swarmOffice.ts'
import { aSwarmTablet, type SwarmTablet } from './swarmTablet.ts'

export interface SwarmSize {
  readonly submissions: number
  readonly tablets: number
  readonly seed: number
  /** How often the office's process is killed (SIGKILL) and started again. */
  readonly officeKills: number
  /** Share of requests that the road harms. */
  readonly rate: number
  /** Told now and then how far it is. */
  readonly tell?: (finalised: number) => void
}

/** Pauses of minutes in seconds; the longest that an office may ask for, 15 minutes, in 15 seconds. */
const pace = 60
const deadlinePace = 8

class Swarm {
  readonly lines: Line[] = []
  finalised = 0
  begun = 0
  private readonly size: SwarmSize
  private readonly startedAtMs = performance.now()

  constructor(size: SwarmSize) {
    this.size = size
  }

  hit(kind: string): void {
    this.lines.push({ what: 'fault', kind, atMs: this.nowMs() })
  }

  nowMs(): number {
    return performance.now() - this.startedAtMs
  }

  /** One tablet's day: fills, sends, dies, has its clock set, until there is no more to submit. */
  async live(tablet: SwarmTablet, chance: Chance): Promise<void> {
    while (this.begun < this.size.submissions) {
      const together = 1 + chance.below(4)
      for (let one = 0; one < together && this.begun < this.size.submissions; one += 1) await this.submit(tablet, chance)
      if (chance.oneIn(12)) {
        this.hit('tabletClockSet')
        tablet.setClock((chance.fraction() - 0.5) * 20 * 365 * 86_400_000)
      }
      const sending = tablet.sends(...(chance.oneIn(5) ? (['anotherPage'] as const) : []))
      if (chance.oneIn(8)) {
        await sleep(chance.below(40))
        this.hit('tabletKilled')
        await tablet.dies()
      }
      await sending
    }
  }

  private async submit(tablet: SwarmTablet, chance: Chance): Promise<void> {
    this.begun += 1
    const done = await tablet.finalises(chance.oneIn(5) ? 1 : 0)
    if (done === null) {
      // The tablet said that it did not work: a person tries again.
      this.begun -= 1
      return
    }
    this.finalised += 1
    this.lines.push({ what: 'finalised', tablet: tablet.name, id: done.id, digest: done.digest, atMs: this.nowMs() })
    if (this.finalised % 1_000 === 0) this.size.tell?.(this.finalised)
  }
}

/** Runs a swarm; everything it starts is ended again. */
export async function runSwarm(size: SwarmSize): Promise<History> {
  const chance = chanceOf(size.seed)
  const swarm = new Swarm(size)
  const office = await aSwarmOffice()
  const port = Number(new URL(office.run.origin).port)
  const proxy = await startFaultProxy({
    office: { host: '127.0.0.1', port },
    chance: chanceOf(size.seed + 1),
    rate: size.rate,
    wait: fastTime(deadlinePace).wait,
    hit: (kind) => swarm.hit(kind),
  })
  const tablets = Array.from({ length: size.tablets }, (_, at) => aTablet(`T${at + 1}`, chanceOf(size.seed * 1_000 + at), office, proxy, swarm))
  try {
    for (const tablet of tablets) {
      const { enrol, badge } = await office.ticket()
      await tablet.enrol(enrol, badge)
    }
    await Promise.all([...tablets.map((tablet, at) => swarm.live(tablet, chanceOf(size.seed * 2_000 + at))), killsOffice(office, swarm, size, chance)])
    return await ending(swarm, tablets, office, proxy)
  } finally {
    for (const tablet of tablets) tablet.close()
    await proxy.close()
    await office.close()
  }
}

function aTablet(name: string, chance: Chance, office: SwarmOffice, proxy: FaultProxy, swarm: Swarm): SwarmTablet {
  return aSwarmTablet({ name, chance, pace, deadlinePace, officeOrigin: office.run.origin, roadOrigin: () => proxy.origin, answers: rightAnswers(), hit: (kind) => swarm.hit(kind) })
}

/** Spread over the run: the process dies without a word while requests are under way. */
async function killsOffice({ run }: SwarmOffice, swarm: Swarm, { submissions, officeKills }: SwarmSize, chance: Chance): Promise<void> {
  for (let kill = 1; kill <= officeKills; kill += 1) {
    const due = (submissions * kill) / (officeKills + 1)
    while (swarm.finalised < due) await sleep(20 + chance.below(30))
    await run.kill()
    swarm.hit('officeKilled')
    await run.start()
  }
}

/** All is well from now on; what is still open a minute later is stuck. */
async function ending(swarm: Swarm, tablets: readonly SwarmTablet[], office: SwarmOffice, proxy: FaultProxy): Promise<History> {
  proxy.rate = 0
  for (const tablet of tablets) tablet.heal()
  swarm.lines.push({ what: 'healed', atMs: swarm.nowMs() })
  const untilMs = swarm.nowMs() + stuckAfterMs
  await Promise.all(
    tablets.map(async (tablet) => {
      await tablet.wakes()
      for (;;) {
        const open = (await tablet.items()).some(({ state }) => state === 'queued' || state === 'received')
        if (!open || swarm.nowMs() > untilMs) return
        await sleep(100)
      }
    }),
  )
  const rows = await Promise.all(tablets.map(rowsOf))
  return { lines: swarm.lines, ending: { tablets: rows.flat(), office: await office.holdings(), atMs: swarm.nowMs() } }
}

async function rowsOf(tablet: SwarmTablet): Promise<OnTablet[]> {
  return Promise.all((await tablet.items()).map(async (item) => ({ tablet: tablet.name, id: item.id, digest: item.digest, state: item.state, held: await tablet.holds(item) })))
}

/** Answers that are right under the birth pack. */
function rightAnswers(): Record<string, unknown> {
  const file = join('procedures', '1.001193', '1.0.0', 'examples', 'married-parents-on-time.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { answers: Record<string, unknown> }).answers
}
