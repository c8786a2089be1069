// Random histories of the outbox. First the reducer alone against a model of disk and office, thousands of steps; then the
// whole offline half on real tables, with kills. After every history: nothing lost, nothing twice, the bytes of an id never
// changed, and once the road is good every application that can be delivered is, whatever the bad ones do.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { failure, type FailureKind } from '../../core/failures.ts'
import type { ApplicationId } from '../../core/ids.ts'
import { emptyOutbox, type Effect, type Item, type Nudge, type OutboxEvent, type OutboxState, type Verdict } from '../../src/offline/outbox/state.ts'
import { step } from '../../src/offline/outbox/step.ts'
import type { Settlement } from '../../src/offline/outbox/queue.ts'
import { anApplication, aRunner, aWorkingTablet, outboxNow, unlocked } from '../support/offline/aTablet.ts'
import type { RoadState } from '../support/offline/fakeOffice.ts'

const id = (number: number): ApplicationId => `01920000-0000-7000-8000-${String(number).padStart(12, '0')}` as ApplicationId
const partOf = (number: number): string => String(number).padStart(43, 'p')

/** What the road and the office do with one request. */
type Fate = 'fine' | 'lostBefore' | 'lostAfter' | 'diskFull' | FailureKind
const fates = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Fate>('fine') },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Fate[]>('lostBefore', 'lostAfter', 'diskFull', 'captivePortal', 'outcomeInvalid', 'officeDown', 'timeout', 'busy', 'unavailable', 'malformed', 'deviceRevoked', 'idTaken', 'partTooLarge', 'tooLarge'),
  },
)

interface Row {
  readonly sequence: number
  state: 'queued' | 'received' | 'complete' | 'refused'
  readonly parts: readonly string[]
}

/** `bad` is refused unsigned for ever, `poison` kills every request that carries it, `unwanted` gets a signed no. */
type Kind = 'plain' | 'withParts' | 'bad' | 'poison' | 'unwanted'

/** A tablet's disk and an office, for the reducer alone. */
class World {
  readonly disk = new Map<ApplicationId, Row>()
  readonly office = new Map<ApplicationId, number>()
  readonly officeParts = new Set<string>()
  readonly bad = new Set<ApplicationId>()
  readonly poison = new Set<ApplicationId>()
  readonly unwanted = new Set<ApplicationId>()
  /** What the office took in, in order: its ledger. */
  readonly ledger: string[] = []
  state: OutboxState = emptyOutbox
  todo: Effect[] = []
  nowMs = 0
  wakeAtMs: number | null = null

  finalise(number: number, kind: Kind): void {
    const parts = kind === 'withParts' ? [partOf(number * 2), partOf(number * 2 + 1)] : []
    this.disk.set(id(number), { sequence: number, state: 'queued', parts })
    if (kind === 'bad') this.bad.add(id(number))
    if (kind === 'poison') this.poison.add(id(number))
    if (kind === 'unwanted') this.unwanted.add(id(number))
    this.nudge('queued')
  }

  nudge(why: Nudge): void {
    const items = [...this.disk].flatMap(([one, row]): Item[] =>
      row.state === 'queued' || row.state === 'received'
        ? [{ id: one, sequence: row.sequence, sizeBytes: 13_000, fitsCarrier: true, sealedBy: 'presentKey', state: row.state, missing: null, tries: 0, refusals: 0, nextAtMs: null }]
        : [],
    )
    this.apply({ kind: 'loaded', items, ...this.now() })
    this.apply({ kind: 'nudged', why, ...this.now() })
  }

  /** The process dies: memory is gone, disk and office stay. */
  kill(): void {
    this.state = emptyOutbox
    this.todo = []
    this.wakeAtMs = null
    this.nudge('started')
  }

  /** The office is put back to what it was after its first `events`: it forgets the rest, and the tablet is not told. */
  putBack(events: number): void {
    this.ledger.splice(events)
    const kept = new Set(this.ledger)
    for (const one of [...this.office.keys()]) if (!kept.has(one)) this.office.delete(one)
    for (const part of [...this.officeParts]) if (!kept.has(part)) this.officeParts.delete(part)
  }

  /** The tablet asks what the office lacks of all that was ever answered: that goes back to `queued`, verdicts too. */
  offerAgain(): void {
    for (const [one, row] of this.disk) {
      const isWhole = this.office.has(one) && row.parts.every((part) => this.officeParts.has(part))
      if (row.state !== 'queued' && !isWhole) row.state = 'queued'
    }
    this.nudge('queued')
  }

  turn(byMs: number): void {
    this.nowMs += byMs
    this.nudge('timer')
  }

  apply(event: OutboxEvent): void {
    const [state, effects] = step(this.state, event)
    this.state = state
    for (const effect of effects) {
      if (effect.kind === 'wake') this.wakeAtMs = effect.atMs
      else if (effect.kind === 'carry' || effect.kind === 'put' || effect.kind === 'putPart' || effect.kind === 'settle') this.todo.push(effect)
    }
  }

  /** Runs the next effect with a fate. False when there was none. */
  work(fate: Fate): boolean {
    const effect = this.todo.shift()
    if (effect === undefined) return false
    if (effect.kind === 'settle') this.settle(effect.settlements, fate)
    else if (effect.kind === 'putPart') this.putPart(effect.id, effect.part, fate)
    else if (effect.kind === 'put') this.send([effect.id], fate)
    else if (effect.kind === 'carry') this.send(effect.ids, fate)
    return true
  }

  private settle(settlements: readonly Settlement[], fate: Fate): void {
    if (fate === 'diskFull') {
      this.apply({ kind: 'settleFailed', ids: settlements.map((one) => one.id), ...this.now() })
      return
    }
    for (const { id: one, state } of settlements) {
      const row = this.disk.get(one)
      if (row !== undefined) row.state = state === 'disputed' ? 'refused' : state
    }
    this.apply({ kind: 'settled', settlements, ...this.now() })
  }

  private putPart(one: ApplicationId, part: string, fate: Fate): void {
    const isAnnounced = [...this.office.keys()].some((known) => this.disk.get(known)?.parts.includes(part))
    const arrives = fate === 'fine' || fate === 'lostAfter'
    if (arrives && isAnnounced && !this.officeParts.has(part)) {
      this.officeParts.add(part)
      this.ledger.push(part)
    }
    if (fate === 'fine' && !isAnnounced) {
      this.apply({ kind: 'partFailed', id: one, part, failure: failure('partNotAnnounced'), ...this.now() })
      return
    }
    if (fate === 'fine' || fate === 'diskFull') {
      this.apply({ kind: 'partStored', id: one, part, ...this.now() })
      return
    }
    const kind = fate === 'lostBefore' || fate === 'lostAfter' ? 'offline' : fate
    this.apply({ kind: 'partFailed', id: one, part, failure: failure(kind), ...this.now() })
  }

  private send(ids: readonly ApplicationId[], fate: Fate): void {
    if (ids.some((one) => this.poison.has(one))) {
      this.apply({ kind: 'answered', verdicts: ids.map((one) => failed(one, 'officeDown')), ...this.now() })
      return
    }
    const arrives = fate === 'fine' || fate === 'lostAfter' || fate === 'diskFull'
    const verdicts = ids.map((one) => (arrives ? this.accept(one) : failed(one, fate === 'lostBefore' ? 'offline' : fate)))
    const heard = fate === 'lostAfter' ? ids.map((one) => failed(one, 'offline')) : verdicts
    this.apply({ kind: 'answered', verdicts: heard, ...this.now() })
  }

  private accept(one: ApplicationId): Verdict {
    if (this.bad.has(one)) return failed(one, 'malformed')
    const settled = (state: Settlement['state'], missing: string[]): Verdict => ({
      kind: 'outcome',
      settlement: { id: one, state, outcome: 'signed', reason: null, missing },
    })
    if (this.unwanted.has(one)) return settled('refused', [])
    if (!this.office.has(one)) this.ledger.push(one)
    this.office.set(one, 1)
    const missing = (this.disk.get(one)?.parts ?? []).filter((part) => !this.officeParts.has(part))
    return settled(missing.length === 0 ? 'complete' : 'received', missing)
  }

  /** The road is good from now on: works and waits until nothing changes any more, or the patience is over. */
  heal(): void {
    this.nudge('sendNow')
    for (let rounds = 0; rounds < 4_000; rounds += 1) {
      if (this.work('fine')) continue
      if (this.waiting().every((one) => this.isHopeless(one))) return
      if (this.wakeAtMs === null) return
      this.nowMs = Math.max(this.nowMs, this.wakeAtMs)
      this.nudge('timer')
    }
  }

  isHopeless(one: ApplicationId): boolean {
    return this.bad.has(one) || this.poison.has(one)
  }

  waiting(): ApplicationId[] {
    return [...this.disk].filter(([, { state }]) => state === 'queued' || state === 'received').map(([one]) => one)
  }

  private now(): { atMs: number; chance: number } {
    return { atMs: this.nowMs, chance: 0.5 }
  }
}

const failed = (one: ApplicationId, kind: FailureKind): Verdict => ({ kind: 'failed', id: one, failure: failure(kind) })

type Deed =
  | { readonly do: 'finalise'; readonly kind: Kind }
  | { readonly do: 'work'; readonly fate: Fate }
  | { readonly do: 'nudge'; readonly why: Nudge }
  | { readonly do: 'turn'; readonly ms: number }
  | { readonly do: 'kill' }
  /** So many thousandths of the office's ledger are kept. */
  | { readonly do: 'putBack'; readonly kept: number }
  | { readonly do: 'offerAgain' }

const deeds = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('finalise' as const), kind: fc.constantFrom<Kind[]>('plain', 'plain', 'withParts', 'bad', 'poison', 'unwanted') }) },
    { weight: 10, arbitrary: fc.record({ do: fc.constant('work' as const), fate: fates }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('nudge' as const), why: fc.constantFrom<Nudge[]>('online', 'visible', 'sendNow', 'sync', 'timer') }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('turn' as const), ms: fc.integer({ min: 0, max: 600_000 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('kill' as const) }) },
  ),
  { minLength: 1, maxLength: 120 },
)

const restores = fc.oneof(
  fc.record({ do: fc.constant('putBack' as const), kept: fc.integer({ min: 0, max: 1000 }) }),
  fc.record({ do: fc.constant('offerAgain' as const) }),
)
const deedsWithRestores = fc.array(fc.oneof({ weight: 8, arbitrary: deeds.map((some) => some.slice(0, 12)) }, { weight: 2, arbitrary: restores.map((one): Deed[] => [one]) }), { minLength: 1, maxLength: 12 }).map((some) => some.flat())

function live(history: readonly Deed[], check: (world: World) => void = () => undefined): World {
  const world = new World()
  let number = 0
  for (const deed of history) {
    if (deed.do === 'finalise') world.finalise((number += 1), deed.kind)
    else if (deed.do === 'work') world.work(deed.fate)
    else if (deed.do === 'nudge') world.nudge(deed.why)
    else if (deed.do === 'turn') world.turn(deed.ms)
    else if (deed.do === 'putBack') world.putBack(Math.floor((world.ledger.length * deed.kept) / 1000))
    else if (deed.do === 'offerAgain') world.offerAgain()
    else world.kill()
    check(world)
  }
  return world
}

describe('the reducer, after any history', () => {
  it('never says complete of what the office does not hold', () => {
    fc.assert(
      fc.property(deeds, (history) => {
        live(history, ({ disk, office, officeParts }) => {
          for (const [one, { state, parts }] of disk) {
            if (state === 'complete') expect(office.has(one) && parts.every((part) => officeParts.has(part))).toBe(true)
          }
        })
      }),
      { numRuns: 300 },
    )
  })

  it('has lost nothing', () => {
    fc.assert(
      fc.property(deeds, (history) => {
        const finalised = history.filter((deed) => deed.do === 'finalise').length

        expect(live(history).disk.size).toBe(finalised)
      }),
      { numRuns: 300 },
    )
  })

  it('brings every good application home once the road is good, whatever the bad ones do', () => {
    fc.assert(
      fc.property(deeds, (history) => {
        const world = live(history)

        world.heal()

        expect(world.waiting().filter((one) => !world.isHopeless(one))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it('brings every good application to an office that was put back at any moment, once the tablet has asked what it lacks', () => {
    fc.assert(
      fc.property(deedsWithRestores, (history) => {
        const world = live(history)

        const bad = (one: ApplicationId): boolean => world.isHopeless(one) || world.unwanted.has(one)
        world.heal()
        const stuck = world.waiting().filter((one) => !bad(one))
        world.offerAgain()
        world.heal()

        expect(stuck).toEqual([])
        const good = [...world.disk].filter(([one]) => !bad(one))
        expect(good.filter(([one, { state, parts }]) => state !== 'complete' || !world.office.has(one) || !parts.every((part) => world.officeParts.has(part)))).toEqual([])
        expect(new Set(world.ledger).size).toBe(world.ledger.length)
      }),
      { numRuns: 300 },
    )
  })

  it('has at most one request in the air', () => {
    fc.assert(
      fc.property(deeds, (history) => {
        live(history, ({ todo }) => {
          expect(todo.length).toBeLessThanOrEqual(1)
        })
      }),
      { numRuns: 300 },
    )
  })
})

const tabletDeeds = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('finalise' as const) }) },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('send' as const),
        road: fc.constantFrom<RoadState[]>('up', 'down', 'loseAnswer', 'portal', 'redirect', { bare: 500 }, { bare: 404 }, { status: 'busy', retryAfter: '5' }, { status: 'deviceUnknown' }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('kill' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('turn' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('sendFromTwoTabs' as const) }) },
  ),
  { minLength: 2, maxLength: 12 },
)

describe('the tablet on real tables, after any history with kills', () => {
  it('has delivered each application once, with the bytes it was sealed to', async () => {
    await fc.assert(
      fc.asyncProperty(tabletDeeds, async (history) => {
        const first = await aWorkingTablet()
        const { device } = first
        const { office } = device
        let page: { tablet: typeof first.tablet; db: typeof first.db; ports: typeof first.ports } = first
        let runner = aRunner(page)
        const finalised: ApplicationId[] = []
        for (const deed of history) {
          if (deed.do === 'finalise') finalised.push(await anApplication(page.tablet))
          else if (deed.do === 'turn') device.time.turn(400_000)
          else if (deed.do === 'kill') {
            runner.stop()
            page.db.close()
            page = device.page()
            await unlocked(page.tablet)
            runner = aRunner(page)
          } else {
            office.road = deed.do === 'send' ? deed.road : 'up'
            const other = deed.do === 'sendFromTwoTabs' ? aRunner(device.page({ locks: { hold: async (_name, _how, work) => (await work(), 'ran') } })) : null
            await Promise.all([runner.run('online'), other?.run('online')])
          }
        }
        office.road = 'up'
        device.time.turn(20 * 60_000)
        await runner.run('sendNow')

        const { items } = await outboxNow(page.db)
        expect(items.map(({ id: one }) => one).sort()).toEqual([...finalised].sort())
        expect(items.every(({ state }) => state === 'complete')).toBe(true)
        expect([...office.stored.keys()].sort()).toEqual([...finalised].sort())
        expect([...office.seen.values()].every(({ size }) => size === 1)).toBe(true)
        expect([...office.stored.values()].map(({ header }) => header.seq).sort((one, two) => one - two)).toEqual(finalised.map((_, index) => index + 1))
      }),
      { numRuns: 12 },
    )
  })
})
