import { describe, expect, it } from 'vitest'
import { parsePack } from '../../../../core/procedure/pack.ts'
import { parseTexts } from '../../../../core/procedure/texts.ts'
import { aPackFile, birthPack, birthTexts } from '../../../support/packs.ts'

const why = (input: unknown): string | undefined => {
  const parsed = parsePack(input)
  return parsed.ok ? undefined : parsed.failure.why
}

const withFields = (...fields: readonly unknown[]): unknown => aPackFile({ sections: [{ id: 'a', fields }] })
const text = (id: string, more: object = {}): unknown => ({ id, kind: 'text', required: false, ...more })

describe('a pack', () => {
  it('of a few questions is accepted', () => {
    expect(why(aPackFile())).toBeUndefined()
  })

  it.each<[string, unknown, string]>([
    ['is no object', null, 'pack: strict_object'],
    ['is nested deeper than any stack', withFields(text('a.b', { required: JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) as unknown })), 'pack: deeper than allowed'],
    ['has a member that nobody knows', aPackFile({ extra: 1 }), 'extra: strict_object'],
    ['is of a later format', aPackFile({ format: 2 }), 'format: literal'],
    ['is valid from a day that does not exist', aPackFile({ validFrom: '2026-02-30' }), 'validFrom: no such day'],
    ['ends before it begins', aPackFile({ validTo: '2025-01-01' }), 'validTo: no such day or too early'],
    ['has a field twice', withFields(text('a.b'), text('a.b')), 'fields.a.b: twice'],
    ['has two papers that show the same', aPackFile({ documents: ['a', 'b'].map((id) => ({ id, mode: 'present', kind: 'copy', copies: 1, required: true, substitutes: [], replaceableByDatabase: false, shows: 'self.identity' })) }), 'shows.self.identity: twice'],
    ['has a field that is the head of another', withFields(text('a.b'), text('a.b.c')), 'fields.a.b: is also the head of another id'],
    ['looks downwards in when', withFields(text('a.b', { when: { '!!': [{ var: 'a.c' }] } }), text('a.c')), 'a.b.when: unknown or later field a.c'],
    ['uses an operator outside the subset', withFields(text('a.b', { required: { reduce: [] } })), 'a.b.required: unknown operator reduce'],
    ['has a choice without choices', withFields({ id: 'a.b', kind: 'choice', required: true }), 'a.b: choices and kind disagree'],
    ['has a precision on a text', withFields(text('a.b', { precision: ['day'] })), 'a.b: precision is for dates'],
    ['checks a field that is not there', aPackFile({ checks: [{ id: 'x', field: 'a.b', level: 'error', when: true }] }), 'x: unknown field'],
    ['derives a field that is not there', aPackFile({ derivations: [{ target: 'a.b', value: 'x' }] }), 'a.b: unknown target'],
    ['asks for the facts of a subject that it does not name', withFields(text('a.b', { kind: 'name', fact: 'subject.fullName' })), 'subject: facts and subject disagree'],
    ['names a subject whose facts it does not ask for', aPackFile({ subject: [{ role: 'self', when: true }] }), 'subject: facts and subject disagree'],
    ['has a subject of no role', aPackFile({ subject: [{ role: 'nobody', when: true }], sections: [{ id: 'a', fields: [text('a.b', { kind: 'name', fact: 'subject.fullName' })] }] }), 'subject: no role nobody'],
    ['promises a span without one', aPackFile({ deadline: { kind: 'span', dayOff: 'thatDay' } }), 'deadline: span wants a span'],
    ['has a fee with an unknown exemption', aPackFile({ fee: { confirmed: false, exemptions: [], lines: [{ id: 'l', amount: 1, unit: 'copy', exemptions: ['e'], confirmed: false }] } }), 'l: unknown exemption e'],
  ])('that %s is refused with the place', (_what, input, expected) => {
    expect(why(input)).toBe(expected)
  })

  const dates = (more: object, ...columns: readonly unknown[]): unknown =>
    aPackFile({
      sections: [{ id: 'a', fields: [{ id: 'ngay', kind: 'date', required: false, precision: ['day', 'year'] }, { id: 'lap', kind: 'date', required: false }, { id: 'noi', kind: 'list', required: false, columns: [text('ten'), ...columns] }] }],
      ...more,
    })
  const column = { id: 'tu', kind: 'date', required: false, precision: ['month'] }
  const check = (when: unknown, more: object = {}): object => ({ checks: [{ id: 'x', field: 'ngay', level: 'error', when, ...more }] })

  it.each<[string, unknown]>([
    ['of a date', dates(check({ '<': [{ var: 'lap' }, { var: 'ngay' }] }))],
    ['of a date and today', dates(check({ and: [true, { '>=': [{ var: 'ngay' }, { var: 'today' }] }] }))],
    ['of a column', dates(check({ '<': [{ var: 'row.tu' }, { var: 'lap' }] }, { field: 'noi', column: 'tu' }), column)],
    ['in each row', dates(check({ countOf: [{ var: 'noi' }, { '<=': [{ var: 'row.tu' }, { var: 'today' }] }] }), column)],
    ['in what a column wants', dates({}, column, text('vi', { required: { '>': [{ var: 'row.tu' }, { var: 'today' }] } }))],
  ])('that orders the text %s of which perhaps only the year is known is refused, for a year stands before its days', (_what, input) => {
    expect(why(input)).toMatch(/may be known in part; use surelyBefore$/)
  })

  it('may order dates that are known to the day, and any with surelyBefore', () => {
    expect(why(dates(check({ '<': [{ var: 'lap' }, { var: 'today' }] })))).toBeUndefined()
    expect(why(dates(check({ surelyBefore: [{ var: 'ngay' }, { var: 'lap' }] })))).toBeUndefined()
  })

  it('may require a field because of one further down', () => {
    expect(why(withFields(text('a.b', { required: { '!!': [{ var: 'a.c' }] } }), text('a.c')))).toBeUndefined()
  })
})

describe('the words of a pack', () => {
  it('without a text for one id are refused', () => {
    const { 'con.hoTen': _gone, ...fields } = birthTexts('vi').fields

    expect(parseTexts({ ...birthTexts('vi'), fields }, birthPack())).toMatchObject({
      ok: false,
      failure: { kind: 'packInvalid', why: 'texts fields.con.hoTen: missing' },
    })
  })

  it('with a text for an id that does not exist are refused', () => {
    const result = { ...birthTexts('en').result, extra: 'x' }

    expect(parseTexts({ ...birthTexts('en'), result }, birthPack())).toMatchObject({
      ok: false,
      failure: { why: 'texts result.extra: not in the pack' },
    })
  })
})
