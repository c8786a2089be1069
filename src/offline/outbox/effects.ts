/** Runs the outbox's effects. No decisions here: step.ts made them. */
import { hasCrashPoints, reached } from '../crashPoints.ts'
import { attempt, type Database } from '../db.ts'
import type { Clock, MirrorReader, PartReader, Random } from '../ports.ts'
import { deliver, type DeliverPorts } from './deliver.ts'
import { makeRoom } from './purge.ts'
import { noteParts, noteRefusal, noteRoad, settle, type Settlement } from './queue.ts'
import type { Effect, OutboxEvent, Work } from './state.ts'

export interface EffectPorts extends DeliverPorts {
  readonly db: Database
  readonly clock: Clock
  /** Goes on evenly whatever is done to the tablet's clock: pauses and tries are counted by it. */
  readonly steady: Clock
  readonly random: Random
  readonly mirror: MirrorReader
  readonly parts: PartReader
  /** Fetches a newer key set: an outcome that no pinned key signed may come from a renewed office key. */
  readonly refreshKeys: () => Promise<unknown>
}

/** Steady time and chance for one event. */
export function now({ steady, random }: Pick<EffectPorts, 'steady' | 'random'>): { atMs: number; chance: number } {
  return { atMs: steady.nowMs(), chance: random.fraction() }
}

export function isWork(effect: Effect): effect is Work {
  return effect.kind === 'carry' || effect.kind === 'put' || effect.kind === 'putPart' || effect.kind === 'settle'
}

/** Does one piece of work and says how it ended. */
export async function work(ports: EffectPorts, effect: Work): Promise<OutboxEvent> {
  if (effect.kind === 'settle') return store(ports, effect.settlements)
  if (hasCrashPoints) await reached('sendingBegins')
  const event = await deliver(ports, effect)
  if (hasCrashPoints && event.kind === 'partStored') await reached('partSent')
  return { ...event, ...now(ports) }
}

async function store(ports: EffectPorts, settlements: readonly Settlement[]): Promise<OutboxEvent> {
  const at = new Date(ports.clock.nowMs()).toISOString()
  if (hasCrashPoints) await reached('outcomeHeard')
  const stored = await attempt(() => settle(ports.db, settlements, at))
  if (hasCrashPoints) await reached('outcomeStored')
  if (stored.ok) return { kind: 'settled', settlements, ...now(ports) }
  return { kind: 'settleFailed', ids: settlements.map(({ id }) => id), ...now(ports) }
}

/** Notes, keys and room: nothing waits for how they end, and a note that cannot be written is only a note. */
export async function note(ports: EffectPorts, effect: Exclude<Effect, Work | { kind: 'wake' }>): Promise<void> {
  const { db } = ports
  switch (effect.kind) {
    case 'noteRefusal': {
      const nextAt = new Date(effect.nextAtMs - ports.steady.nowMs() + ports.clock.nowMs()).toISOString()
      await attempt(() => noteRefusal(db, effect.id, { kind: effect.failure, attempts: effect.attempts, nextAt }))
      return
    }
    case 'noteRoad':
      await attempt(() => noteRoad(db, { state: effect.state, because: effect.because }))
      return
    case 'noteParts':
      await attempt(() => noteParts(db, effect.paused))
      return
    case 'refreshKeys':
      await ports.refreshKeys()
      return
    case 'makeRoom':
      await makeRoom(db, ports.mirror, ports.parts)
  }
}
