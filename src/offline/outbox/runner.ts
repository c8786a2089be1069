/**
 * Who sends, and when. Every page and the worker has a runner; a Web Lock lets one of them work. The lock only saves
 * effort: two runners send the same bytes and get the same outcome. A holder that is frozen says nothing; after a minute
 * of silence the lock is taken from it.
 */
import type { DeviceId } from '../../../core/ids.ts'
import { maxPartBytes } from '../../../core/sealing/limits.ts'
import type { Clock, Locks, Stop, Timers } from '../ports.ts'
import type { ItemRow } from '../rows.ts'
import type { Signals } from '../signals.ts'
import { deadlineMs } from '../http.ts'
import { readIdentity } from '../keys.ts'
import { isWork, note, now, work, type EffectPorts } from './effects.ts'
import { openItems } from './queue.ts'
import { emptyOutbox, type Effect, type Item, type Nudge, type OutboxEvent, type OutboxState, type Work } from './state.ts'
import { step } from './step.ts'

export interface Runner {
  /** Looks now; ends when nothing is left to do at once. */
  run(why: Nudge): Promise<void>
  stop(): void
}

export interface RunnerPorts extends EffectPorts {
  readonly locks: Locks
  readonly timers: Timers
  readonly clock: Clock
  readonly signals: Signals
  /** Where a bug goes when nobody waits for the run: the alarm's. */
  readonly trouble: (cause: unknown) => void
}

const lockName = 'tiepsuc-outbox'
const lookAgainMs = 30_000
const silenceMs = 60_000

export function makeRunner(ports: RunnerPorts): Runner {
  const { signals, locks, steady } = ports
  const alarm = makeAlarm(ports.timers, steady, () => void run('timer').catch(ports.trouble))
  const nudges: Nudge[] = []
  const drain = makeDrain(ports, alarm, () => nudges.splice(0))
  let running: Promise<void> | null = null
  let silentSinceMs: number | null = null
  let isStopped = false
  const stopListening = signals.on((signal) => {
    if (signal.kind === 'sending') silentSinceMs = null
  })

  function run(why: Nudge): Promise<void> {
    nudges.push(why)
    running ??= turns()
      .catch(lookAgainLater)
      .finally(() => (running = null))
    return running
  }

  /** What went wrong is for whoever asked; what waits here is looked at again in any case. */
  function lookAgainLater(cause: unknown): never {
    if (!isStopped) alarm.set(steady.nowMs() + lookAgainMs)
    throw cause
  }

  async function turns(): Promise<void> {
    while (nudges.length > 0) {
      const silentMs = silentSinceMs === null ? 0 : steady.nowMs() - silentSinceMs
      const held = await locks.hold(lockName, silentMs >= silenceMs ? 'steal' : 'ifFree', drain)
      if (held === 'ran') {
        silentSinceMs = null
        continue
      }
      // Whoever holds it heard the same signal. Look again, in case they are frozen.
      nudges.length = 0
      silentSinceMs ??= steady.nowMs()
      alarm.set(steady.nowMs() + lookAgainMs)
    }
  }

  return {
    run,
    stop() {
      isStopped = true
      alarm.clear()
      stopListening()
    },
  }
}

/** Works until nothing can be done at once; news that come in meanwhile are taken up between two requests. */
function makeDrain(ports: RunnerPorts, alarm: Alarm, takeNudges: () => Nudge[]): () => Promise<void> {
  const { signals, clock } = ports
  let state: OutboxState = emptyOutbox

  function apply(event: OutboxEvent): readonly Effect[] {
    const [after, effects] = step(state, event)
    state = after
    return effects
  }

  async function takeNews(beginning: boolean): Promise<Effect[]> {
    const taken = takeNudges()
    if (taken.length === 0 && !beginning) return []
    const [rows, own] = [await openItems(ports.db), await readIdentity(ports.db)]
    const items = rows.map((row) => itemOf(row, own?.device ?? null))
    const loaded = apply({ kind: 'loaded', items, ...now(ports) })
    return [...loaded, ...taken.flatMap((why) => apply({ kind: 'nudged', why, ...now(ports) }))]
  }

  async function doWork(effect: Work): Promise<Effect[]> {
    signals.send({ kind: 'sending', untilMs: clock.nowMs() + deadlineMs(sizeOf(state, effect)) })
    const effects = apply(await work(ports, effect))
    if (effect.kind === 'settle') signals.send({ kind: 'reached' })
    return [...effects, ...(await takeNews(false))]
  }

  return async function drain() {
    // Nothing of ours is in the air here; after an exception the state may still say so.
    state = { ...state, busy: false }
    const todo = await takeNews(true)
    for (let effect = todo.shift(); effect !== undefined; effect = todo.shift()) {
      if (effect.kind === 'wake') alarm.set(effect.atMs)
      else if (isWork(effect)) todo.push(...(await doWork(effect)))
      else await note(ports, effect)
    }
    signals.send({ kind: 'sending', untilMs: null })
  }
}

interface Alarm {
  set(atMs: number): void
  clear(): void
}

/** One timer; a new time replaces the old one. */
function makeAlarm(timers: Timers, steady: Clock, ring: () => void): Alarm {
  let stop: Stop | null = null
  const clear = (): void => {
    stop?.()
    stop = null
  }
  return {
    clear,
    set(atMs) {
      clear()
      stop = timers.after(Math.max(0, atMs - steady.nowMs()), ring)
    },
  }
}

function itemOf({ id, device, sequence, sizeBytes, fitsCarrier, state, note: noted }: ItemRow, present: DeviceId | null): Item {
  return {
    // What the office lacked when it last said so may have been sent since: it is asked before bytes are sent again.
    ...{ id, sequence, sizeBytes, fitsCarrier, missing: null, tries: 0, nextAtMs: null },
    state: state === 'received' ? 'received' : 'queued',
    sealedBy: device === present ? 'presentKey' : 'earlierKey',
    refusals: noted?.attempts ?? 0,
  }
}

function sizeOf({ items }: OutboxState, effect: Effect): number {
  if (effect.kind === 'carry') return effect.ids.reduce((sum, id) => sum + (items.get(id)?.sizeBytes ?? 0), 0)
  if (effect.kind === 'putPart') return maxPartBytes
  return effect.kind === 'put' ? (items.get(effect.id)?.sizeBytes ?? 0) : 0
}
