/**
 * Keeps the office's own PostgreSQL alive: one that dies while the office runs (out of memory, killed by hand) is started
 * again in the same place. Looks every few seconds, and at once when told that a connection broke. Between tries it waits
 * longer and longer, unevenly. After `stop` nothing is started any more and the last one is stopped.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Result } from '../../core/result.ts'
import { errorFields, type Log } from '../log.ts'
import type { RunningPostgres } from './embedded.ts'
import type { StartFailure } from './startFailure.ts'

const lookMs = 5_000
const firstWaitMs = 500
const longestWaitMs = 30_000

type Living = Pick<RunningPostgres, 'isAlive' | 'stop'>

export interface KeepOptions {
  /** The start that succeeded before, on the same address. */
  readonly startAgain: () => Promise<Result<Living, StartFailure>>
  readonly log: Pick<Log, 'warn' | 'info' | 'error'>
  /** From 0 to 1, for waiting unevenly. */
  readonly chance: () => number
  /** Waits, or ends early when the signal comes; tests hand in their own. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>
}

export interface Keeper {
  /** A connection broke: look at once. */
  readonly nudge: () => void
  readonly stop: () => Promise<void>
}

/** Begins to keep `first`. */
export function keepPostgres(first: Living, { startAgain, log, chance, wait = waitFor }: KeepOptions): Keeper {
  let current = first
  const ending = new AbortController()
  const ended = (): boolean => ending.signal.aborted
  let waking = new AbortController()
  const lookOnce = async (failures: number): Promise<number> => {
    if (await isAlive(current, log)) return 0
    if (failures === 0) log.warn('database away', { kind: 'postmaster' })
    const started = await startAgain()
    if (!started.ok) {
      log.error('database away', { kind: started.failure.kind, count: failures + 1 })
      return failures + 1
    }
    current = started.value
    log.info('database back', { count: failures + 1 })
    return 0
  }
  const loop = async (): Promise<void> => {
    let failures = 0
    while (!ended()) {
      waking = new AbortController()
      await wait(failures === 0 ? lookMs : waitAfter(failures, chance()), waking.signal)
      if (!ended()) failures = await lookOnce(failures)
    }
  }
  const under = loop()
  return {
    nudge: () => waking.abort(),
    stop: async () => {
      ending.abort()
      waking.abort()
      await under
      await current.stop()
    },
  }
}

/** Doubled after every failure up to half a minute, and between half and all of that. */
export function waitAfter(failures: number, chance: number): number {
  const full = Math.min(longestWaitMs, firstWaitMs * 2 ** (failures - 1))
  return full / 2 + (full / 2) * chance
}

/** What cannot be looked at now counts as living: the next look will tell. */
async function isAlive(postgres: Living, log: KeepOptions['log']): Promise<boolean> {
  try {
    return await postgres.isAlive()
  } catch (cause) {
    log.warn('database away', errorFields(cause))
    return true
  }
}

async function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal, ref: false }).catch((cause: unknown) => {
    if (!signal.aborted) throw cause
  })
}
