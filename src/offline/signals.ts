/**
 * Messages between the pages and the worker of one tablet. They only say that something is worth a look: what is true
 * stands in the database, so a lost or doubled message costs nothing.
 */
import * as v from 'valibot'
import type { Channel, Stop } from './ports.ts'

const signalShape = v.variant('kind', [
  /** An application was finalised: whoever may send should look. */
  v.object({ kind: v.literal('queued') }),
  /** The person asked to send now. */
  v.object({ kind: v.literal('sendNow') }),
  /** Somebody is sending, and will be done or dead by then. */
  v.object({ kind: v.literal('sending'), untilMs: v.nullable(v.number()) }),
  /** The office answered: its feed may have news. */
  v.object({ kind: v.literal('reached') }),
])

export type Signal = v.InferOutput<typeof signalShape>

export interface Signals {
  send(signal: Signal): void
  on(onSignal: (signal: Signal) => void): Stop
}

/** Signals over a channel, heard here as well as there. Messages of another shape are ignored. */
export function makeSignals(channel: Channel): Signals {
  const here = new Set<(signal: Signal) => void>()
  return {
    send(signal) {
      channel.post(signal)
      for (const tell of here) tell(signal)
    },
    on(onSignal) {
      here.add(onSignal)
      const stop = channel.listen((message) => {
        const parsed = v.safeParse(signalShape, message)
        if (parsed.success) onSignal(parsed.output)
      })
      return () => {
        here.delete(onSignal)
        stop()
      }
    },
  }
}
