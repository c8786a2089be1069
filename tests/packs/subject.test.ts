// A mother asks for her child, then for herself: each case is begun with the person that it is about, never with two people in one.
import { describe, expect, it } from 'vitest'
import { withAnswer, type Answers } from '../../core/procedure/answers.ts'
import { answersFromFacts, factsFromAnswers, factsFromCard, type Facts } from '../../core/procedure/facts.ts'
import { askingFields, followSubject } from '../../core/procedure/subject.ts'
import { packOfRepository } from '../support/packs.ts'

const context = { today: '2026-11-23' }
const mother = factsFromCard({ fullName: 'Trần Thị Bé', pid: '046190000001', sex: 'nu', birthDate: '1990-03-05', docNo: '046190000001', docDate: '2021-08-20' }, 'self', 'card')

/** A draft as the tablet begins it and as it stands when somebody has said for whom it is. */
function begun(code: string, facts: Facts, relation: string, before: Answers = {}): Answers {
  const pack = packOfRepository(code)
  const start = answersFromFacts(askingFields(pack, before, context), before, facts).answers
  const said = withAnswer(start, 'nyc.quanHe', relation)
  const followed = followSubject(askingFields(pack, start, context), askingFields(pack, said, context), said, facts)
  return Object.entries(followed).reduce((answers, [id, fact]) => withAnswer(answers, id, fact?.value), said)
}

const learned = (code: string, answers: Answers, facts: Facts): Facts => factsFromAnswers(askingFields(packOfRepository(code), answers, context), answers, facts)

const cases = [
  { code: '1.001699', about: 'nkt', other: 'ndd', relations: ['daiDien'] },
  { code: '1.001776', about: 'dt', other: 'kh', relations: ['daiDien', 'uyQuyen'] },
  { code: '1.014027', about: 'dn', other: 'gh', relations: ['giamHo', 'uyQuyen'] },
]

describe.each(cases)('a case of $code', ({ code, about, other, relations }) => {
  it('begins with the citizen at the table when it is about him', () => {
    expect(begun(code, mother, 'banThan')).toMatchObject({ [`${about}.hoTen`]: 'Trần Thị Bé', [`${about}.pid`]: '046190000001', [`${about}.gioiTinh`]: 'nu' })
  })

  it.each(relations)('begins with nobody, and with the citizen as the one who asks, when he is %s', (relation) => {
    const answers = begun(code, mother, relation)

    expect(Object.keys(answers).filter((id) => id.startsWith(`${about}.`))).toEqual([])
    expect(answers).toMatchObject({ [`${other}.hoTen`]: 'Trần Thị Bé', [`${other}.pid`]: '046190000001' })
  })

  it('begins with nobody before it is said for whom it is', () => {
    expect(Object.keys(answersFromFacts(askingFields(packOfRepository(code), {}, context), {}, mother).answers).filter((id) => id.startsWith(`${about}.`))).toEqual([])
  })

  it('gives the citizen back when it turns out to be about somebody else, but not what was typed', () => {
    const himself = withAnswer(begun(code, mother, 'banThan'), `${about}.hoTen`, 'Trần Văn Con')
    const answers = begun(code, mother, relations[0] ?? '', himself)

    expect(Object.fromEntries(Object.entries(answers).filter(([id]) => id.startsWith(`${about}.`)))).toEqual({ [`${about}.hoTen`]: 'Trần Văn Con' })
  })
})

describe('the next case of the visit', () => {
  const child: Answers = { ...begun('1.001699', mother, 'daiDien'), 'nkt.hoTen': 'Trần Văn Con', 'nkt.pid': '046218000003', 'nkt.ngaySinh': '2018-01-02' }
  const after = learned('1.001699', child, mother)

  it('about the citizen herself is begun with her and her own paper', () => {
    expect(begun('1.000656', after, 'con')).toMatchObject({ 'nyc.hoTen': 'Trần Thị Bé', 'nyc.pid': '046190000001', 'nyc.docNo': '046190000001', 'nyc.docDate': '2021-08-20' })
  })

  it('about the same child is begun with the child', () => {
    const answers = begun('1.001776', after, 'daiDien')

    expect(answers).toMatchObject({ 'dt.hoTen': 'Trần Văn Con', 'dt.pid': '046218000003', 'kh.hoTen': 'Trần Thị Bé', 'kh.docDate': '2021-08-20' })
    expect(answers).not.toHaveProperty('dt.docDate')
  })
})
