/**
 * Real time, some times faster: pauses of minutes pass in seconds. The tablet's own clock can be set wrong; what pauses are
 * counted by goes on evenly. A frozen page hears no alarm and no answer until it thaws: then all of them at once.
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
  freeze(): void
  /** How many alarms and answers were kept back. */
  thaw(): number
  /** Resolves at once, or when the page thaws. */
  thawed(): Promise<void>
}

export function fastTime(pace: number): FastTime {
  const startedAtMs = Date.now()
  let wrongByMs = 0
  /** What waits for the thaw; null while nothing is frozen. */
  let kept: (() => void)[] | null = null
  const passedMs = (): number => performance.now() * pace
  return {
    clock: { nowMs: () => Math.floor(startedAtMs + passedMs() + wrongByMs) },
    steady: { nowMs: passedMs },
    timers: {
      after(delayMs, run) {
        let isOff = false
        const ring = (): void => {
          if (isOff) return
          if (kept === null) run()
          else kept.push(ring)
        }
        const timer = setTimeout(ring, delayMs / pace)
        timer.unref()
        return () => {
          isOff = true
          clearTimeout(timer)
        }
      },
    },
    wait: (ms) => sleep(ms / pace),
    setClock(byMs) {
      wrongByMs = byMs
    },
    freeze() {
      kept ??= []
    },
    thaw() {
      const due = kept ?? []
      kept = null
      for (const run of due) run()
      return due.length
    },
    thawed: () => (kept === null ? Promise.resolve() : new Promise((resolve) => void kept?.push(resolve))),
  }
}
