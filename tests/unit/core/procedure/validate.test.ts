import { describe, expect, it } from 'vitest'
import type { Answers } from '../../../../core/procedure/answers.ts'
import { mayFinalise } from '../../../../core/procedure/problems.ts'
import {
  hiddenAnswers,
  isRequired,
  normaliseAnswers,
  pruneHidden,
  relevantFields,
  relevantSections,
  validate,
  validateField,
} from '../../../../core/procedure/validate.ts'
import { aPack, birthAnswers, birthPack } from '../../../support/packs.ts'

const context = { today: '2026-11-23' }
const pack = birthPack()
const idsOf = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id)
const rulesOf = (id: string, answers: Answers) => validateField(pack, id, answers, context).map(({ rule }) => rule)

describe('what is asked', () => {
  it('are all pages when both parents are known', () => {
    expect(idsOf(relevantSections(pack, birthAnswers(), context))).toEqual([
      'truongHop',
      'nguoiYeuCau',
      'con',
      'me',
      'cha',
      'goc',
      'banSaoKetQua',
      'camDoan',
      'dongY',
    ])
  })

  it('is nothing about parents of an abandoned child', () => {
    const sections = idsOf(relevantSections(pack, { loaiKhaiSinh: 'boRoi' }, context))

    expect(sections).not.toContain('me')
    expect(sections).not.toContain('cha')
  })

  it('is the authorisation only of a delegate', () => {
    const answers = birthAnswers({ 'nyc.quanHe': 'uyQuyen' })

    expect(idsOf(relevantFields(pack, answers, context, 'uyQuyen'))).toContain('uq.nguoiUyQuyen')
    expect(relevantFields(pack, birthAnswers(), context, 'uyQuyen')).toEqual([])
  })

  it('does not depend on an answer that is hidden itself', () => {
    const chain = aPack({
      sections: [
        {
          id: 's',
          fields: [
            { id: 'a', kind: 'yesNo', required: true },
            { id: 'b', kind: 'yesNo', required: true, when: { '==': [{ var: 'a' }, true] } },
            { id: 'c', kind: 'text', required: true, when: { '==': [{ var: 'b' }, true] } },
          ],
        },
      ],
    })

    expect(pruneHidden(chain, { a: false, b: true, c: 'x' }, context)).toEqual({ a: false })
    expect(hiddenAnswers(chain, { a: false, b: true, c: 'x' }, context)).toEqual(['b', 'c'])
    expect(validate(chain, { a: false, b: true, c: 'x' }, context)).toEqual([])
  })

  it('must be answered only where the answers so far demand it', () => {
    const field = relevantFields(pack, birthAnswers(), context).find(({ id }) => id === 'cha.hoTen')
    if (field === undefined) throw new Error('no father')

    expect(isRequired(pack, field, birthAnswers(), context)).toBe(true)
    expect(isRequired(pack, field, { loaiKhaiSinh: 'caHaiChaMe', chaMeKetHon: false }, context)).toBe(false)
  })
})

describe('a problem', () => {
  it('never carries the answer', () => {
    const marker = 'Marker 7391'
    const texts = pack.sections.flatMap(({ fields }) => fields).map(({ id }): [string, string] => [id, marker])
    const problems = validate(pack, Object.fromEntries(texts), context)

    expect(problems.length).toBeGreaterThan(20)
    expect(JSON.stringify(problems)).not.toContain('7391')
  })

  it('of an answer to a field that the pack has not is an error', () => {
    expect(validate(pack, birthAnswers({ 'x.y': 'z' }), context)).toEqual([
      { field: 'x.y', rule: 'unknownField', level: 'error', params: {} },
    ])
  })

  it('of an answer of the wrong type is an error, not a missing answer', () => {
    expect(rulesOf('con.hoTen', birthAnswers({ 'con.hoTen': true }))).toEqual(['name.shape'])
    expect(rulesOf('cha.pid', birthAnswers({ 'cha.pid': false }))).toEqual(['personalNumber.shape'])
  })

  it('that is a warning does not stop the application', () => {
    const problems = validate(pack, birthAnswers({ 'me.ngaySinh': '2016' }), context)

    expect(problems.map(({ rule }) => rule)).toEqual(['me.tuoi', 'me.pidNamSinh'])
    expect(mayFinalise(problems)).toBe(true)
  })
})

describe('checks of birth registration', () => {
  it.each<[string, Answers, string, readonly string[]]>([
    ['61 days and first registration', { 'con.ngaySinh': '2026-09-23' }, 'loaiDangKy', ['dangKy.quaHanMaGhiLanDau']],
    ['60 days and first registration', { 'con.ngaySinh': '2026-09-24' }, 'loaiDangKy', []],
    ['60 days and late registration', { 'con.ngaySinh': '2026-09-24', loaiDangKy: 'quaHan' }, 'loaiDangKy', ['dangKy.conHanMaGhiQuaHan']],
    ['mother eleven years older', { 'me.ngaySinh': '2014-11-06' }, 'me.ngaySinh', ['me.tuoi']],
    ['mother twelve years older', { 'me.ngaySinh': '2014-11-05' }, 'me.ngaySinh', []],
    ['mother known by year, maybe twelve', { 'me.ngaySinh': '2014' }, 'me.ngaySinh', []],
    ['number of another year', { 'me.ngaySinh': '1991' }, 'me.pid', ['me.pidNamSinh']],
    ['number of a man for the mother', { 'me.pid': '046090000004', 'me.docNo': '046090000004' }, 'me.pid', ['me.pidGioiTinh']],
    ['number of a woman for the father', { 'cha.pid': '046190000001' }, 'cha.pid', ['cha.pidGioiTinh']],
    ['card number other than the personal number', { 'me.docNo': '046190000002' }, 'me.docNo', ['me.docKhacPid']],
    ['issued before birth', { 'nyc.docDate': '1990-03-04' }, 'nyc.docDate', ['nyc.docTruocNgaySinh']],
    ['issued on the day of birth', { 'nyc.docDate': '1990-03-05' }, 'nyc.docDate', []],
    ['issued tomorrow', { 'nyc.docDate': '2026-11-24' }, 'nyc.docDate', ['date.future']],
    ['requester of 17', { 'nyc.ngaySinh': '2008-11-24' }, 'nyc.ngaySinh', ['nyc.chuaDuTuoi']],
    ['requester of 18', { 'nyc.ngaySinh': '2008-11-23' }, 'nyc.ngaySinh', []],
    ['unmarried and father named', { chaMeKetHon: false }, 'cha.hoTen', ['cha.nhanCon']],
    ['dead father asks', { 'nyc.quanHe': 'chaDe', 'cha.loaiCuTru': 'daChet' }, 'nyc.quanHe', ['nyc.chaMeDaMat']],
    ['group of neither parent', { 'con.danToc': 'Tày' }, 'con.danToc', ['con.danTocTheoChaMe']],
    ['born abroad in Viet Nam', { 'con.noiSinhLoai': 'nuocNgoai' }, 'con.noiSinh', ['con.noiSinhNgoaiNuoc']],
    ['Telex with the keyboard off', { 'con.hoTen': 'Nguyeenx An' }, 'con.hoTen', ['name.telex']],
  ])('%s', (_what, changes, field, rules) => {
    expect(rulesOf(field, birthAnswers(changes))).toEqual(rules)
  })
})

describe('normalised answers', () => {
  it('lose what is empty and keep what cannot be read', () => {
    const answers = normaliseAnswers(pack, {
      'con.hoTen': ' Trần  Ăn ',
      'con.ngaySinh': '5/11/2026',
      'chungSinh.so': '  ',
      'me.ngaySinh': 'khoảng 1990',
      'camDoan.dongY': false,
      'x.y': ' z ',
    })

    expect(answers).toEqual({
      'con.hoTen': 'Trần Ăn',
      'con.ngaySinh': '2026-11-05',
      'me.ngaySinh': 'khoảng 1990',
      'x.y': ' z ',
    })
  })
})
