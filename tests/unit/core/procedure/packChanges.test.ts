import { describe, expect, it } from 'vitest'
import type { Answers } from '../../../../core/procedure/answers.ts'
import { movedAnswers, packChanges } from '../../../../core/procedure/packChanges.ts'
import { aPack } from '../../../support/packs.ts'

const context = { today: '2026-11-23' }
const field = (id: string, change: object = {}) => ({ id, kind: 'text', required: true, ...change })
const paper = (id: string) => ({ id, mode: 'submit', kind: 'original', copies: 1, required: true, substitutes: [], replaceableByDatabase: false })
const fee = (amount: number) => ({ confirmed: false, lines: [{ id: 'l', amount, unit: 'application', exemptions: [], confirmed: false }], exemptions: [] })
const before = aPack({ sections: [{ id: 's', fields: [field('ten'), field('cu'), field('so')] }], documents: [paper('donCu'), paper('don')], fee: fee(5000) })
const after = aPack({ version: '1.1.0', sections: [{ id: 's', fields: [field('ten'), field('moi'), field('so', { maxLength: 3 })] }], documents: [paper('don'), paper('donMoi')], fee: fee(8000) })
const answers = { ten: 'An', cu: 'x', so: '12345' }

describe('a newer pack', () => {
  it('is said to change what is asked, kept, refused, brought along and paid', () => {
    expect(packChanges(before, after, answers, context)).toEqual([
      { kind: 'asked', field: 'moi' },
      { kind: 'dropped', field: 'cu' },
      { kind: 'refused', field: 'so' },
      { kind: 'paperAdded', paper: 'donMoi' },
      { kind: 'paperDropped', paper: 'donCu' },
      { kind: 'fee', before: 5000, after: 8000 },
    ])
  })

  it('changes nothing for a draft that would not notice', () => {
    expect(packChanges(before, before, answers, context)).toEqual([])
    expect(packChanges(before, aPack({ ...before, version: '1.0.1' }), {}, context)).toEqual([])
  })

  it('does not call refused what was wrong before', () => {
    const strict = aPack({ version: '1.1.0', sections: [{ id: 's', fields: [field('ten', { kind: 'number' }), field('cu'), field('so')] }], documents: [paper('donCu'), paper('don')], fee: fee(5000) })
    const wrongBefore = aPack({ sections: [{ id: 's', fields: [field('ten', { maxLength: 1 }), field('cu'), field('so')] }], documents: [paper('donCu'), paper('don')], fee: fee(5000) })

    expect(packChanges(wrongBefore, strict, answers, context)).toEqual([])
    expect(packChanges(before, strict, answers, context)).toEqual([{ kind: 'refused', field: 'ten' }])
  })

  const fields = [field('ten'), field('cu'), field('so', { required: false })]
  const plain = { sections: [{ id: 's', fields }], documents: [paper('don')], fee: fee(5000), presence: [{ id: 'nguoi' }] }
  const one = aPack(plain)
  const changed = (change: object, given: Answers = { ten: 'An', cu: 'x' }) => packChanges(one, aPack({ ...plain, version: '1.1.0', ...change }), given, context)

  it('is said to want an answer that could be left out before', () => {
    expect(changed({ sections: [{ id: 's', fields: [field('ten'), field('cu'), field('so')] }] })).toEqual([{ kind: 'wanted', field: 'so' }])
    expect(packChanges(one, aPack({ ...plain, sections: [{ id: 's', fields: [field('ten'), field('cu'), field('so')] }] }), { ten: 'An', cu: 'x', so: '1' }, context)).toEqual([])
  })

  it('is said to ask what was asked only of others, and to leave behind what is asked only of others now', () => {
    const only = aPack({ ...plain, sections: [{ id: 's', fields: [field('ten'), field('cu', { when: { '==': [{ var: 'ten' }, 'Bé'] } }), field('so', { required: false })] }] })

    expect(packChanges(only, one, { ten: 'An' }, context)).toEqual([{ kind: 'asked', field: 'cu' }])
    expect(packChanges(one, only, { ten: 'An', cu: 'x' }, context)).toEqual([{ kind: 'dropped', field: 'cu' }])
  })

  it('is said to want a paper that was answered by the database or needed only by others, and the other way round', () => {
    const asked = (change: object) => aPack({ ...plain, documents: [{ ...paper('don'), ...change }] })
    const given = { ten: 'An', cu: 'x' }

    expect(packChanges(asked({ replaceableByDatabase: true }), one, given, context)).toEqual([{ kind: 'paperNeeded', paper: 'don' }])
    expect(packChanges(asked({ required: false }), one, given, context)).toEqual([{ kind: 'paperNeeded', paper: 'don' }])
    expect(packChanges(one, asked({ required: false }), given, context)).toEqual([{ kind: 'paperNotNeeded', paper: 'don' }])
    expect(packChanges(one, asked({ mode: 'present' }), given, context)).toEqual([{ kind: 'paperChanged', paper: 'don' }])
    expect(packChanges(one, asked({ copies: 2 }), given, context)).toEqual([{ kind: 'paperChanged', paper: 'don' }])
  })

  it('is said to change who must come and until when', () => {
    expect(changed({ presence: [{ id: 'caHai' }] })).toEqual([{ kind: 'mustCome', who: 'caHai' }, { kind: 'needNotCome', who: 'nguoi' }])
    expect(changed({ deadline: { kind: 'span', span: { amount: 5, unit: 'workingDays' }, dayOff: 'thatDay' } })).toEqual([{ kind: 'deadline' }])
    expect(changed({ deadline: { kind: 'span', span: { amount: 3, unit: 'workingDays' }, dayOff: 'thatDay', source: 'another' } })).toEqual([])
  })

  it('does not call a fee that nobody has told a lower one', () => {
    const unknown = { ...fee(0), lines: [{ ...fee(0).lines[0], amount: null }, { ...fee(8000).lines[0], id: 'm' }] }

    expect(changed({ fee: unknown })).toEqual([{ kind: 'fee', before: 5000, after: null }])
    expect(packChanges(aPack({ ...plain, fee: unknown }), one, { ten: 'An', cu: 'x' }, context)).toEqual([{ kind: 'fee', before: null, after: 5000 }])
    expect(packChanges(aPack({ ...plain, fee: unknown }), aPack({ ...plain, fee: unknown }), { ten: 'An', cu: 'x' }, context)).toEqual([])
  })

  it('does not say that nothing changes when the price of one does before anybody has said how many', () => {
    const each = (amount: number) => ({ ...fee(0), lines: [{ ...fee(amount).lines[0], quantity: { var: 'so' } }] })

    expect(packChanges(aPack({ ...plain, fee: each(1000) }), aPack({ ...plain, fee: each(2000) }), { ten: 'An', cu: 'x' }, context)).toEqual([{ kind: 'fee', before: null, after: null }])
  })

  it('takes along every answer that it knows', () => {
    expect(movedAnswers(after, answers)).toEqual({ ten: 'An', so: '12345' })
  })
})
