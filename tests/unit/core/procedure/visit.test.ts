import { describe, expect, it } from 'vitest'
import { newApplicationId } from '../../../../core/ids.ts'
import { longestVisitMs, newVisit, readVisit, visitorOf, withApplication } from '../../../../core/procedure/visit.ts'

const nowMs = Date.parse('2026-11-23T02:00:00.000Z')
const id = newApplicationId(nowMs, new Uint8Array(10))
const visit = withApplication({ ...newVisit(nowMs), facts: { 'self.fullName': { value: 'Trần Thị Bé', origin: 'card' } } }, id)
const kept = (change: object = {}): unknown => JSON.parse(JSON.stringify({ ...visit, ...change }))

describe('a visit', () => {
  it('is read as it was kept', () => {
    expect(readVisit(kept(), nowMs + 1)).toEqual(visit)
  })

  it('is over after half a day, whoever forgot to end it', () => {
    expect(readVisit(kept(), nowMs + longestVisitMs)).toEqual(visit)
    expect(readVisit(kept(), nowMs + longestVisitMs + 1)).toBeNull()
  })

  it('keeps no fact that nobody knows', () => {
    expect(readVisit(kept({ facts: { 'self.shoeSize': { value: '38', origin: 'typed' } } }), nowMs)).toMatchObject({ facts: {} })
  })

  it.each([[null], ['x'], [{}], [kept({ applications: ['x'] })], [kept({ startedAt: 'morning' })]])('is not made of %j', (other) => {
    expect(readVisit(other, nowMs)).toBeNull()
  })

  it('is named after the citizen, once known', () => {
    expect(visitorOf(visit)).toBe('Trần Thị Bé')
    expect(visitorOf(newVisit(nowMs))).toBe('')
  })

  it('has each application once', () => {
    expect(withApplication(visit, id).applications).toEqual([id])
  })
})
