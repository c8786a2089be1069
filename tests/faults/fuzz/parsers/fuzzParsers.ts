/**
 * Every parser gets inputs that are nearly good, and some that are anything: each answers with a value, none throws, and
 * none touches the prototypes that everybody shares. How long each took is counted and not judged.
 */
import fc from 'fast-check'
import type { Attempt, Target } from './target.ts'

export interface ParserFinding {
  readonly target: string
  /** What was thrown, or what was left behind. */
  readonly trouble: string
  readonly attempt: string
}

export interface ParsersRun {
  readonly inputs: ReadonlyMap<string, number>
  /** How many took more than 50 ms. */
  readonly slow: number
  readonly slowestMs: number
  readonly findings: readonly ParserFinding[]
}

const slowMs = 50

/** Gives each target its share of `inputs`; a finding ends that target's share. */
export async function fuzzParsers(targets: readonly Target[], inputs: number, seed: number): Promise<ParsersRun> {
  const counts = new Map<string, number>()
  const findings: ParserFinding[] = []
  const share = Math.max(1, Math.ceil(inputs / targets.length))
  let slow = 0
  let slowestMs = 0
  for (const target of targets) {
    const judge = async (attempt: Attempt): Promise<void> => {
      counts.set(target.name, (counts.get(target.name) ?? 0) + 1)
      const tookMs = await timed(target, attempt)
      if (tookMs > slowMs) slow += 1
      slowestMs = Math.max(slowestMs, tookMs)
      const left = pollution()
      if (left !== null) throw new Error(left)
    }
    const checked = await fc.check(fc.asyncProperty(target.attempts, judge), { seed, numRuns: share, interruptAfterTimeLimit: 1_200_000, markInterruptAsFailure: true })
    if (checked.failed) findings.push({ target: target.name, trouble: troubleIn(checked.errorInstance), attempt: fc.stringify(checked.counterexample).slice(0, 400) })
  }
  return { inputs: counts, slow, slowestMs, findings }
}

/** Milliseconds of reading alone; making the input is not counted. */
async function timed(target: Target, attempt: Attempt): Promise<number> {
  const read = await target.prepare(attempt)
  const from = performance.now()
  await read()
  return performance.now() - from
}

/** What somebody put onto a prototype that all objects share; taken away again. */
export function pollution(): string | null {
  for (const shared of [Object.prototype, Array.prototype, String.prototype, Function.prototype]) {
    const [added] = Object.keys(shared)
    if (added === undefined) continue
    Reflect.deleteProperty(shared, added)
    return `prototype pollution: ${added}`
  }
  return null
}

function troubleIn(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message} ${(cause.stack ?? '').split('\n')[1]?.trim() ?? ''}`.slice(0, 300) : String(cause)
}
