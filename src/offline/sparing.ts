import type { Clock } from './ports.ts'

const everyMs = 60_000

/** Tells at most one trouble a minute: what is broken for good must not fill a log. */
export function sparing(tell: (cause: unknown) => void, clock: Clock): (cause: unknown) => void {
  let toldAtMs = -Infinity
  return (cause) => {
    if (clock.nowMs() - toldAtMs < everyMs) return
    toldAtMs = clock.nowMs()
    tell(cause)
  }
}
