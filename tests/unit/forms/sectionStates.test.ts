import { describe, expect, it } from 'vitest'
import { sectionStates } from '../../../src/forms/sectionStates.ts'
import { birthProcedure, exampleAnswers } from '../../support/screens/birth.ts'

const { pack } = birthProcedure()
const context = { today: '2026-11-24' }
const stateOf = (answers: ReturnType<typeof exampleAnswers>, touched: string[], id: string): string | undefined =>
  sectionStates(pack, answers, new Set(touched), context).find(({ section }) => section.id === id)?.state

describe('the state of a section', () => {
  it('is not begun before somebody has touched it', () => {
    expect(stateOf({}, [], 'con')).toBe('todo')
  })

  it('is begun while something is still asked for', () => {
    expect(stateOf({ 'con.hoTen': 'An' }, ['con.hoTen'], 'con')).toBe('started')
  })

  it('is wrong when a touched answer is wrong', () => {
    expect(stateOf({ 'con.hoTen': 'An 2' }, ['con.hoTen'], 'con')).toBe('problem')
  })

  it('is done when nothing is asked for any more', () => {
    expect(stateOf(exampleAnswers('married-parents-on-time'), ['con.hoTen'], 'con')).toBe('done')
  })

  it('does not exist for a section that is not asked', () => {
    expect(stateOf({ loaiKhaiSinh: 'boRoi' }, ['loaiKhaiSinh'], 'me')).toBeUndefined()
  })
})
