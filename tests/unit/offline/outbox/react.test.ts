// Every kind of failure, one reaction (invariant 7): what it does to its application and to the road, written out. A kind
// that is missing here fails the first test.
import { describe, expect, it } from 'vitest'
import { failures, type FailureKind } from '../../../../core/failures.ts'
import type { ApplicationId } from '../../../../core/ids.ts'
import { react } from '../../../../src/offline/outbox/react.ts'
import type { Item, Road } from '../../../../src/offline/outbox/state.ts'

const minute = 60_000
const now = { atMs: 1_000_000, chance: 0.5 }
const item: Item = {
  ...{ id: '01920000-0000-7000-8000-000000000001' as ApplicationId, sequence: 1, sizeBytes: 13_000, fitsCarrier: true },
  ...{ state: 'queued', sealedBy: 'presentKey', missing: null, tries: 0, refusals: 0, nextAtMs: null },
}
const road: Road = { state: 'reachable', because: null, untilMs: null, tries: 0 }

/** What a person would see, and for how long the road is left alone. */
function seenOf(kind: FailureKind, retryAfterMs?: number): string {
  const failure = retryAfterMs === undefined ? { kind } : { kind, retryAfterMs }
  const { item: after, road: way, effects } = react(item, road, failure, now)
  const pause = way.untilMs === null ? '' : ` for ${way.untilMs - now.atMs} ms`
  const delay = after.nextAtMs === null ? '' : `, this one waits ${after.nextAtMs - now.atMs} ms`
  return [`${way.state}${pause}${delay}`, ...effects.map((effect) => effect.kind)].join('; ')
}

const delayed = 'reachable, this one waits 1000 ms; noteRefusal'
const expected: Readonly<Record<FailureKind, string>> = {
  offline: 'unreachable for 1000 ms',
  timeout: 'unreachable for 1000 ms',
  officeDown: 'unreachable for 1000 ms',
  captivePortal: 'portal for 30000 ms',
  outcomeInvalid: 'portal for 30000 ms; refreshKeys',
  busy: 'waiting for 1000 ms',
  unavailable: 'waiting for 1000 ms',
  officeFull: 'waiting for 1000 ms',
  deviceRevoked: `paused for ${15 * minute} ms`,
  storageFull: 'reachable, this one waits 1000 ms; makeRoom',
  malformed: delayed,
  digestMismatch: delayed,
  notFound: delayed,
  conflict: delayed,
  tooLarge: delayed,
  unsupportedType: delayed,
  wireVersionUnknown: delayed,
  deviceUnknown: delayed,
  headerMismatch: delayed,
  idTaken: delayed,
  partTooLarge: delayed,
  partNotAnnounced: delayed,
  notSignedIn: delayed,
  forbidden: delayed,
  updateNeeded: delayed,
  ticketInvalid: delayed,
  ticketSpent: delayed,
  badgeCodeInvalid: delayed,
  badgeInvalid: delayed,
  rootMismatch: delayed,
  keySetInvalid: delayed,
  keySetOlder: delayed,
  unreadable: delayed,
  codeTaken: delayed,
  packUnknown: delayed,
  packInvalid: delayed,
  packTooNew: delayed,
  answersInvalid: delayed,
  locked: delayed,
  passphraseWrong: delayed,
  cannotDecrypt: delayed,
  draftChanged: delayed,
  tooLargeToSeal: delayed,
  storageBroken: delayed,
  databaseNewer: delayed,
  databaseBlocked: delayed,
}

describe('an unsigned failure of a delivery', () => {
  it('has one reaction for every kind there is', () => {
    expect(Object.keys(expected).sort()).toEqual(Object.keys(failures).sort())
  })

  it.each(Object.keys(expected) as FailureKind[])('%s', (kind) => {
    expect(seenOf(kind)).toBe(expected[kind])
  })

  it.each(Object.keys(expected) as FailureKind[])('%s never changes a state and always counts as a try', (kind) => {
    expect(react(item, road, { kind }, now).item).toMatchObject({ state: 'queued', tries: 1 })
  })
})

describe('a 410 about an application that an earlier key of this tablet sealed', () => {
  const earlier: Item = { ...item, sealedBy: 'earlierKey' }

  it('delays that application alone and leaves the road as it is', () => {
    for (const before of [road, { ...road, state: 'unknown' } as const]) {
      const { item: after, road: way, effects } = react(earlier, before, { kind: 'deviceRevoked' }, now)

      expect(way).toBe(before)
      expect(after).toMatchObject({ state: 'queued', tries: 1, refusals: 1, nextAtMs: now.atMs + 1000 })
      expect(effects).toEqual([{ kind: 'noteRefusal', id: item.id, failure: 'deviceRevoked', attempts: 1, nextAtMs: now.atMs + 1000 }])
    }
  })

  it.each((Object.keys(expected) as FailureKind[]).filter((kind) => kind !== 'deviceRevoked'))('(any other failure, %s, is what it is for every application)', (kind) => {
    const [one, other] = [react(item, road, { kind }, now), react(earlier, road, { kind }, now)]

    expect({ ...other, item: { ...other.item, sealedBy: 'presentKey' } }).toEqual(one)
  })
})

describe("the office's own time", () => {
  it.each([
    [1_000, 1_000],
    [15 * minute, 15 * minute],
    [15 * minute + 1, 15 * minute],
    [86_400_000, 15 * minute],
    [0, 0],
  ])('of %i ms is kept for %i ms', (named, kept) => {
    for (const kind of ['busy', 'unavailable', 'officeFull'] as const) expect(seenOf(kind, named)).toBe(`waiting for ${kept} ms`)
  })
})
