/**
 * One simulated ward: tablets with two tabs each, one office, and a road that does anything. Time is virtual and every
 * step is chosen by chance from a seed. The world writes a history; it judges nothing (checker/).
 */
import { failure, failures, type Failure, type FailureKind } from '../../../core/failures.ts'
import type { ApplicationId } from '../../../core/ids.ts'
import type { Settlement } from '../../../src/offline/outbox/queue.ts'
import type { Verdict, Work } from '../../../src/offline/outbox/state.ts'
import type { Chance } from '../lab/chance.ts'
import type { History, Line } from '../lab/history.ts'
import { anyFate, nameOf, refusals, type Fate } from './fates.ts'
import { SimOffice, type OfficeAnswer } from './simOffice.ts'
import { SimTablet, type SimRow, type SimTab } from './simTablet.ts'

/** A request that was given up and is still somewhere on the road. */
interface Stray {
  readonly tablet: SimTablet
  readonly work: Work
}

/** As often as the tablet asks by itself (src/offline). */
const holdingsEveryMs = 60 * 60_000

export class World {
  readonly lines: Line[] = []
  readonly office = new SimOffice()
  readonly tablets: readonly SimTablet[]
  nowMs = 0
  private readonly strays: Stray[] = []
  /** Applications that something before the office refuses, unsigned, whenever they come: until the road is good again. */
  private readonly refusedOnTheRoad = new Map<ApplicationId, FailureKind>()
  private finalised = 0
  private readonly chance: Chance

  constructor(chance: Chance, tablets: number, tabs: number) {
    this.chance = chance
    this.office.onWhole = ({ id, digest }) => this.lines.push({ what: 'whole', id, digest, atMs: this.nowMs })
    this.tablets = Array.from({ length: tablets }, (_, at) => new SimTablet(`T${at + 1}`, tabs, chance))
    for (const tablet of this.tablets) tablet.onOverlap = () => this.lines.push({ what: 'overlapped', tablet: tablet.name, atMs: this.nowMs })
  }

  finalise(tablet: SimTablet): void {
    this.finalised += 1
    const id = `01920000-0000-7000-8000-${String(this.finalised).padStart(12, '0')}` as ApplicationId
    const digest = `digest-${this.finalised}`
    const parts = Array.from({ length: this.chance.oneIn(3) ? 1 + this.chance.below(3) : 0 }, (_, at) => `part-${this.finalised}-${at}`)
    const sequence = tablet.rows.size + 1
    tablet.rows.set(id, { id, digest, parts, sequence, state: 'queued', held: true })
    if (this.chance.oneIn(10)) this.refusedOnTheRoad.set(id, this.chance.pick(refusals))
    this.lines.push({ what: 'finalised', tablet: tablet.name, id, digest, atMs: this.nowMs })
    for (const tab of tablet.tabs) if (!tab.isFrozen) tab.nudge('queued', this.nowMs)
  }

  /** Lets the request of a tab end in some way; false when it has none. */
  turn(tablet: SimTablet, tab: SimTab, fate: Fate = anyFate(this.chance)): boolean {
    const { work } = tab
    if (work === null || tab.isFrozen) return false
    if (fate !== 'fine') this.fault(nameOf(fate))
    if (work.kind === 'settle') this.store(tablet, tab, work.settlements, fate)
    else if (work.kind === 'putPart') this.sendPart(tablet, tab, work.id, work.part, fate)
    else this.send(tablet, tab, work, fate)
    return true
  }

  /** A request that its tablet had given up arrives; whatever is answered, nobody hears. */
  strayArrives(): void {
    const stray = this.strays.splice(this.chance.below(this.strays.length), 1)[0]
    if (stray !== undefined) this.arrive(stray.tablet, stray.work)
  }

  /**
   * The tablet asks what the office holds of what it has: what is lacking is offered again, what a backup holds may go. The
   * head of a ledger alone would not do: a disk that was put back may have overtaken it before anybody looks.
   */
  askHoldings(tablet: SimTablet): void {
    const asked = [...tablet.rows.values()].filter(({ state, held }) => held && state !== 'queued')
    const { lacking, uncovered } = this.office.holdings(asked)
    for (const row of asked) {
      if (lacking.has(row.id)) this.offerAgain(tablet, row)
      else if (!uncovered.has(row.id) && row.state === 'complete') this.giveUp(tablet, row)
    }
    if (lacking.size > 0) for (const tab of tablet.tabs) if (!tab.isFrozen) tab.nudge('queued', this.nowMs)
  }

  restore(anew: boolean): void {
    this.fault(anew ? 'officeRestored' : 'diskPutBack')
    this.lines.push({ what: 'restored', atMs: this.nowMs })
    this.office.restore(anew)
  }

  /** The road is good and everybody awake: works and waits for at most this long, asking about its holdings every hour. */
  heal(forMs: number): void {
    this.lines.push({ what: 'healed', atMs: this.nowMs })
    this.refusedOnTheRoad.clear()
    const untilMs = this.nowMs + forMs
    for (const tablet of this.tablets) for (const tab of tablet.tabs) if (tab.isFrozen) tab.thaw(this.nowMs)
    while (this.strays.length > 0) this.strayArrives()
    for (const tablet of this.tablets) this.comeToFront(tablet)
    while (this.nowMs < untilMs) {
      const hourEndsMs = Math.min(untilMs, this.nowMs + holdingsEveryMs)
      this.workUntil(hourEndsMs)
      this.waitUntil(hourEndsMs)
      for (const tablet of this.tablets) this.askHoldings(tablet)
    }
    this.workUntil(this.nowMs)
  }

  private workUntil(untilMs: number): void {
    for (;;) {
      for (const tablet of this.tablets) for (const tab of tablet.tabs) while (this.turn(tablet, tab, 'fine')) continue
      if (this.nowMs >= untilMs || this.tablets.every((tablet) => tablet.openRows().length === 0)) return
      this.waitUntil(Math.min(untilMs, ...this.wakes()))
    }
  }

  history(): History {
    return {
      lines: this.lines,
      ending: {
        atMs: this.nowMs,
        tablets: this.tablets.flatMap(({ name, rows }) => [...rows.values()].map(({ id, digest, state, held }) => ({ tablet: name, id, digest, state, held }))),
        office: this.office.stored().map(({ id, digest, whole }) => ({ id, digest, whole, opens: true })),
      },
    }
  }

  fault(kind: string): void {
    this.lines.push({ what: 'fault', kind, atMs: this.nowMs })
  }

  /** Time goes on; whoever had set an alarm for then looks. */
  waitUntil(atMs: number): void {
    this.nowMs = Math.max(this.nowMs, atMs)
    for (const tablet of this.tablets) {
      for (const tab of tablet.tabs) {
        if (tab.wakeAtMs === null || tab.wakeAtMs > this.nowMs || tab.isFrozen) continue
        tab.wakeAtMs = null
        tab.nudge('timer', this.nowMs)
      }
    }
  }

  private *wakes(): Generator<number> {
    for (const tablet of this.tablets) for (const tab of tablet.tabs) if (tab.wakeAtMs !== null) yield tab.wakeAtMs
  }

  /** Some people open the app, and perhaps press "send now"; a tablet that nobody touches must get there by its own alarms. */
  private comeToFront(tablet: SimTablet): void {
    this.askHoldings(tablet)
    if (this.chance.oneIn(3)) return
    for (const tab of tablet.tabs) tab.nudge(this.chance.oneIn(2) ? 'sendNow' : 'visible', this.nowMs)
  }

  private offerAgain(tablet: SimTablet, row: SimRow): void {
    row.state = 'queued'
    this.lines.push({ what: 'offeredAgain', tablet: tablet.name, id: row.id, atMs: this.nowMs })
  }

  private giveUp(tablet: SimTablet, row: SimRow): void {
    row.held = false
    this.lines.push({ what: 'purged', tablet: tablet.name, id: row.id, covered: true, atMs: this.nowMs })
  }

  private send(tablet: SimTablet, tab: SimTab, work: Extract<Work, { kind: 'put' | 'carry' }>, fate: Fate): void {
    const ids = work.kind === 'put' ? [work.id] : work.ids
    const half = ids.slice(0, Math.ceil(ids.length / 2))
    const none = (kind: FailureKind): Verdict[] => ids.map((id) => failed(id, kind))
    if (fate === 'arrivesLate' || fate === 'doubled') this.strays.push({ tablet, work })
    if (typeof fate === 'object') {
      this.hear(tab, work.kind === 'carry' && aboutTheCarrier.has(fate.says) ? null : none(fate.says))
    } else if (fate === 'lostBefore' || fate === 'arrivesLate') this.hear(tab, none('offline'))
    else if (fate === 'cutInHalf') {
      this.arrive(tablet, work, half)
      this.hear(tab, none('offline'))
    } else this.answer(tablet, tab, this.arrive(tablet, work), fate, half.length)
  }

  private answer(tablet: SimTablet, tab: SimTab, verdicts: readonly Verdict[], fate: Fate, heard: number): void {
    const all = (kind: FailureKind): Verdict[] => verdicts.map((one) => failed(idOf(one), kind))
    if (fate === 'lostAfter') this.hear(tab, all('offline'))
    else if (fate === 'answerFlipped') this.hear(tab, all('outcomeInvalid'))
    else if (fate === 'answerCut') this.hear(tab, verdicts.map((one, at) => (at < heard ? one : failed(idOf(one), 'officeDown'))))
    else {
      this.hear(tab, verdicts)
      if (fate === 'dieBeforeStoring') tab.die(this.nowMs)
      else if ((fate === 'diskFull' || fate === 'dieAfterStoring') && tab.work?.kind === 'settle') this.store(tablet, tab, tab.work.settlements, fate)
    }
  }

  private hear(tab: SimTab, verdicts: readonly Verdict[] | null): void {
    tab.hear(verdicts === null ? { kind: 'carrierRefused', ...tab.at(this.nowMs) } : { kind: 'answered', verdicts, ...tab.at(this.nowMs) })
  }

  private sendPart(tablet: SimTablet, tab: SimTab, id: ApplicationId, part: string, fate: Fate): void {
    const at = tab.at(this.nowMs)
    const fails = (kind: FailureKind): void => tab.hear({ kind: 'partFailed', id, part, failure: withTime(kind), ...at })
    if (fate === 'arrivesLate' || fate === 'doubled') this.strays.push({ tablet, work: { kind: 'putPart', id, part } })
    if (typeof fate === 'object') fails(fate.says)
    else if (fate === 'lostBefore' || fate === 'arrivesLate' || fate === 'cutInHalf') fails('offline')
    else if (!this.office.takePart(part)) fails('partNotAnnounced')
    else if (fate === 'lostAfter' || fate === 'answerCut') fails('offline')
    else if (fate === 'dieBeforeStoring' || fate === 'dieAfterStoring') tab.die(this.nowMs)
    else tab.hear({ kind: 'partStored', id, part, ...at })
  }

  private store(tablet: SimTablet, tab: SimTab, settlements: readonly Settlement[], fate: Fate): void {
    if (fate === 'dieBeforeStoring') {
      tab.die(this.nowMs)
      return
    }
    if (fate === 'diskFull') {
      tab.hear({ kind: 'settleFailed', ids: settlements.map(({ id }) => id), ...tab.at(this.nowMs) })
      return
    }
    for (const { id, state } of settlements) {
      const row = tablet.rows.get(id)
      if (row === undefined || row.state === 'complete') continue
      row.state = state
      this.lines.push({ what: 'settled', tablet: tablet.name, id, state, atMs: this.nowMs })
    }
    if (fate === 'dieAfterStoring') tab.die(this.nowMs)
    else tab.hear({ kind: 'settled', settlements, ...tab.at(this.nowMs) })
  }

  /** What reaches the office, and what it says about each. */
  private arrive(tablet: SimTablet, work: Work, only: readonly ApplicationId[] | null = null): readonly Verdict[] {
    if (work.kind === 'putPart') {
      this.office.takePart(work.part)
      return []
    }
    if (work.kind === 'settle') return []
    const ids = only ?? (work.kind === 'put' ? [work.id] : work.ids)
    return ids.flatMap((id): Verdict[] => {
      const [row, refused] = [tablet.rows.get(id), this.refusedOnTheRoad.get(id)]
      if (refused !== undefined) {
        this.fault('refusedOnTheRoad')
        return [failed(id, refused)]
      }
      return row === undefined ? [] : [{ kind: 'outcome', settlement: settlementOf(id, this.office.take(row)) }]
    })
  }
}

/** Unsigned refusals of a whole batch, which say nothing about its applications (deliver.ts). */
const aboutTheCarrier: ReadonlySet<FailureKind> = new Set(['malformed', 'digestMismatch', 'notFound', 'conflict', 'tooLarge', 'unsupportedType', 'deviceUnknown', 'partTooLarge', 'notSignedIn', 'updateNeeded'])

const failed = (id: ApplicationId, kind: FailureKind): Verdict => ({ kind: 'failed', id, failure: withTime(kind) })

/** An office that names a time names an absurd one. */
function withTime(kind: FailureKind): Failure {
  return failures[kind].reaction === 'officeTime' ? { kind, retryAfterMs: 365 * 86_400_000 } : failure(kind)
}
const idOf = (verdict: Verdict): ApplicationId => (verdict.kind === 'failed' ? verdict.id : verdict.settlement.id)

function settlementOf(id: ApplicationId, { kind, missing }: OfficeAnswer): Settlement {
  return { id, state: kind, outcome: 'signed', reason: null, missing }
}
