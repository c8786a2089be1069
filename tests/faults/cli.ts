/**
 * npm run faults -- --simulate N [--seed S]        N schedules of the reducer in virtual time
 * npm run faults -- --submissions N [--seed S]     a swarm against the real office; [--tablets T] work at the same time, each
 *                                                  is replaced after [--per-tablet P], the road harms [--rate R] of requests in [--kinds a,b],
 *                                                  and each disaster has an option (swarm/disasterOptions.ts);
 *                                                  [--minutes M] ends it earlier
 * npm run faults -- --browser [--rounds N] [--only NAME] [--part NAME]   a real browser that dies at every crash point,
 *                                                  and whatever else befalls it (browser/runBrowser.ts names the parts)
 * npm run faults -- --bugs all|simulation|swarm|browser|NAME   seeded bugs, one at a time: each must be noticed
 * npm run faults -- --fuzz N [--seed S] [--only ROUTE]        bad input for every parser and every route
 * Ends with 1 when the judge found anything.
 */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import * as v from 'valibot'
import { huntBugs } from './bugs/huntBugs.ts'
import { checkHistory, countFaults, type Finding } from './checker/checkHistory.ts'
import { closingLine, faultTable } from './closingLine.ts'
import { runFuzz } from './fuzz/fuzz.ts'
import { roadFaultKinds } from './proxy/roadFaults.ts'
import { simulate, type Simulated } from './simulate/simulate.ts'
import { disasterOptions, disastersFor } from './swarm/disasterOptions.ts'
import { runSwarm } from './swarm/swarm.ts'
import type { SwarmSize } from './swarm/ward.ts'

const say = (text: string): void => void process.stdout.write(`${text}\n`)

const number = (text: string | undefined, otherwise: number): number => {
  const read = text === undefined ? otherwise : Number(text)
  if (Number.isNaN(read) || read < 0) throw new RangeError(`${text} is no number`)
  return read
}

function oneOf<T extends string>(list: readonly T[], text: string): T {
  const found = list.find((one) => one === text)
  if (found === undefined) throw new RangeError(`${text} is none of ${list.join(', ')}`)
  return found
}

if (isMainThread) await main()
else parentPort?.postMessage(simulate(...v.parse(v.tuple([v.number(), v.number()]), workerData)))

async function main(): Promise<void> {
  const text = { type: 'string' } as const
  const sizes = { submissions: text, minutes: text, seed: text, tablets: text, 'per-tablet': text, rate: text, kinds: text }
  const browser = { browser: { type: 'boolean' }, rounds: text, only: text, part: text } as const
  const { values } = parseArgs({ options: { ...browser, bugs: text, fuzz: text, simulate: text, ...sizes, ...disasterOptions } })
  const seed = number(values.seed, 1)
  if (values.bugs !== undefined) huntsBugs(values.bugs)
  else if (values.simulate !== undefined) await simulates(number(values.simulate, 0), seed)
  else if (values.browser === true) {
    const { runBrowser } = await import('./browser/runBrowser.ts')
    await runBrowser({ rounds: number(values.rounds, 1), only: values.only, part: values.part, seed }, say)
  } else if (values.fuzz !== undefined) await runFuzz({ inputs: number(values.fuzz, 0), seed, only: values.only }, say)
  else if (values.submissions !== undefined) {
    const submissions = number(values.submissions, 0)
    const kinds = values.kinds?.split(',').map((kind) => oneOf(roadFaultKinds, kind))
    const disasters = disastersFor(submissions, values)
    await swarms({ submissions, ...(kinds === undefined ? {} : { kinds }), minutes: number(values.minutes, Infinity), seed, disasters, tablets: number(values.tablets, 48), perTablet: number(values['per-tablet'], 60), rate: number(values.rate, 0.3) })
  } else {
    say('npm run faults -- --simulate N | --submissions N [--seed S] | --browser | --fuzz N | --bugs all (tests/faults/README.md)')
    process.exitCode = 2
  }
}

function huntsBugs(which: string): void {
  const hunted = huntBugs(which, ({ bug, isCaught, said }) => say(`${isCaught ? 'caught' : 'MISSED'}  ${bug.name}: ${said}`))
  const missed = hunted.filter(({ isCaught }) => !isCaught).length
  say(`seeded bugs: ${hunted.length - missed} of ${hunted.length} caught`)
  if (missed > 0) process.exitCode = 1
}

async function simulates(schedules: number, seed: number): Promise<void> {
  const startedAtMs = performance.now()
  const threads = Math.max(1, Math.min(availableParallelism(), 8))
  const share = Math.ceil(schedules / threads)
  const ran = await Promise.all(Array.from({ length: threads }, (_, at) => inThread(seed + at * share, Math.min(share, schedules - at * share))))
  const faults = new Map<string, number>()
  for (const one of ran) for (const [kind, count] of one.faults) faults.set(kind, (faults.get(kind) ?? 0) + count)
  const seconds = (performance.now() - startedAtMs) / 1_000
  say(faultTable(faults))
  say(`${schedules} schedules on ${threads} threads, ${Math.round(schedules / seconds)} a second`)
  const findings = ran.flatMap((one) => one.findings)
  tell(findings)
  say(closingLine({ what: 'simulation', submissions: ran.reduce((sum, one) => sum + one.submissions, 0), faults, findings, seconds }))
}

function inThread(from: number, schedules: number): Promise<Simulated> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: [from, Math.max(0, schedules)] })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

async function swarms(size: Omit<SwarmSize, 'tell'>): Promise<void> {
  const startedAtMs = performance.now()
  const seconds = (): number => (performance.now() - startedAtMs) / 1_000
  const history = await runSwarm({ ...size, tell: (what) => say(`${String(Math.round(seconds())).padStart(6)} s  ${what}`) })
  const findings = checkHistory(history)
  const faults = countFaults(history.lines)
  say(faultTable(faults))
  tell(findings)
  const submissions = history.lines.filter(({ what }) => what === 'finalised').length
  say(closingLine({ what: 'swarm', submissions, faults, findings, seconds: seconds() }))
}

function tell(findings: readonly (Finding & { readonly seed?: number })[]): void {
  for (const { breach, id, seed } of findings.slice(0, 50)) say(`${breach}: ${id}${seed === undefined ? '' : ` (seed ${seed})`}`)
  if (findings.length > 0) process.exitCode = 1
}
