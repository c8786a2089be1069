/** What everybody in a running swarm shares: the history, the tablets, the office and the road to it. */
import type { ItemRow, PackRow } from '../../../src/offline/rows.ts'
import { chanceOf, type Chance } from '../lab/chance.ts'
import type { Line, OnTablet } from '../lab/history.ts'
import type { FaultProxy } from '../proxy/faultProxy.ts'
import type { RoadFaultKind } from '../proxy/roadFaults.ts'
import type { SwarmOffice } from './swarmOffice.ts'
import { SwarmTablet } from './swarmTablet.ts'

export interface SwarmSize {
  readonly submissions: number
  /** How many tablets work at the same time. */
  readonly tablets: number
  /** How many applications a tablet sends before a new one takes its place. */
  readonly perTablet: number
  readonly seed: number
  /** Share of requests that the road harms. */
  readonly rate: number
  /** What the road does; everything it can when nothing is said. */
  readonly kinds?: readonly RoadFaultKind[]
  /** How often each disaster comes. */
  readonly disasters: Disasters
  /** When to begin no further application, however many there should be. */
  readonly minutes?: number
  /** Told now and then how far it is, and of disasters. */
  readonly tell?: (what: string) => void
}

export const disasterNames = ['officeKilled', 'postgresKilled', 'officePowerCut', 'officeBurned', 'databaseLost', 'frozen', 'carriedByFile', 'otherBytes', 'forgeries'] as const
export type DisasterName = (typeof disasterNames)[number]
export type Disasters = Readonly<Record<DisasterName, number>>

/** Pauses of minutes in seconds; the longest that an office may ask for, 15 minutes, in 15 seconds. */
export const pace = 60
export const deadlinePace = 8

export class Ward {
  readonly lines: Line[] = []
  readonly size: SwarmSize
  readonly office: SwarmOffice
  /** Tablets that somebody works with. */
  readonly working = new Set<SwarmTablet>()
  /** Tablets whose work is done and whose outbox perhaps is not. */
  readonly leaving = new Set<SwarmTablet>()
  /** Tablets that somebody is at. */
  private readonly inHand = new Set<SwarmTablet>()
  /** What lay on tablets that have been put away. */
  readonly putAway: OnTablet[] = []
  /** Applications that a backup which was read back holds. */
  readonly covered = new Set<string>()
  /**
   * True between a backup and the restore from it: no tablet is put away, and no disk breaks, since what a tablet gives up
   * for want of room before a backup holds it is nobody's promise.
   */
  awaitsRestore = false
  finalised = 0
  private begun = 0
  private tabletsMade = 0
  private packs: readonly PackRow[] = []
  private readonly proxy: FaultProxy
  private readonly answers: Record<string, unknown>
  private readonly startedAtMs = performance.now()

  constructor(size: SwarmSize, office: SwarmOffice, proxy: FaultProxy, answers: Record<string, unknown>) {
    this.size = size
    this.office = office
    this.proxy = proxy
    this.answers = answers
  }

  hit(kind: string): void {
    this.lines.push({ what: 'fault', kind, atMs: this.nowMs() })
  }

  nowMs(): number {
    return performance.now() - this.startedAtMs
  }

  chance(purpose: number): Chance {
    return chanceOf(this.size.seed * 1_000_003 + purpose)
  }

  get isOver(): boolean {
    return this.begun >= this.size.submissions || this.nowMs() >= (this.size.minutes ?? Infinity) * 60_000
  }

  /** Every tablet that is switched on. */
  tablets(): readonly SwarmTablet[] {
    return [...this.working, ...this.leaving]
  }

  /** Does something to a tablet that somebody works with, or to one that still sends; it is not put away meanwhile. */
  async withTablet(chance: Chance, work: (tablet: SwarmTablet) => Promise<void>): Promise<void> {
    const those = this.working.size === 0 ? this.leaving : this.working
    if (those.size === 0) return
    const tablet = chance.pick([...those])
    this.inHand.add(tablet)
    try {
      await work(tablet)
    } finally {
      this.inHand.delete(tablet)
    }
  }

  /** A new, enrolled tablet at work; null when the office was away just now. */
  async newTablet(): Promise<SwarmTablet | null> {
    this.tabletsMade += 1
    const tablet = new SwarmTablet({
      ...{ name: `T${this.tabletsMade}`, chance: this.chance(this.tabletsMade), pace, deadlinePace },
      ...{ officeOrigin: this.office.run.origin, roadOrigin: () => this.proxy.origin, answers: this.answers },
      ...{ disksMayFail: () => !this.awaitsRestore, isCovered: (id: string) => this.covered.has(id) },
      ...{ write: (line: Line) => void this.lines.push(line), nowMs: () => this.nowMs(), hit: (kind: string) => this.hit(kind) },
    })
    if (!(await this.admits(tablet))) return null
    this.working.add(tablet)
    return tablet
  }

  /** The first tablet fetches the procedures that all others begin with: thirty of them for each would tell nothing new. */
  async learnsPacks(): Promise<void> {
    const first = await this.newTablet()
    if (first === null) throw new Error('the office does not enrol a tablet')
    this.leave(first)
  }

  /** Enrols a tablet, for the first time or again; false when the office was away just now. */
  async admits(tablet: SwarmTablet): Promise<boolean> {
    const ticket = await this.office.ticket()
    const packs = ticket === null ? null : await tablet.enrol({ ...ticket, packs: this.packs })
    if (packs !== null) this.packs = packs
    return packs !== null
  }

  /** What a person does who reads on a tablet that the office no longer knows it; its page then sends by itself. */
  async readmits(tablet: SwarmTablet): Promise<void> {
    if ((await tablet.isKnown()) || !(await this.admits(tablet))) return
    await tablet.wakes()
  }

  /** One application, filled and finalised; null when the tablet said that it did not work. */
  async submits(tablet: SwarmTablet, photos: number, filled?: (id: ItemRow['id']) => Promise<void>): Promise<ItemRow | null> {
    if (this.isOver) return null
    this.begun += 1
    const done = await tablet.finalises(photos, filled)
    if (done === null) {
      // The tablet said that it did not work: a person tries again.
      this.begun -= 1
      return null
    }
    this.finalised += 1
    this.lines.push({ what: 'finalised', tablet: tablet.name, id: done.id, digest: done.digest, atMs: this.nowMs() })
    if (this.finalised % 1_000 === 0) this.size.tell?.(`${this.finalised} finalised`)
    return done
  }

  leave(tablet: SwarmTablet): void {
    this.working.delete(tablet)
    this.leaving.add(tablet)
  }

  /** Puts away what has nothing left to send and to ask; its final rows are kept for the judge. */
  async putsAway(): Promise<void> {
    for (const tablet of this.leaving) {
      if (!this.mayGo(tablet)) continue
      this.inHand.add(tablet)
      await tablet.startsUntilWhole()
      const isQuiet = !(await tablet.isAsking()) || (await tablet.asks())
      const rows = isQuiet && (await tablet.isDone()) ? await tablet.rows() : null
      this.inHand.delete(tablet)
      // A backup may have been made in the meantime.
      if (rows === null || !this.mayGo(tablet)) continue
      this.leaving.delete(tablet)
      this.putAway.push(...rows)
      tablet.close()
    }
  }

  private mayGo(tablet: SwarmTablet): boolean {
    return !this.awaitsRestore && !this.inHand.has(tablet)
  }

  calmRoad(): void {
    this.proxy.rate = 0
  }

  close(): void {
    for (const tablet of this.tablets()) tablet.close()
  }
}
