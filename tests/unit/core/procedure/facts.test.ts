import { describe, expect, it } from 'vitest'
import { answersFromFacts, factsFromAnswers, factsFromCard, originsOf, readFactName, rolesIn, withFacts, type Facts } from '../../../../core/procedure/facts.ts'
import { fieldsOf } from '../../../../core/procedure/pack.ts'
import { whoMustCome } from '../../../../core/procedure/presence.ts'
import { aPack } from '../../../support/packs.ts'

const pack = aPack({
  sections: [
    {
      id: 'nyc',
      fields: [
        { id: 'nyc.hoTen', kind: 'name', required: true, fact: 'self.fullName' },
        { id: 'nyc.gioiTinh', kind: 'choice', required: true, fact: 'self.sex', choices: [{ code: 'nam' }, { code: 'nu' }] },
        { id: 'nyc.ghiChu', kind: 'text', required: false },
      ],
    },
  ],
  presence: [{ id: 'ca2', when: { '==': [{ var: 'nyc.gioiTinh' }, 'nam'] } }, { id: 'luon' }],
})
const fields = fieldsOf(pack)
const fromCard: Facts = { 'self.fullName': { value: 'Trần Thị Bé', origin: 'card' }, 'self.sex': { value: 'nu', origin: 'card' } }

describe('the facts of a visit', () => {
  it('fill the next form where nothing is answered yet', () => {
    expect(answersFromFacts(fields, { 'nyc.ghiChu': 'x' }, fromCard)).toEqual({
      answers: { 'nyc.ghiChu': 'x', 'nyc.hoTen': 'Trần Thị Bé', 'nyc.gioiTinh': 'nu' },
      filled: ['nyc.hoTen', 'nyc.gioiTinh'],
    })
  })

  it('say where an answer came from as long as nobody has touched it', () => {
    const answers = { 'nyc.hoTen': 'Trần Thị Bé', 'nyc.gioiTinh': 'nam' }

    expect(originsOf(fields, answers, fromCard, new Set())).toEqual({ 'nyc.hoTen': 'card' })
    expect(originsOf(fields, answers, fromCard, new Set(['nyc.hoTen']))).toEqual({})
  })

  it('come from a card, for the person whose card it is', () => {
    expect(factsFromCard({ fullName: 'Trần Thị Bé', oldNumber: '012345678' }, 'mother', 'card')).toEqual({
      'mother.fullName': { value: 'Trần Thị Bé', origin: 'card' },
    })
    expect(rolesIn(fields)).toEqual(['self'])
  })

  it('never take the place of what somebody answered', () => {
    expect(answersFromFacts(fields, { 'nyc.hoTen': 'Lê Ỷ' }, fromCard).answers).toMatchObject({ 'nyc.hoTen': 'Lê Ỷ' })
  })

  it('do not fill a choice that the form does not offer', () => {
    const facts: Facts = { 'self.sex': { value: 'khac', origin: 'typed' } }

    expect(answersFromFacts(fields, {}, facts)).toEqual({ answers: {}, filled: [] })
  })

  it('grow by what is answered, and what the card said stays from the card', () => {
    expect(factsFromAnswers(fields, { 'nyc.hoTen': 'Trần Thị Bé', 'nyc.gioiTinh': 'nam', 'nyc.ghiChu': 'x' }, fromCard)).toEqual({
      'self.fullName': { value: 'Trần Thị Bé', origin: 'card' },
      'self.sex': { value: 'nam', origin: 'typed' },
    })
  })

  describe('of a person with a paper', () => {
    const known: Facts = {
      'self.pid': { value: '046190000001', origin: 'card' },
      'self.docNo': { value: '046190000001', origin: 'card' },
      'self.docDate': { value: '2021-08-20', origin: 'card' },
      'self.phone': { value: '0905123456', origin: 'typed' },
      'mother.docNo': { value: '046160000002', origin: 'card' },
    }

    it('are all gone when the number is another, and those of other people stay', () => {
      expect(withFacts(known, { 'self.pid': { value: '046190000009', origin: 'typed' } })).toEqual({
        'self.pid': { value: '046190000009', origin: 'typed' },
        'mother.docNo': { value: '046160000002', origin: 'card' },
      })
    })

    it('have the new paper when it comes with the number, and keep theirs with the same number', () => {
      expect(withFacts(known, { 'self.pid': { value: '046190000009', origin: 'card' }, 'self.docNo': { value: '046190000009', origin: 'card' } })).toMatchObject({ 'self.docNo': { value: '046190000009' } })
      expect(withFacts(known, { 'self.pid': { value: '046190000001', origin: 'typed' } })).toMatchObject({ 'self.docDate': { value: '2021-08-20' } })
    })
  })

  it.each([['self.fullName', 'self.fullName'], ['self.shoeSize', null], ['nobody.fullName', null], ['self.fullName.x', null], ['', null]])('named %j are %j', (name, fact) => {
    expect(readFactName(name)).toBe(fact)
  })
})

describe('who must come', () => {
  it('is what holds for the answers', () => {
    expect(whoMustCome(pack, { 'nyc.gioiTinh': 'nam' }, { today: '2026-11-23' })).toEqual(['ca2', 'luon'])
    expect(whoMustCome(pack, {}, { today: '2026-11-23' })).toEqual(['luon'])
  })
})
