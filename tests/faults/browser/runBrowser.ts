/** The browser's part of the lab: every round told in a line, and at the end the one line that sums up. */
import { countFaults } from '../checker/checkHistory.ts'
import { closingLine, faultTable } from '../closingLine.ts'
import { crashPoints } from '../../../src/offline/crashPoints.ts'
import type { Finding } from '../checker/checkHistory.ts'
import type { Line } from '../lab/history.ts'
import { diesAt } from './crashes.ts'
import { damages, isDamaged, type DamageName } from './damages.ts'
import { clock, frozen, quota } from './lifeCycle.ts'
import { diesAnywhere } from './kills.ts'
import { Lab, type RoundEnd } from './lab.ts'
import { aLabOffice } from './labOffice.ts'
import { losesPower, stores } from './powerCuts.ts'

export interface BrowserRun {
  readonly rounds: number
  /** Rounds whose name holds this. */
  readonly only: string | undefined
  readonly part: string | undefined
  readonly seed: number
}

const deaths = ['browser', 'renderer'] as const

interface Planned {
  readonly what: string
  readonly round: (lab: Lab) => Promise<RoundEnd>
}

/** Every part with the rounds of one time through. */
const parts: Readonly<Record<string, readonly Planned[]>> = {
  crashes: crashPoints.flatMap((point) => deaths.map((death) => ({ what: `${point} ${death}`, round: (lab: Lab) => diesAt(lab, point, death) }))),
  kills: deaths.map((death) => ({ what: death, round: (lab: Lab) => diesAnywhere(lab, death) })),
  damage: (Object.keys(damages) as DamageName[]).map((what) => ({ what, round: (lab: Lab) => isDamaged(lab, what) })),
  quota,
  clock,
  frozen,
  power: (Object.keys(stores) as (keyof typeof stores)[]).map((store) => ({ what: store, round: (lab: Lab) => losesPower(lab, store) })),
}

/** Runs what was asked for; ends the process with 1 when anything was found or a point was never reached. */
export async function runBrowser(run: BrowserRun, say: (text: string) => void): Promise<void> {
  const startedAtMs = performance.now()
  const ends: RoundEnd[] = []
  const office = await aLabOffice()
  const lab = new Lab(office, run.seed)
  try {
    for (let time = 0; time < run.rounds; time += 1) {
      for (const { round } of planOf(run)) {
        const end = await round(lab)
        ends.push(end)
        say(lineOf(end))
      }
    }
  } finally {
    await lab.replaces()
    await office.close()
  }
  const findings = ends.flatMap((end) => end.findings)
  const faults = countFaults(ends.filter(({ isHit }) => isHit).map(({ what }): Line => ({ what: 'fault', kind: what, atMs: 0 })))
  const missed = [...new Set(ends.filter(({ isHit }) => !isHit).map(({ what }) => what))].filter((what) => !faults.has(what))
  say(faultTable(faults))
  if (missed.length > 0) say(`never hit: ${missed.join(', ')}`)
  const troubled = ends.filter(({ trouble }) => trouble !== null)
  if (troubled.length > 0) say(`came to nothing: ${troubled.map(({ what }) => what).join(', ')}`)
  say(closingLine({ what: 'browser', submissions: lab.submissions, faults, findings, seconds: (performance.now() - startedAtMs) / 1_000 }))
  if (findings.length > 0 || missed.length > 0 || troubled.length > 0) process.exitCode = 1
}

function planOf({ part, only }: BrowserRun): readonly Planned[] {
  if (part !== undefined && parts[part] === undefined) throw new RangeError(`the parts are ${Object.keys(parts).join(', ')}`)
  const wanted = Object.entries(parts).flatMap(([name, planned]) => (part === undefined || part === name ? planned : []))
  return only === undefined ? wanted : wanted.filter(({ what }) => only.split(',').some((name) => what.includes(name)))
}

function lineOf({ what, isHit, findings, trouble, seconds }: RoundEnd): string {
  const found = findings.length === 0 ? (trouble === null ? 'fine' : 'NOTHING') : findings.map(({ breach, id }: Finding) => `${breach}: ${id}`).join(', ')
  return `${isHit ? 'hit    ' : 'NOT HIT'}  ${what}  ${found}${trouble === null ? '' : ` (${trouble})`}  ${seconds.toFixed(1)} s`
}
