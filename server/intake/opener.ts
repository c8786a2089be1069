/** Runs the second step in this node: at once when nudged, and every minute for whatever a crash or another node left. */
import { errorFields, type Log } from '../log.ts'

const roundMs = 60_000

export interface Opener {
  readonly nudge: () => void
  /** Resolves when nothing waits at this moment. */
  readonly settled: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** `openNext` opens one envelope and says whether there was one. */
export function startOpener(openNext: () => Promise<boolean>, log: Log): Opener {
  const state = { wanted: false, stopped: false }
  let running: Promise<void> | null = null
  const round = async (): Promise<void> => {
    state.wanted = false
    try {
      while (!state.stopped && (await openNext()));
    } catch (cause) {
      log.warn('opening failed', errorFields(cause)) // the database is away; the next round tries again
    }
  }
  const run = async (): Promise<void> => {
    while (state.wanted && !state.stopped) await round()
    running = null
  }
  const nudge = (): void => {
    state.wanted = true
    if (!state.stopped) running ??= run()
  }
  const timer = setInterval(nudge, roundMs)
  timer.unref()
  const settled = async (): Promise<void> => {
    while (running !== null) await running
  }
  return {
    nudge,
    settled,
    stop: async () => {
      state.stopped = true
      clearInterval(timer)
      await settled()
    },
  }
}
