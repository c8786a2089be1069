import { describe, expect, it } from 'vitest'
import { newApplicationId } from '../../../../core/ids.ts'
import type { Attachment } from '../../../../core/application/attachment.ts'
import { heard, learnt, longestVisitMs, newVisit, papersFor, readVisit, withoutApplication, visitorOf, withApplication, withPapers, type Telling, type Visit } from '../../../../core/procedure/visit.ts'
import type { Answers } from '../../../../core/procedure/answers.ts'
import type { Facts } from '../../../../core/procedure/facts.ts'
import { fieldsOf } from '../../../../core/procedure/pack.ts'
import type { PackDocument } from '../../../../core/procedure/packShape.ts'
import { aPack } from '../../../support/packs.ts'

const nowMs = Date.parse('2026-11-23T02:00:00.000Z')
const id = newApplicationId(nowMs, new Uint8Array(10))
const visit = withApplication({ ...newVisit(nowMs), facts: { 'self.fullName': { value: 'Trần Thị Bé', origin: 'card' } } }, id)
const kept = (change: object = {}): unknown => JSON.parse(JSON.stringify({ ...visit, ...change }))

const other = newApplicationId(nowMs + 1, new Uint8Array(10))
const page = (document: string, order: number): Attachment => ({
  ...{ id: newApplicationId(nowMs + order, new Uint8Array(10)), document, order, mediaType: 'image/jpeg', widthPx: 10, heightPx: 10, sizeBytes: 3 },
  ...{ key: 'k'.repeat(43), parts: ['p'.repeat(43)] },
})
const asks = (field: string, kind: string, fact: string): object => ({ id: field, kind, required: false, fact })
const paper = (id: string, shows?: 'self.identity'): PackDocument => ({ id, mode: 'present', kind: 'original', copies: 1, required: true, substitutes: [], replaceableByDatabase: false, ...(shows && { shows }) })
const cccd = paper('cccd', 'self.identity')
const personPack = aPack({
  sections: [{ id: 'nyc', fields: [
    asks('nyc.hoTen', 'name', 'self.fullName'), asks('nyc.pid', 'personalNumber', 'self.pid'), asks('nyc.dienThoai', 'phone', 'self.phone'),
    asks('vc.hoTen', 'name', 'spouse.fullName'), asks('vc.pid', 'personalNumber', 'spouse.pid'),
  ] }],
  documents: [cccd],
})
const telling = (answers: Answers, allowed: readonly Attachment[]): Telling => ({ documents: personPack.documents, fields: fieldsOf(personPack), answers, allowed, notAllowed: [] })
const card = (words: Readonly<Record<string, string>>): Facts =>
  Object.fromEntries(Object.entries(words).map(([property, value]) => [`self.${property}`, { value, origin: 'card' }]))

/** A's visit: her card, her phone, a paper and a draft. */
const [pidA, pidB] = ['046148000006', '046099000001']
const ofA: Visit = withPapers({ ...visit, facts: { ...card({ fullName: 'Trần Thị Bé', pid: pidA, birthDate: '1948-02-14' }), 'self.phone': { value: '0905123456', origin: 'typed' }, 'spouse.fullName': { value: 'Lê Văn Tư', origin: 'typed' } } }, [cccd], [page('cccd', 1)])
const laterMs = nowMs + 60_000

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

  it('remembers which draft named the citizen', () => {
    const named = learnt(withApplication(newVisit(nowMs), id), id, telling({ 'nyc.hoTen': 'Trần Thị Bé' }, []))

    expect(named.namedBy).toBe(id)
    expect(readVisit(JSON.parse(JSON.stringify(named)), nowMs)).toEqual(named)
  })

  it('is named after the citizen, once known', () => {
    expect(visitorOf(visit)).toBe('Trần Thị Bé')
    expect(visitorOf(newVisit(nowMs))).toBe('')
  })

  it('has the photos of what a paper shows as they were last taken, and gives them to the paper that shows the same, under its own id', () => {
    const first = withPapers(visit, [cccd], [page('cccd', 1)])
    const again = withPapers(first, [paper('theCanCuoc', 'self.identity')], [page('theCanCuoc', 3)])
    const next = papersFor(again, aPack({ documents: [paper('giayToTuyThan', 'self.identity')] }))

    expect(again.papers.map(({ shows, order }) => [shows, order])).toEqual([['self.identity', 3]])
    expect(next).toEqual([{ ...page('theCanCuoc', 3), document: 'giayToTuyThan' }])
    expect(readVisit(JSON.parse(JSON.stringify(again)), nowMs)).toEqual(again)
  })

  it('keeps no photo of a paper that shows nothing of one person, though the next procedure has a paper of the same id', () => {
    const after = withPapers(visit, [paper('duThao'), cccd], [page('duThao', 1), page('cccd', 2)])

    expect(after.papers.map(({ document }) => document)).toEqual(['cccd'])
    expect(papersFor(after, aPack({ documents: [paper('duThao'), paper('cccd')] }))).toEqual([])
  })

  it('of an earlier app is read, without photos of which nobody wrote down what they show', () => {
    expect(readVisit(kept({ papers: [page('cccd', 1), { ...page('cccd', 2), shows: 'self.shoes' }] }), nowMs)).toEqual(visit)
  })

  it('has each application once', () => {
    expect(withApplication(visit, id).applications).toEqual([id])
  })
})

describe('somebody else at the table', () => {
  it.each([
    ['another card', card({ fullName: 'Nguyễn Văn Bình', pid: pidB })],
    ['another card of a namesake', card({ fullName: 'Trần Thị Bé', pid: pidB })],
    ['another name typed, without a number', card({ fullName: 'Nguyễn Văn Bình' })],
    ['the same name typed with another day of birth', card({ fullName: 'Trần Thị Bé', birthDate: '1950-01-01' })],
  ])('begins a visit of his own with %s: no fact, paper or draft of the last one goes along', (_, told) => {
    expect(heard(ofA, told, laterMs)).toEqual({ isAnother: true, visit: { ...newVisit(laterMs), facts: told } })
  })

  it('is assumed when a number alone was known and only a name is told: nobody can know that they are one person', () => {
    const known = { ...visit, facts: card({ pid: pidA, phone: '0905123456' }) }

    expect(heard(known, card({ fullName: 'Nguyễn Văn Bình' }), laterMs).isAnother).toBe(true)
  })

  it.each([
    ['the same card again', card({ fullName: 'TRẦN THỊ BÉ', pid: pidA })],
    ['the same number with a corrected name', card({ fullName: 'Trần Thị Bé Em', pid: pidA })],
    ['the same name typed, as far as its year of birth is known', card({ fullName: 'tran thi be', birthDate: '1948' })],
    ['a day of issue alone', card({ docDate: '2021-08-20' })],
  ])('is not seen in %s: everything stays', (_, told) => {
    const { visit: next, isAnother } = heard(ofA, told, laterMs)

    expect(isAnother).toBe(false)
    expect(next).toEqual({ ...ofA, facts: { ...ofA.facts, ...told } })
  })

  it('is nobody of the family: another spouse takes the place of the first, and the visit goes on', () => {
    const known = { ...ofA, facts: { ...ofA.facts, 'spouse.phone': { value: '0905000000', origin: 'typed' } } as Facts }
    const { visit: next, isAnother } = heard(known, { 'spouse.fullName': { value: 'Phan Văn Năm', origin: 'card' } }, laterMs)

    expect(isAnother).toBe(false)
    expect(next).toMatchObject({ papers: ofA.papers, applications: [id] })
    expect(next.facts['spouse.phone']).toBeUndefined()
    expect(next.facts['self.phone']?.value).toBe('0905123456')
  })
})

describe('what a visit learns from a draft', () => {
  const ofB = { 'nyc.hoTen': 'Nguyễn Văn Bình', 'nyc.pid': pidB, 'nyc.dienThoai': '0912000000' }

  it('is nothing when its requester is somebody else', () => {
    expect(learnt(ofA, id, telling(ofB, [page('cccd', 9)]))).toEqual(ofA)
  })

  it('is nothing when it belongs to another visit', () => {
    const { visit: now } = heard(ofA, card({ fullName: 'Nguyễn Văn Bình', pid: pidB }), laterMs)

    expect(learnt(now, id, telling({ 'nyc.hoTen': 'Trần Thị Bé', 'nyc.pid': pidA, 'nyc.dienThoai': '0905123456' }, [page('cccd', 1)]))).toEqual(now)
  })

  it('is nothing when it was thrown away, nor what it alone had told before', () => {
    const begun = withApplication(newVisit(nowMs), id)
    const before = learnt(begun, id, telling(ofB, [page('cccd', 9)]))

    expect(withoutApplication(before, id)).toEqual(newVisit(nowMs))
    expect(learnt(withoutApplication(before, id), id, telling(ofB, []))).toEqual(newVisit(nowMs))
    expect(withoutApplication(ofA, id)).toEqual({ ...ofA, applications: [] })
  })

  it('follows the draft that named the citizen when it is corrected, and keeps nothing that it no longer says', () => {
    const half = learnt(withApplication(newVisit(nowMs), id), id, telling({ 'nyc.hoTen': 'Nguyễn', 'nyc.dienThoai': '0905123456' }, []))
    const whole = learnt(half, id, telling({ 'nyc.hoTen': 'Nguyễn Văn Bình' }, []))

    expect(whole.facts).toEqual({ 'self.fullName': { value: 'Nguyễn Văn Bình', origin: 'typed' } })
    expect(whole.applications).toEqual([id])
    expect(heard(whole, card({ fullName: 'Nguyễn Văn Bính', pid: pidB }), laterMs, id)).toMatchObject({ isAnother: false, visit: { namedBy: id, applications: [id] } })
  })

  it('follows no other draft, nor the first one once a card has said who is here', () => {
    const named = learnt(withApplication(withApplication(newVisit(nowMs), id), other), id, telling({ 'nyc.hoTen': 'Trần Thị Bé' }, []))
    const { visit: carded } = heard(named, card({ fullName: 'Trần Thị Bé', pid: pidA }), laterMs)
    const { visit: again } = heard(carded, card({ fullName: 'Trần Thị Bé', pid: pidA }), laterMs, id)

    expect(learnt(named, other, telling(ofB, []))).toEqual(named)
    expect(learnt(carded, id, telling(ofB, []))).toEqual(carded)
    expect(learnt(again, id, telling(ofB, []))).toEqual(again)
  })

  it('does not put one spouse’s number under the name of another', () => {
    const known = learnt(ofA, id, telling({ 'vc.hoTen': 'Lê Văn Tư', 'vc.pid': pidB }, []))

    expect(learnt(known, id, telling({ 'vc.hoTen': 'Phan Văn Năm' }, [])).facts['spouse.pid']).toBeUndefined()
  })
})
