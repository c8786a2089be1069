import { describe, expect, it } from 'vitest'
import { checkLogic, evaluate, holds, variablesOf, type Logic } from '../../../../core/procedure/conditions.ts'

const context = { today: '2026-11-23' }
const answers = { 'con.hoTen': 'An', 'con.ngaySinh': '2026-09-01', 'me.pid': '046190000001', 'banSao.soLuong': 2 }
const value = (logic: Logic): unknown => evaluate(logic, answers, context)

describe('a condition', () => {
  it.each<[Logic, unknown]>([
    [{ var: 'con.hoTen' }, 'An'],
    [{ var: 'con.khac' }, null],
    [{ var: 'constructor' }, null],
    [{ var: 'today' }, '2026-11-23'],
    [{ '==': [{ var: 'con.hoTen' }, 'An'] }, true],
    [{ '==': [{ var: 'con.khac' }, null] }, true],
    [{ '!=': [{ var: 'banSao.soLuong' }, '2'] }, true],
    [{ '>': [{ daysBetween: [{ var: 'con.ngaySinh' }, { var: 'today' }] }, 60] }, true],
    [{ '<': [{ yearsBetween: [{ var: 'me.ngaySinh' }, { var: 'con.ngaySinh' }] }, 12] }, false],
    [{ in: [{ var: 'con.hoTen' }, ['An', 'Bé']] }, true],
    [{ in: [{ var: 'con.khac' }, [null]] }, false],
    [{ and: [true, { '!': [{ var: 'con.khac' }] }] }, true],
    [{ or: [false, { '!!': [{ var: 'con.hoTen' }] }] }, true],
    [{ if: [false, 'a', true, 'b', 'c'] }, 'b'],
    [{ if: [false, 'a', 'c'] }, 'c'],
    [{ if: [false, 'a'] }, null],
    [{ '+': [{ var: 'banSao.soLuong' }, 1] }, 3],
    [{ '+': [{ var: 'con.hoTen' }, 1] }, null],
    [{ cat: [{ var: 'con.hoTen' }, '!'] }, 'An!'],
    [{ length: [{ var: 'con.hoTen' }] }, 2],
    [{ numberBirthYear: [{ var: 'me.pid' }] }, 1990],
    [{ numberSex: [{ var: 'me.pid' }] }, 'nu'],
    [{ numberSex: [{ var: 'con.hoTen' }] }, null],
    [{ yearOf: ['1990-05'] }, 1990],
    [{ countryOf: [{ var: 'con.hoTen' }] }, null],
    [{ sameText: ['Thủy', 'thuỷ'] }, true],
    [{ dateInWords: ['x'] }, null],
    [{ surelyBefore: ['1990-03-04', '1990-03-05'] }, true],
    [{ surelyBefore: ['1990-03-05', '1990-03-05'] }, false],
    [{ surelyBefore: ['1990', '1990-03-05'] }, false],
    [{ surelyBefore: ['1990-03', '1990-03-05'] }, false],
    [{ surelyBefore: ['1990-03-05', '1990'] }, false],
    [{ surelyBefore: ['1990-02', '1990-03-05'] }, true],
    [{ surelyBefore: ['1990-03-05', '1990-04'] }, true],
    [{ surelyBefore: ['1989', '1990-03-05'] }, true],
    [{ surelyBefore: ['1991', '1990-03-05'] }, false],
    [{ surelyBefore: ['mai', '2026-11-23'] }, false],
    [{ surelyBefore: [{ var: 'con.khac' }, { var: 'today' }] }, false],
  ])('%j gives %j', (logic, expected) => {
    expect(value(logic)).toEqual(expected)
  })

  it('that compares with a missing answer is false, both ways', () => {
    for (const operator of ['<', '<=', '>', '>=']) expect(value({ [operator]: [{ var: 'con.khac' }, 12] })).toBe(false)
  })

  it('that is absent holds', () => {
    expect(holds(undefined, {}, context)).toBe(true)
  })

  it('names the fields it looks at', () => {
    const logic = { and: [{ '==': [{ var: 'a' }, { var: 'today' }] }, { in: [{ var: 'b.c' }, ['var']] }] }

    expect(variablesOf(logic)).toEqual(['a', 'b.c'])
  })
})

describe('a condition outside the subset', () => {
  const known = new Set(['a'])
  it.each<[Logic, string]>([
    [{ map: [[], true] }, 'unknown operator map'],
    [{ var: 'b' }, 'unknown or later field b'],
    [{ var: ['a', 1] }, 'var wants a field id'],
    [{ '==': [1, 2], '!=': [1, 2] }, 'not exactly one operator'],
    [{}, 'not exactly one operator'],
    [{ and: [{ constructor: [] }] }, 'unknown operator constructor'],
    [Array.from({ length: 20 }).reduce<Logic>((inner) => ({ '!': [inner] }), true), 'deeper than allowed'],
  ])('%j is refused: %s', (logic, why) => {
    expect(checkLogic(logic, known)).toBe(why)
  })

  it('is told from one inside', () => {
    expect(checkLogic({ and: [{ '!': [{ var: 'a' }] }, { var: 'today' }] }, known)).toBeNull()
  })
})
