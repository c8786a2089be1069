/** Many schedules, one after the other, and what the judge says of each. */
import { checkHistory, countFaults, type Finding } from '../checker/checkHistory.ts'
import { runSchedule, usualSize, type ScheduleSize } from './schedule.ts'

export interface Simulated {
  readonly schedules: number
  readonly submissions: number
  readonly faults: ReadonlyMap<string, number>
  /** With the seed that shows each: a failing seed becomes a named test. */
  readonly findings: readonly (Finding & { readonly seed: number })[]
}

/** Runs the schedules of seeds `from`, `from + 1` … */
export function simulate(from: number, schedules: number, size: ScheduleSize = usualSize): Simulated {
  const faults = new Map<string, number>()
  const findings: (Finding & { seed: number })[] = []
  let submissions = 0
  for (let seed = from; seed < from + schedules; seed += 1) {
    const history = runSchedule(seed, size)
    submissions += history.lines.filter(({ what }) => what === 'finalised').length
    for (const [kind, count] of countFaults(history.lines)) faults.set(kind, (faults.get(kind) ?? 0) + count)
    for (const finding of checkHistory(history)) findings.push({ seed, ...finding })
  }
  return { schedules, submissions, faults, findings }
}
