import { describe, expect, it } from 'vitest'
import { emptyAddress, parseAnswers, sameAnswer, withAnswer } from '../../../../core/procedure/answers.ts'

describe('answers from outside', () => {
  it('of texts, numbers, truth values and addresses are accepted as they are', () => {
    const answers = { 'con.hoTen': 'An', 'banSao.soLuong': 2, chaMeKetHon: false, 'con.noiSinh': emptyAddress() }

    expect(parseAnswers(answers)).toEqual({ ok: true, value: answers })
  })

  it.each<[unknown, string]>([
    [null, 'shape'],
    [[], 'shape'],
    ['x', 'shape'],
    [{ 'con..hoTen': 'x' }, 'field id'],
    [JSON.parse('{"__proto__": "x"}'), 'field id'],
    [{ 'con.hoTen': null }, 'con.hoTen'],
    [{ 'con.hoTen': [1] }, 'con.hoTen'],
    [{ 'con.hoTen': Number.NaN }, 'con.hoTen'],
    [{ 'con.hoTen': 'x'.repeat(2001) }, 'con.hoTen'],
    [{ 'con.noiSinh': { ...emptyAddress(), extra: 'x' } }, 'con.noiSinh'],
    [Object.fromEntries(Array.from({ length: 501 }, (_, at) => [`a${at}`, 'x'])), 'count'],
  ])('%# of another shape are refused with the place, not the value', (input, why) => {
    expect(parseAnswers(input)).toEqual({ ok: false, failure: { kind: 'answersInvalid', why } })
  })

  it('are taken out when set to nothing', () => {
    expect(withAnswer({ a: 'x', b: 'y' }, 'a', undefined)).toEqual({ b: 'y' })
  })

  it('are compared by what they say', () => {
    expect(sameAnswer(emptyAddress(), emptyAddress())).toBe(true)
    expect(sameAnswer(emptyAddress(), emptyAddress('AU'))).toBe(false)
    expect(sameAnswer('1', 1)).toBe(false)
  })
})
