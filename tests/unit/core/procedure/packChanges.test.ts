import { describe, expect, it } from 'vitest'
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

  it('takes along every answer that it knows', () => {
    expect(movedAnswers(after, answers)).toEqual({ ten: 'An', so: '12345' })
  })
})
