import { describe, expect, it } from 'vitest'
import type { EventKind } from '../../../../core/application/events.ts'
import { statusOf } from '../../../../core/application/status.ts'

const history = (...kinds: EventKind[]) => kinds.map((kind, at) => ({ seq: at + 1, kind, at: '2026-11-24T00:00:00Z' }))

describe('the status of a case', () => {
  it.each<[string, EventKind[]]>([
    ['received', ['received', 'complete']],
    ['beingChecked', ['received', 'complete', 'opened']],
    ['beingChecked', ['received', 'invalid', 'badgeDoubtful']],
    ['inQuarantine', ['received', 'packUnknown']],
    ['inQuarantine', ['received', 'unreadable']],
    ['inQuarantine', ['received', 'quarantined']],
    ['beingChecked', ['received', 'quarantined', 'released']],
    ['beingChecked', ['received', 'packUnknown', 'opened']],
    ['accepted', ['received', 'opened', 'accepted']],
    ['supplementAsked', ['received', 'opened', 'supplementAsked']],
    ['refused', ['received', 'opened', 'refused']],
    ['accepted', ['received', 'opened', 'supplementAsked', 'accepted']],
  ])('is %s after %j', (status, kinds) => {
    expect(statusOf(history(...kinds))).toBe(status)
  })

  it('that an officer gave is not undone by anything the office does by itself', () => {
    expect(statusOf(history('received', 'opened', 'accepted', 'complete', 'opened', 'disputed'))).toBe('accepted')
  })

  it('does not depend on the order or repetition in which a tablet hears of events', () => {
    const events = history('received', 'opened', 'supplementAsked', 'accepted')

    expect(statusOf([...events].reverse().concat(events))).toBe('accepted')
  })
})
