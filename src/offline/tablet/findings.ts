/**
 * The look at the database at a start, and what it found, for the screen. Nobody finalises or enrols before the look is
 * over, so that no number of a sequence is used twice.
 */
import type { Finding } from '../findings.ts'
import type { Clock, Ledger, Locks, Stop } from '../ports.ts'

export interface Findings {
  /** Runs the look, unless another page is at it. Trouble in it is told and stops nothing else. */
  look(work: () => Promise<unknown>): Promise<void>
  /** Resolves when no look is going on. */
  settled(): Promise<void>
  watch(onChange: (findings: readonly Finding[]) => void): Stop
  /** A person has read them. */
  markRead(): Promise<void>
}

const lockName = 'tiepsuc-look'

export function makeFindings({ ledger, clock, locks, trouble }: { ledger: Ledger; clock: Clock; locks: Locks; trouble: (cause: unknown) => void }): Findings {
  const watchers = new Set<(findings: readonly Finding[]) => void>()
  let looking: Promise<void> = Promise.resolve()

  async function tell(): Promise<void> {
    const findings = await ledger.readFindings()
    for (const watcher of watchers) watcher(findings)
  }

  return {
    look(work) {
      const held = locks.hold(lockName, 'ifFree', async () => {
        await work()
      })
      looking = held.then(tell).catch(trouble)
      return looking
    },
    settled: () => looking,
    watch(onChange) {
      watchers.add(onChange)
      ledger.readFindings().then(onChange, trouble)
      return () => watchers.delete(onChange)
    },
    async markRead() {
      const readAt = new Date(clock.nowMs()).toISOString()
      await ledger.writeFindings((await ledger.readFindings()).map((finding) => ({ ...finding, readAt: finding.readAt ?? readAt })))
      await tell()
    },
  }
}
