import { describe, expect, it } from 'vitest'
import { failure } from '../../../../core/failures.ts'
import type { ApplicationId } from '../../../../core/ids.ts'
import { backoffMs } from '../../../../src/offline/outbox/backoff.ts'
import { emptyOutbox, type Effect, type Item, type OutboxEvent, type OutboxState } from '../../../../src/offline/outbox/state.ts'
import { step } from '../../../../src/offline/outbox/step.ts'

const id = (number: number): ApplicationId => `01920000-0000-7000-8000-${String(number).padStart(12, '0')}` as ApplicationId
const anItem = (number: number, change: Partial<Item> = {}): Item => ({
  id: id(number),
  sequence: number,
  sizeBytes: 13_000,
  fitsCarrier: true,
  state: 'queued',
  sealedBy: 'presentKey',
  missing: null,
  tries: 0,
  refusals: 0,
  nextAtMs: null,
  ...change,
})
const at = (atMs: number) => ({ atMs, chance: 0.5 })
const part = 'p'.repeat(43)

/** Feeds events in order and gives the last state and its effects. */
function after(events: readonly OutboxEvent[], state: OutboxState = emptyOutbox): readonly [OutboxState, readonly Effect[]] {
  return events.reduce<readonly [OutboxState, readonly Effect[]]>(([before], event) => step(before, event), [state, []])
}

describe('parts', () => {
  const received = anItem(1, { state: 'received', missing: [part, 'q'.repeat(43)] })

  it('follow the text at once and one by one, then the same bytes ask for `complete`', () => {
    const [one, first] = after([{ kind: 'loaded', items: [received], ...at(0) }])
    const [two, second] = step(one, { kind: 'partStored', id: received.id, part, ...at(1) })
    const [, third] = step(two, { kind: 'partStored', id: received.id, part: 'q'.repeat(43), ...at(2) })

    expect(first).toEqual([{ kind: 'putPart', id: received.id, part }])
    expect(second).toEqual([{ kind: 'noteParts', paused: false }, { kind: 'putPart', id: received.id, part: 'q'.repeat(43) }])
    expect(third).toEqual([{ kind: 'put', id: received.id }])
  })

  it('too large for the office pause, while text goes on', () => {
    const [paused, said] = after([
      { kind: 'loaded', items: [received], ...at(0) },
      { kind: 'partFailed', id: received.id, part, failure: failure('partTooLarge'), ...at(1) },
    ])
    const [, effects] = step(paused, { kind: 'loaded', items: [received, anItem(2)], ...at(2) })

    expect(paused.partsPausedUntilMs).toBe(1 + 15 * 60_000)
    expect(said).toContainEqual({ kind: 'noteParts', paused: true })
    expect(effects).toEqual([{ kind: 'put', id: id(2) }])
  })

  it('go after the text of others', () => {
    const [, effects] = after([{ kind: 'loaded', items: [received, anItem(2), anItem(3)], ...at(0) }])

    expect(effects).toEqual([{ kind: 'carry', ids: [id(2), id(3)] }])
  })

  it('that the office does not know as announced delay their application only', () => {
    const [, effects] = after([
      { kind: 'loaded', items: [received, anItem(2, { state: 'received', missing: [part] })], ...at(0) },
      { kind: 'partFailed', id: received.id, part, failure: failure('partNotAnnounced'), ...at(1) },
    ])

    expect(effects).toContainEqual({ kind: 'putPart', id: id(2), part })
  })

  it('whose answer never came are asked about before they are sent again', () => {
    const [, effects] = after([
      { kind: 'loaded', items: [received], ...at(0) },
      { kind: 'partFailed', id: received.id, part, failure: failure('offline'), ...at(1) },
      { kind: 'nudged', why: 'sendNow', ...at(2) },
    ])

    expect(effects.at(-1)).toEqual({ kind: 'put', id: received.id })
  })

  it('asked about again without progress wait like any other try', () => {
    const settlement = { id: received.id, state: 'received', outcome: 'x', reason: null, missing: [part] } as const
    const [, effects] = after([
      { kind: 'loaded', items: [{ ...received, missing: [] }], ...at(0) },
      { kind: 'answered', verdicts: [{ kind: 'outcome', settlement }], ...at(1) },
      { kind: 'settled', settlements: [settlement], ...at(2) },
    ])

    expect(effects.at(-1)).toEqual({ kind: 'wake', atMs: 2 + 1_000 })
  })
})

describe('an application that always fails', () => {
  it('goes behind the others, and alone once it failed more often than they did', () => {
    const [, effects] = after([{ kind: 'loaded', items: [anItem(1, { tries: 4 }), anItem(2), anItem(3)], ...at(0) }])

    expect(effects).toEqual([{ kind: 'carry', ids: [id(2), id(3)] }])
  })
})

describe('a batch', () => {
  it('doubles while it works and halves when it does not', () => {
    const items = Array.from({ length: 40 }, (_, index) => anItem(index + 1))
    const [first, [carry]] = after([{ kind: 'loaded', items, ...at(0) }])
    const lost = items.slice(0, 8).map((item) => ({ kind: 'failed' as const, id: item.id, failure: failure('offline') }))
    const [halved] = step(first, { kind: 'answered', verdicts: lost, ...at(1) })

    expect(carry).toMatchObject({ kind: 'carry', ids: items.slice(0, 8).map((item) => item.id) })
    expect(halved.batch).toBe(4)
  })

  it('leaves out what is too large for a line, which goes by itself', () => {
    const [, effects] = after([{ kind: 'loaded', items: [anItem(1, { fitsCarrier: false }), anItem(2), anItem(3)], ...at(0) }])

    expect(effects).toEqual([{ kind: 'put', id: id(1) }])
  })

  it('stays under a mebibyte', () => {
    const items = Array.from({ length: 8 }, (_, index) => anItem(index + 1, { sizeBytes: 400_000 }))
    const [, [carry]] = after([{ kind: 'loaded', items, ...at(0) }])

    expect(carry).toEqual({ kind: 'carry', ids: [id(1), id(2)] })
  })
})

describe('a reason to try', () => {
  const down: OutboxEvent[] = [
    { kind: 'loaded', items: [anItem(1)], ...at(0) },
    { kind: 'answered', verdicts: [{ kind: 'failed', id: id(1), failure: failure('offline') }], ...at(0) },
  ]

  it.each(['online', 'visible', 'queued', 'sendNow', 'started', 'sync'] as const)('(%s) sends at once', (why) => {
    const [, effects] = after([...down, { kind: 'nudged', why, ...at(1) }])

    expect(effects).toContainEqual({ kind: 'put', id: id(1) })
  })

  it('lifts a pause only when it comes from a person or a new start', () => {
    const paused: OutboxEvent[] = [
      { kind: 'loaded', items: [anItem(1)], ...at(0) },
      { kind: 'answered', verdicts: [{ kind: 'failed', id: id(1), failure: failure('deviceRevoked') }], ...at(0) },
    ]

    expect(after([...paused, { kind: 'nudged', why: 'visible', ...at(1) }])[1]).toEqual([{ kind: 'wake', atMs: 15 * 60_000 }])
    expect(after([...paused, { kind: 'nudged', why: 'sendNow', ...at(1) }])[1]).toContainEqual({ kind: 'put', id: id(1) })
  })

  it('starts nothing while a request is in the air', () => {
    const [, effects] = after([
      { kind: 'loaded', items: [anItem(1)], ...at(0) },
      { kind: 'nudged', why: 'sendNow', ...at(1) },
    ])

    expect(effects).toEqual([])
  })
})

describe('a tablet with a new key', () => {
  const gone = (number: number) => ({ kind: 'failed', id: id(number), failure: failure('deviceRevoked') }) as const
  const paused: OutboxEvent[] = [
    { kind: 'loaded', items: [anItem(1)], ...at(0) },
    { kind: 'answered', verdicts: [gone(1)], ...at(0) },
  ]

  it('is not held up by the pause of the key before, whoever looks next', () => {
    const [state, effects] = after([...paused, { kind: 'loaded', items: [anItem(1, { sealedBy: 'earlierKey' }), anItem(2)], ...at(1) }])

    expect(state.road).toEqual({ state: 'unknown', because: null, untilMs: null, tries: 0 })
    expect(effects).toEqual([{ kind: 'noteRoad', state: 'unknown', because: null }, { kind: 'put', id: id(2) }])
  })

  it('keeps to a pause of its own, and to the time that a busy office named', () => {
    const busy: OutboxEvent[] = [
      { kind: 'loaded', items: [anItem(1)], ...at(0) },
      { kind: 'answered', verdicts: [{ kind: 'failed', id: id(1), failure: { kind: 'busy', retryAfterMs: 60_000 } }], ...at(0) },
    ]
    const changed: OutboxEvent = { kind: 'loaded', items: [anItem(1, { sealedBy: 'earlierKey' }), anItem(2)], ...at(1) }
    const own: OutboxEvent = { kind: 'loaded', items: [anItem(1), anItem(2, { sealedBy: 'earlierKey' })], ...at(1) }

    expect(after([...busy, changed])[1]).toEqual([{ kind: 'wake', atMs: 60_000 }])
    expect(after([...paused, own])[1]).toEqual([{ kind: 'wake', atMs: 15 * 60_000 }])
  })

  it('hears 410 about an old application in one carrier with new ones, and waits for that one alone', () => {
    const items = [anItem(1, { sealedBy: 'earlierKey' }), anItem(2)]
    const settlement = { id: id(2), state: 'complete', outcome: 'x', reason: null, missing: [] } as const
    const [state, effects] = after([
      { kind: 'loaded', items, ...at(0) },
      { kind: 'answered', verdicts: [gone(1), { kind: 'outcome', settlement }], ...at(1) },
      { kind: 'settled', settlements: [settlement], ...at(2) },
    ])

    expect(state.road).toMatchObject({ state: 'reachable', untilMs: null })
    expect(effects).toEqual([{ kind: 'wake', atMs: 1 + 1000 }])
  })

  it('is paused when 410 is said of its new key too, in whatever order', () => {
    for (const verdicts of [[gone(1), gone(2)], [gone(2), gone(1)]]) {
      const [state] = after([{ kind: 'loaded', items: [anItem(1, { sealedBy: 'earlierKey' }), anItem(2)], ...at(0) }, { kind: 'answered', verdicts, ...at(1) }])

      expect(state.road).toMatchObject({ state: 'paused', because: 'deviceRevoked' })
    }
  })
})

describe('the state of an application', () => {
  it('changes only when its outcome is stored, not when it arrives', () => {
    const settlement = { id: id(1), state: 'complete', outcome: 'x', reason: null, missing: [] } as const
    const [arrived, effects] = after([
      { kind: 'loaded', items: [anItem(1)], ...at(0) },
      { kind: 'answered', verdicts: [{ kind: 'outcome', settlement }], ...at(1) },
    ])
    const [stored] = step(arrived, { kind: 'settled', settlements: [settlement], ...at(2) })

    expect(arrived.items.get(id(1))?.state).toBe('queued')
    expect(effects).toContainEqual({ kind: 'settle', settlements: [settlement] })
    expect(stored.items.size).toBe(0)
  })
})

describe('the delay', () => {
  it('is anything from nothing to 2 s, doubling to 5 min', () => {
    expect([1, 2, 3, 8, 9, 40].map((tries) => backoffMs(tries, 0.999999))).toEqual([1_999, 3_999, 7_999, 255_999, 299_999, 299_999])
    expect(backoffMs(9, 0)).toBe(0)
  })
})
