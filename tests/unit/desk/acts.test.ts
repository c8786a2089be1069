import { describe, expect, it } from 'vitest'
import { askedBefore, openActs } from '../../../desk/acts.ts'
import { aCaseFile, aCaseRow } from '../../support/deskCases.ts'

const at = '2026-11-24T01:20:00.000Z'

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
    expect(askedBefore(aCaseFile({ events: [{ seq: 1, kind: 'supplementAsked', at, by: 'lan', note: '', code: null, resultOn: null }] }))).toBe(true)
  })
})
