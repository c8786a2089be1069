import { describe, expect, it } from 'vitest'
import { askedBefore, newestOf, openActs } from '../../../desk/acts.ts'
import { aCaseEvent, aCaseFile, aCaseRow } from '../../support/deskCases.ts'

describe('what an officer may do', () => {
  it.each([
    ['received', ['accept', 'supplement', 'refuse']],
    ['beingChecked', ['accept', 'supplement', 'refuse']],
    ['supplementAsked', ['accept', 'supplement', 'refuse']],
    ['inQuarantine', ['release']],
    ['accepted', []],
    ['refused', []],
  ] as const)('with a case that is %s', (status, acts) => {
    expect(openActs(aCaseFile({ case: aCaseRow({ status }) }))).toEqual(acts)
  })

  it('is nothing while the content cannot be opened', () => {
    expect(openActs(aCaseFile({ application: null }))).toEqual([])
  })

  it('knows that a supplement was asked for before', () => {
    expect(askedBefore(aCaseFile())).toBe(false)
    expect(askedBefore(aCaseFile({ events: [aCaseEvent({ kind: 'supplementAsked', by: 'lan', note: '' })] }))).toBe(true)
  })
  it('counts for the newest event that is shown, in whatever order they stand', () => {
    expect(newestOf(aCaseFile({ events: [aCaseEvent({ seq: 7 }), aCaseEvent({ seq: 12 }), aCaseEvent({ seq: 9 })] }))).toBe(12)
  })
})
