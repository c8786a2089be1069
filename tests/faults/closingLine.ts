/** The one line that a run of the fault lab ends with: what was tried, what hit, and what the judge found. */
import { breaches, type Finding } from './checker/checkHistory.ts'

export interface Ran {
  readonly what: string
  readonly submissions: number
  readonly faults: ReadonlyMap<string, number>
  readonly findings: readonly Finding[]
  readonly seconds: number
}

/** `3/n`: with no failure in n trials, the rate is below it with 95% confidence. */
export function closingLine({ what, submissions, faults, findings, seconds }: Ran): string {
  const hits = [...faults.values()].reduce((sum, count) => sum + count, 0)
  const counts = breaches.map((breach) => `${findings.filter((one) => one.breach === breach).length} ${breach}`).join(', ')
  const bound = findings.length === 0 && submissions > 0 ? `; 95% upper bound ${(3 / submissions).toExponential(1)} a submission` : ''
  return `${what}: ${submissions} submissions, ${hits} faults of ${faults.size} kinds, ${counts}${bound} (${Math.round(seconds)} s)`
}

/** Every kind of fault and how often it hit, most first. */
export function faultTable(faults: ReadonlyMap<string, number>): string {
  return [...faults].sort(([, one], [, other]) => other - one).map(([kind, count]) => `${String(count).padStart(8)}  ${kind}`).join('\n')
}
