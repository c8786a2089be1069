/**
 * A tablet of the simulation: rows on a disk that every tab shares, and tabs that each run the real reducer
 * (src/offline/outbox/step.ts) with memory of their own. No lock: two senders at once must be harmless.
 */
import type { ApplicationId } from '../../../core/ids.ts'
import { emptyOutbox, type Item, type Nudge, type OutboxEvent, type OutboxState, type Work } from '../../../src/offline/outbox/state.ts'
import { step } from '../../../src/offline/outbox/step.ts'
import type { Chance } from '../lab/chance.ts'
import type { ItemState } from '../lab/history.ts'
import type { Sealed } from './simOffice.ts'

export interface SimRow extends Sealed {
  readonly id: ApplicationId
  readonly sequence: number
  state: ItemState
  held: boolean
}

export class SimTablet {
  readonly rows = new Map<ApplicationId, SimRow>()
  readonly tabs: readonly SimTab[]
  readonly name: string
  /** Told when a tab begins a request before its last one has ended. */
  onOverlap: () => void = () => undefined

  constructor(name: string, tabs: number, chance: Chance) {
    this.name = name
    this.tabs = Array.from({ length: tabs }, () => new SimTab(this, chance))
  }

  openRows(): SimRow[] {
    return [...this.rows.values()].filter(({ state }) => state === 'queued' || state === 'received')
  }
}

export class SimTab {
  private state: OutboxState = emptyOutbox
  /** The one request in the air, until an event says how it ended. */
  work: Work | null = null
  wakeAtMs: number | null = null
  isFrozen = false

  private readonly tablet: SimTablet
  private readonly chance: Chance

  constructor(tablet: SimTablet, chance: Chance) {
    this.tablet = tablet
    this.chance = chance
  }

  nudge(why: Nudge, atMs: number): void {
    this.apply({ kind: 'loaded', items: this.tablet.openRows().map(itemOf), ...this.at(atMs) })
    this.apply({ kind: 'nudged', why, ...this.at(atMs) })
  }

  /** Memory is gone, the disk stays; the next start looks at once. */
  die(atMs: number): void {
    this.state = emptyOutbox
    this.work = null
    this.wakeAtMs = null
    this.isFrozen = false
    this.nudge('started', atMs)
  }

  /** The browser lets a frozen page go on, and tells it that it is seen. */
  thaw(atMs: number): void {
    this.isFrozen = false
    this.nudge('visible', atMs)
  }

  hear(event: OutboxEvent): void {
    this.work = null
    this.apply(event)
  }

  at(atMs: number): { atMs: number; chance: number } {
    return { atMs, chance: this.chance.fraction() }
  }

  private apply(event: OutboxEvent): void {
    const [state, effects] = step(this.state, event)
    this.state = state
    for (const effect of effects) {
      if (effect.kind === 'wake') this.wakeAtMs = effect.atMs
      else if (effect.kind === 'carry' || effect.kind === 'put' || effect.kind === 'putPart' || effect.kind === 'settle') this.begin(effect)
    }
  }

  private begin(work: Work): void {
    if (this.work !== null) this.tablet.onOverlap()
    else this.work = work
  }
}

function itemOf({ id, sequence, state }: SimRow): Item {
  return { id, sequence, sizeBytes: 13_000, fitsCarrier: true, sealedBy: 'presentKey', state: state === 'received' ? 'received' : 'queued', missing: null, tries: 0, refusals: 0, nextAtMs: null }
}
