/**
 * Real time, some times faster: pauses of minutes pass in seconds. The tablet's own clock can be set wrong; what pauses are
 * counted by goes on evenly.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock, Timers } from '../../../src/offline/ports.ts'

export interface FastTime {
  readonly clock: Clock
  readonly steady: Clock
  readonly timers: Timers
  /** Waits, in milliseconds of the run. */
  wait(ms: number): Promise<void>
  /** Sets the tablet's clock by so much. */
  setClock(byMs: number): void
}

export function fastTime(pace: number): FastTime {
  const startedAtMs = Date.now()
  let wrongByMs = 0
  const passedMs = (): number => performance.now() * pace
  return {
    clock: { nowMs: () => Math.floor(startedAtMs + passedMs() + wrongByMs) },
    steady: { nowMs: passedMs },
    timers: {
      after(delayMs, run) {
        const timer = setTimeout(run, delayMs / pace)
        timer.unref()
        return () => clearTimeout(timer)
      },
    },
    wait: (ms) => sleep(ms / pace),
    setClock(byMs) {
      wrongByMs = byMs
    },
  }
}
