/** The outbox for the screen: rows as they change, and whether somebody is sending right now. */
import { watchRows } from '../db.ts'
import { outboxView, readOutbox } from '../outbox/view.ts'
import type { Stop } from '../ports.ts'
import type { OutboxView } from '../tablet.ts'
import type { Inside } from './tabletPorts.ts'

export function watchOutbox({ db, signals, clock, timers, trouble }: Inside, onChange: (view: OutboxView) => void): Stop {
  let rows: Awaited<ReturnType<typeof readOutbox>> | null = null
  let sending = false
  let stopTimer: Stop = () => undefined

  function tell(): void {
    if (rows !== null) onChange(outboxView(rows, sending))
  }

  /** A sender that died says nothing more: its deadline ends what is shown. */
  function setSending(untilMs: number | null): void {
    stopTimer()
    const before = sending
    sending = untilMs !== null
    if (untilMs !== null) stopTimer = timers.after(untilMs - clock.nowMs(), () => setSending(null))
    if (before !== sending) tell()
  }

  const stopSignals = signals.on((signal) => {
    if (signal.kind === 'sending') setSending(signal.untilMs)
  })
  const stopRows = watchRows(
    () => readOutbox(db),
    (read) => {
      rows = read
      tell()
    },
    trouble,
  )
  return () => {
    stopTimer()
    stopSignals()
    stopRows()
  }
}
