import { describe, expect, it } from 'vitest'
import type { Answers } from '../../../../core/procedure/answers.ts'
import { readAnswer, readRows } from '../../../../core/procedure/reading.ts'
import { placeInList, readPlace } from '../../../../core/procedure/rows.ts'
import { fieldOf } from '../../../../core/procedure/pack.ts'
import { parseTexts } from '../../../../core/procedure/texts.ts'
import { normaliseAnswers, pruneHidden, validate, validateField } from '../../../../core/procedure/validate.ts'
import { aPack, aPackFile } from '../../../support/packs.ts'

const context = { today: '2026-11-23' }

/** A household: members with a name, a birth date, and for adults the work. */
const household = {
  sections: [
    {
      id: 'ho',
      fields: [
        { id: 'coTreEm', kind: 'yesNo', required: false },
        {
          id: 'thanhVien',
          kind: 'list',
          required: true,
          max: 3,
          columns: [
            { id: 'hoTen', kind: 'name', required: true },
            { id: 'ngaySinh', kind: 'date', required: { '==': [{ var: 'coTreEm' }, true] }, notFuture: true },
            { id: 'viecLam', kind: 'text', required: false, when: { '>=': [{ yearsBetween: [{ var: 'row.ngaySinh' }, { var: 'today' }] }, 18] } },
          ],
        },
      ],
    },
  ],
  checks: [{ id: 'treHon', field: 'thanhVien', column: 'ngaySinh', level: 'warning', when: { '<': [{ yearsBetween: [{ var: 'row.ngaySinh' }, { var: 'today' }] }, 1] } }],
}
const pack = aPack(household)
const members = (...rows: readonly Record<string, string>[]): Answers => ({ thanhVien: rows })
const judged = (answers: Answers) => validate(pack, answers, context).map(({ field, rule, level }) => `${field} ${rule} ${level}`)

describe('a list', () => {
  it('of good rows has nothing wrong with it', () => {
    expect(judged(members({ hoTen: 'Trần Thị Bé', ngaySinh: '1990-03-05' }))).toEqual([])
  })

  it('that must have rows is missed when it has none, or only empty ones', () => {
    expect(judged({})).toEqual(['thanhVien required error'])
    expect(judged(members({}, { hoTen: '  ' }))).toEqual(['thanhVien required error'])
  })

  it('names the row and the column of each problem', () => {
    expect(judged(members({ hoTen: 'Trần Thị Bé' }, { hoTen: '7', ngaySinh: '2030-01-01' }))).toEqual([
      'thanhVien[1].hoTen name.characters error',
      'thanhVien[1].ngaySinh date.future error',
    ])
  })

  it('with too many rows says how many there may be', () => {
    const four = Array.from({ length: 4 }, () => ({ hoTen: 'Trần Thị Bé' }))

    expect(validateField(pack, 'thanhVien', members(...four), context)).toEqual([
      { field: 'thanhVien', rule: 'list.tooMany', level: 'error', params: { max: 3 } },
    ])
  })

  it('requires a column as the answers above say', () => {
    expect(judged({ coTreEm: true, ...members({ hoTen: 'Trần Thị Bé' }) })).toEqual(['thanhVien[0].ngaySinh required error'])
  })

  it('sends no cell that its row does not ask', () => {
    const answers = members({ hoTen: 'Trần Thị Bé', ngaySinh: '2020-01-01', viecLam: 'thợ may' })

    expect(pruneHidden(pack, answers, context)).toEqual(members({ hoTen: 'Trần Thị Bé', ngaySinh: '2020-01-01' }))
  })

  it('runs the checks of the pack on each row', () => {
    const rows = members({ hoTen: 'Trần Thị Bé', ngaySinh: '1990-03-05' }, { hoTen: 'Trần An', ngaySinh: '2026-11-01' })

    expect(judged(rows)).toEqual(['thanhVien[1].ngaySinh treHon warning'])
  })

  it('refuses a cell that belongs to no column', () => {
    expect(judged(members({ hoTen: 'Trần Thị Bé', luong: '1' }))).toEqual(['thanhVien[0].luong list.unknownColumn error'])
  })

  it('is refused when it is no list', () => {
    expect(judged({ thanhVien: 'Trần Thị Bé' })).toEqual(['thanhVien list.shape error'])
  })

  it('is kept with its cells in order and its empty rows gone', () => {
    expect(normaliseAnswers(pack, members({ hoTen: ' Trần  Thị Bé ', ngaySinh: '5/3/1990' }, { hoTen: '' }))).toEqual(
      members({ hoTen: 'Trần Thị Bé', ngaySinh: '1990-03-05' }),
    )
  })
})

describe('a place in a list', () => {
  it('is read back as it was named, and a field is no place', () => {
    expect(readPlace(placeInList('ho.thanhVien', 2, 'hoTen'))).toEqual({ list: 'ho.thanhVien', index: 2, column: 'hoTen' })
    expect(readPlace('ho.thanhVien')).toBeNull()
  })
})

describe('logic over rows', () => {
  const copies = aPack({
    sections: [
      {
        id: 'giay',
        fields: [
          {
            id: 'giayTo',
            kind: 'list',
            required: true,
            columns: [
              { id: 'trang', kind: 'number', required: true },
              { id: 'ban', kind: 'number', required: true },
            ],
          },
        ],
      },
    ],
    checks: [
      { id: 'nhieu', field: 'giayTo', level: 'info', when: { '>': [{ sumOf: [{ var: 'giayTo' }, { '*': [{ var: 'row.trang' }, { var: 'row.ban' }] }] }, 10] } },
      { id: 'dai', field: 'giayTo', level: 'info', when: { '>=': [{ countOf: [{ var: 'giayTo' }, { '>': [{ var: 'row.trang' }, 5] }] }, 2] } },
    ],
  })
  const said = (...rows: readonly Record<string, number>[]) => validate(copies, { giayTo: rows }, context).map(({ rule }) => rule)

  it('sums what each row gives, unfit ones as nothing', () => {
    expect(said({ trang: 2, ban: 5 })).toEqual([])
    expect(said({ trang: 2, ban: 5 }, { trang: 1, ban: 1 })).toEqual(['nhieu'])
    expect(said({ trang: 2, ban: 5 }, { trang: 1 })).toEqual(['required'])
  })

  it('counts the rows for which it holds', () => {
    expect(said({ trang: 6, ban: 1 }, { trang: 7, ban: 1 })).toEqual(['nhieu', 'dai'])
  })
})

describe('a pack with a list', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['a list without columns', { id: 'x', kind: 'list', required: true }, 'x: columns and kind disagree'],
    ['a column that looks at one below it', { id: 'x', kind: 'list', required: true, columns: [{ id: 'a', kind: 'text', required: true, when: { var: 'row.b' } }, { id: 'b', kind: 'text', required: true }] }, 'x.a.when: unknown or later field row.b'],
    ['the same column twice', { id: 'x', kind: 'list', required: true, columns: [{ id: 'a', kind: 'text', required: true }, { id: 'a', kind: 'text', required: true }] }, 'x.a: twice'],
    ['a consent that is given beforehand', { id: 'x', kind: 'consent', required: true, default: true }, 'x: consent is never given beforehand, and is wanted or not'],
    ['a fact that nobody knows', { id: 'x', kind: 'text', required: true, fact: 'self.shoeSize' }, 'x: no fact self.shoeSize of kind text'],
    ['a fact of another kind', { id: 'x', kind: 'text', required: true, fact: 'self.fullName' }, 'x: no fact self.fullName of kind text'],
  ])('is refused for %s', (_, field, why) => {
    expect(() => aPack({ sections: [{ id: 's', fields: [field] }] })).toThrow(why)
  })

  it.each<[string, unknown, string]>([
    ['sums over what is no list', { sumOf: [{ var: 'con.hoTen' }, 1] }, 'sumOf wants a list above and logic over its rows'],
    ['takes the length of a bare value', { length: { var: 'con.hoTen' } }, 'length wants its argument in a list'],
  ])('whose condition %s is refused', (_, when, why) => {
    expect(() => aPack({ checks: [{ id: 'c', field: 'con.hoTen', level: 'info', when }] })).toThrow(why)
  })

  it.each(['consent', 'signature', 'declaration'])('lets no suggestion give a %s', (kind) => {
    const sections = [{ id: 's', fields: [{ id: 'x', kind, required: true }] }]

    expect(() => aPack({ sections, derivations: [{ target: 'x', value: true }] })).toThrow(`nobody but the citizen gives a ${kind}`)
  })
})

describe('the words of a list', () => {
  const words = {
    format: 1,
    locale: 'en',
    ...{ name: 'n', shortName: 'n', summary: 's', everydayWords: ['w'], sector: 's', deadline: 'd' },
    sections: { ho: { title: 'Household' } },
    fields: {
      coTreEm: { label: 'Children?' },
      thanhVien: { label: 'Members', row: 'Member', columns: { hoTen: { label: 'Name' }, ngaySinh: { label: 'Born' }, viecLam: { label: 'Work' } } },
    },
    ...{ documents: {}, feeLines: {}, feeExemptions: {}, basis: {}, result: {}, applicants: {}, related: {} },
    problems: { treHon: 'Young.' },
    agencies: { a: 'A', b: 'B' },
  }

  it('are read row by row with the labels of the columns', () => {
    const texts = parseTexts(words, pack)
    const field = fieldOf(pack, 'thanhVien')
    if (!texts.ok || field === undefined) throw new Error('no texts')
    const rows = [{ hoTen: 'Trần Thị Bé', ngaySinh: '1990-03-05' }]

    expect(readRows(field, rows, texts.value)).toEqual([
      [
        { column: 'hoTen', label: 'Name', text: 'TRẦN THỊ BÉ' },
        { column: 'ngaySinh', label: 'Born', text: '05/03/1990' },
      ],
    ])
    expect(readAnswer(field, { thanhVien: rows }, texts.value)).toBe('TRẦN THỊ BÉ, 05/03/1990')
  })

  it.each([
    ['the word for a row', { row: undefined }, 'texts row of thanhVien: missing'],
    ['the words of a column', { columns: { hoTen: { label: 'Name' } } }, 'texts columns of thanhVien.ngaySinh: missing'],
  ])('are refused without %s', (_, change, why) => {
    const broken = { ...words, fields: { ...words.fields, thanhVien: { ...words.fields.thanhVien, ...change } } }

    expect(parseTexts(JSON.parse(JSON.stringify(broken)), pack)).toMatchObject({ ok: false, failure: { why } })
  })

  it('of such a pack are those of a file', () => {
    expect(aPackFile(household)).toMatchObject({ sections: household.sections })
  })
})
