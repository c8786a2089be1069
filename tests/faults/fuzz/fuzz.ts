/** `--fuzz N`: half of the inputs for the parsers, and of the other half one for the app called here, one over a socket. */
import { fuzzParsers } from './parsers/fuzzParsers.ts'
import { makeGoldens } from './parsers/goldens.ts'
import { targetsOf } from './parsers/targets.ts'
import { fuzzRoutes, type RoutesRun } from './routes/fuzzRoutes.ts'
import { officeInProcess, officeOverSockets, type FuzzedOffice } from './routes/targets.ts'

interface Fuzzed {
  readonly inputs: number
  readonly byStatus: ReadonlyMap<number, number>
  readonly findings: readonly string[]
}

type Say = (text: string) => void

/** Runs it all and says what was found, at the end in one line. The exit code tells, too. */
export async function runFuzz({ inputs, seed, only }: { inputs: number; seed: number; only: string | undefined }, say: Say): Promise<void> {
  const startedAtMs = performance.now()
  const fuzzed = await fuzz({ inputs, seed, say, ...(only === undefined ? {} : { only }) })
  say(fuzzLine(fuzzed, seed, (performance.now() - startedAtMs) / 1_000))
  if (fuzzed.findings.length > 0) process.exitCode = 1
}

/** Runs it all; with `only`, the parsers alone (`parsers`), or routes whose name holds it. */
async function fuzz({ inputs, seed, only, say }: { inputs: number; seed: number; only?: string; say: Say }): Promise<Fuzzed> {
  const share = only === undefined ? Math.ceil(inputs / 2) : only === 'parsers' ? inputs : 0
  const parsers = share > 0 ? await fuzzesParsers(share, seed, say) : { inputs: 0, findings: [] }
  if (only === 'parsers') return { ...parsers, byStatus: new Map() }
  const left = inputs - parsers.inputs
  const routes = only === undefined ? {} : { only }
  // Both at once: each waits for its database most of the time.
  const [here, there] = await Promise.all([
    fuzzesOffice(officeInProcess, { inputs: Math.ceil(left / 2), seed, ...routes }, say),
    fuzzesOffice(officeOverSockets, { inputs: Math.floor(left / 2), seed: seed + 1, ...routes }, say),
  ])
  const byStatus = new Map<number, number>()
  for (const run of [here, there]) for (const statuses of run.answered.values()) for (const [status, count] of statuses) byStatus.set(status, (byStatus.get(status) ?? 0) + count)
  return { inputs, byStatus, findings: [...parsers.findings, ...[here, there].flatMap(told)] }
}

async function fuzzesParsers(inputs: number, seed: number, say: Say): Promise<{ inputs: number; findings: readonly string[] }> {
  const run = await fuzzParsers(targetsOf(await makeGoldens()), inputs, seed)
  const tried = [...run.inputs.values()].reduce((sum, count) => sum + count, 0)
  say(`${tried} inputs for ${run.inputs.size} parsers; ${run.slow} took over 50 ms, the slowest ${Math.round(run.slowestMs)} ms`)
  const findings = run.findings.map(({ target, trouble, attempt }) => `${target}: ${trouble} (${attempt})`)
  for (const finding of findings) say(finding)
  return { inputs: tried, findings }
}

async function fuzzesOffice(make: () => Promise<FuzzedOffice>, wanted: { inputs: number; seed: number; only?: string }, say: Say): Promise<RoutesRun> {
  const office = await make()
  try {
    const run = await fuzzRoutes(office, { ...wanted, tell: (tried) => say(`${tried} ${office.name}`) })
    say(`${wanted.inputs} inputs for ${run.answered.size} operations ${office.name}`)
    for (const finding of told(run)) say(finding)
    return run
  } finally {
    await office.close()
  }
}

const told = ({ office, findings }: RoutesRun): string[] => findings.map(({ operation, input, trouble, sent }) => `${office}, ${operation}, input ${input}: ${trouble}\n    ${sent}`)

/** The one line that a run ends with. */
function fuzzLine({ inputs, byStatus, findings }: Fuzzed, seed: number, seconds: number): string {
  const answers = [...byStatus].filter(([status]) => status !== 0).sort(([one], [other]) => one - other).map(([status, count]) => `${status}: ${count}`)
  const server = [...byStatus].filter(([status]) => status >= 500).reduce((sum, [, count]) => sum + count, 0)
  const silent = byStatus.get(0) ?? 0
  return `fuzz: ${inputs} inputs, seed ${seed}, ${findings.length} findings, ${server} answers of 5xx, ${silent} broken frames unanswered; ${answers.join(', ')} (${Math.round(seconds)} s)`
}
