import { describe, expect, it } from 'vitest'
import { newApplicationId } from '../../../../core/ids.ts'
import type { Attachment } from '../../../../core/application/attachment.ts'
import { longestVisitMs, newVisit, papersFor, readVisit, visitorOf, withApplication, withPapers } from '../../../../core/procedure/visit.ts'
import { aPack } from '../../../support/packs.ts'

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

  it('has the photos of each paper as they were last taken, and gives them where a procedure asks for that paper', () => {
    const page = (document: string, order: number): Attachment => ({
      ...{ id: newApplicationId(nowMs + order, new Uint8Array(10)), document, order, mediaType: 'image/jpeg', widthPx: 10, heightPx: 10, sizeBytes: 3 },
      ...{ key: 'k'.repeat(43), parts: ['p'.repeat(43)] },
    })
    const first = withPapers(visit, [page('cccd', 1), page('donCu', 2)])
    const again = withPapers(first, [page('cccd', 3)])
    const pack = aPack({ documents: [{ id: 'cccd', mode: 'present', kind: 'original', copies: 1, required: true, substitutes: [], replaceableByDatabase: false }] })

    expect(again.papers.map(({ document, order }) => [document, order])).toEqual([['donCu', 2], ['cccd', 3]])
    expect(papersFor(again, pack).map(({ order }) => order)).toEqual([3])
    expect(readVisit(JSON.parse(JSON.stringify(again)), nowMs)).toEqual(again)
  })

  it('has each application once', () => {
    expect(withApplication(visit, id).applications).toEqual([id])
  })
})
