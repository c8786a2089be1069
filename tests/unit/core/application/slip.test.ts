import { describe, expect, it } from 'vitest'
import { slipFor } from '../../../../core/application/slip.ts'
import { birthProcedure, exampleAnswers } from '../../../support/screens/birth.ts'

const { pack } = birthProcedure()
const answers = exampleAnswers('married-parents-on-time')
const context = { today: '2026-11-24' }

describe('what a slip says', () => {
  it('names the papers still to bring and those to bring along, none that a database answers', () => {
    const slip = slipFor(pack, answers, { giayToTuyThan: 'onlyShow' }, context)

    expect(slip.bring).toEqual(['giayChungSinh'])
    expect(slip.again).toEqual(['giayToTuyThan'])
  })

  it('sends nobody for a form that the counter prints from this application, whatever was said of it', () => {
    for (const papers of [{}, { toKhai: 'have' }] as const) {
      const slip = slipFor(pack, answers, papers, context)

      expect(slip.signed).toEqual(['toKhai'])
      expect([...slip.bring, ...slip.again]).not.toContain('toKhai')
    }
  })

  it('names the fee as the pack says it, unconfirmed', () => {
    const slip = slipFor(pack, { ...answers, loaiDangKy: 'quaHan', 'banSao.coCap': true, 'banSao.soLuong': 2 }, {}, context)

    expect(slip.fee).toMatchObject({ confirmed: false, lines: expect.arrayContaining([{ id: 'banSaoTrichLuc', quantity: 2, amount: 16_000, known: true }]) })
  })

  it('holds no answer', () => {
    const names = Object.values(answers).filter((answer): answer is string => typeof answer === 'string' && answer.includes(' '))

    expect(names.filter((name) => JSON.stringify(slipFor(pack, answers, {}, context)).includes(name))).toEqual([])
  })
})
