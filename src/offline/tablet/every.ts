import type { Stop, Timers } from '../ports.ts'

/** Runs something again and again, each time after the same delay. */
export function every(timers: Timers, delayMs: number, run: () => void): Stop {
  let stop: Stop = timers.after(delayMs, ring)
  function ring(): void {
    stop = timers.after(delayMs, ring)
    run()
  }
  return () => stop()
}
