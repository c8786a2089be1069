/** The browser's part of the lab: every round told in a line, and at the end the one line that sums up. */
import { countFaults } from '../checker/checkHistory.ts'
import { closingLine, faultTable } from '../closingLine.ts'
import { crashPoints } from '../../../src/offline/crashPoints.ts'
import type { Finding } from '../checker/checkHistory.ts'
import type { Line } from '../lab/history.ts'
import { CrashLab, type RoundEnd } from './crashes.ts'
import { aLabOffice, type LabOffice } from './labOffice.ts'

export interface BrowserRun {
  readonly rounds: number
  /** Rounds whose name holds this. */
  readonly only: string | undefined
  readonly part: string | undefined
  readonly seed: number
}

interface Sum {
  readonly ends: RoundEnd[]
  submissions: number
}

const parts = { crashes }

/** Runs what was asked for; ends the process with 1 when anything was found or a point was never reached. */
export async function runBrowser(run: BrowserRun, say: (text: string) => void): Promise<void> {
  const startedAtMs = performance.now()
  const sum: Sum = { ends: [], submissions: 0 }
  const office = await aLabOffice()
  try {
    for (const [name, work] of Object.entries(parts)) {
      if (run.part !== undefined && run.part !== name) continue
      await work(office, run, sum, (end) => {
        sum.ends.push(end)
        say(lineOf(end))
      })
    }
  } finally {
    await office.close()
  }
  const findings = sum.ends.flatMap((end) => end.findings)
  const faults = countFaults(sum.ends.filter(({ isHit }) => isHit).map(({ what }): Line => ({ what: 'fault', kind: what, atMs: 0 })))
  const missed = [...new Set(sum.ends.filter(({ isHit }) => !isHit).map(({ what }) => what))].filter((what) => !faults.has(what))
  say(faultTable(faults))
  if (missed.length > 0) say(`never hit: ${missed.join(', ')}`)
  say(closingLine({ what: 'browser', submissions: sum.submissions, faults, findings, seconds: (performance.now() - startedAtMs) / 1_000 }))
  if (findings.length > 0 || missed.length > 0) process.exitCode = 1
}

async function crashes(office: LabOffice, { rounds, only, seed }: BrowserRun, sum: Sum, tell: (end: RoundEnd) => void): Promise<void> {
  const lab = new CrashLab(office, seed)
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const point of crashPoints) {
        for (const death of ['browser', 'renderer'] as const) {
          if (only !== undefined && !only.split(",").some((name) => `${point} ${death}`.includes(name))) continue
          tell(await lab.dies(point, death))
        }
      }
    }
  } finally {
    await lab.close()
    sum.submissions += lab.submissions
  }
}

function lineOf({ what, isHit, findings, trouble, seconds }: RoundEnd): string {
  const found = findings.length === 0 ? 'fine' : findings.map(({ breach, id }: Finding) => `${breach}: ${id}`).join(', ')
  return `${isHit ? 'hit    ' : 'NOT HIT'}  ${what}  ${found}${trouble === null ? '' : ` (${trouble})`}  ${seconds.toFixed(1)} s`
}
