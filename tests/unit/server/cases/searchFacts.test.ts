import { expect, it } from 'vitest'
import { searchFactsFor, searchFactsOf, subjectOf } from '../../../../server/cases/searchFacts.ts'

const answers = { 'con.hoTen': 'Nguyễn Thị Lý', 'con.ngaySinh': '2026-11-05', 'nyc.hoTen': 'Trần Văn Đức', 'me.pid': '046190000001', 'nyc.dienThoai': '0905123456', 'con.noiSinh': 'Huế' }

it('reads an application without its pack by the shape of the answers', () => {
  expect(searchFactsOf(null, answers)).toEqual([
    { column: 'fullName', value: '1 nguien thi li' },
    { column: 'nameAndYear', value: '1 li 2026' },
    { column: 'fullName', value: '1 tran van duc' },
    { column: 'personalNumber', value: '046190000001' },
    { column: 'phone', value: '0905123456' },
  ])
})

it('calls a case by the person whom it is about, before the one who asks', () => {
  expect(subjectOf(null, answers)).toBe('Nguyễn Thị Lý')
  expect(subjectOf(null, { 'nyc.hoTen': 'Trần Văn Đức' })).toBe('Trần Văn Đức')
  expect(subjectOf(null, {})).toBeNull()
})

it('never looks for a single word of a name', () => {
  expect(searchFactsFor('Nguyễn').map(({ column }) => column)).toEqual(['code'])
  expect(searchFactsFor('Lý 2026').map(({ column, value }) => `${column} ${value}`)).toEqual(['code LÝ2026', 'fullName 1 li', 'nameAndYear 1 li 2026'])
})
