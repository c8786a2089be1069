import { describe, expect, it } from 'vitest'
import { checklist, missingPapers } from '../../../../core/procedure/checklist.ts'
import { feeFor } from '../../../../core/procedure/fees.ts'
import { readMoney } from '../../../../core/procedure/money.ts'
import { relatedProcedures } from '../../../../core/procedure/related.ts'
import { aPack, packOfRepository, birthAnswers, birthPack } from '../../../support/packs.ts'

const context = { today: '2026-11-23' }
const pack = birthPack()
const idsOf = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id)

describe('the papers of a birth registration', () => {
  it('are all missing at first but those that the database answers or that the counter prints', () => {
    expect(idsOf(missingPapers(pack, birthAnswers(), {}, context))).toEqual(['giayChungSinh', 'giayToTuyThan'])
  })

  it('that are only presented are settled by showing them, those to hand in are not', () => {
    const papers = { toKhai: 'have', giayChungSinh: 'onlyShow', giayToTuyThan: 'onlyShow' } as const

    expect(idsOf(missingPapers(pack, birthAnswers(), papers, context))).toEqual(['giayChungSinh'])
  })

  it('are asked for when somebody says that the database has no answer', () => {
    const papers = { toKhai: 'have', giayChungSinh: 'have', giayToTuyThan: 'have', giayToCuTru: 'missing' } as const

    expect(idsOf(missingPapers(pack, birthAnswers(), papers, context))).toEqual(['giayToCuTru'])
  })

  it('are not replaced by the database where the law does not say so', () => {
    const [form] = checklist(pack, birthAnswers(), { toKhai: 'replacedByDatabase' }, context)

    expect(form).toMatchObject({ id: 'toKhai', state: 'missing', mode: 'submit', kind: 'original', required: true })
  })

  it('name what does as well', () => {
    expect(checklist(pack, birthAnswers(), {}, context).find(({ id }) => id === 'giayChungSinh')?.substitutes).toEqual([
      'vanBanNguoiLamChung',
      'giayCamDoanViecSinh',
    ])
  })
})

describe('the fee of a birth registration', () => {
  it('is nothing on time without copies', () => {
    const answers = birthAnswers({ 'banSao.coCap': false })

    expect(feeFor(pack, answers, context)).toEqual({ lines: [], total: 0, known: true, confirmed: false })
  })

  it('counts late registration and copies, and is not confirmed', () => {
    const answers = birthAnswers({ loaiDangKy: 'quaHan', 'con.ngaySinh': '2026-01-05' })

    expect(feeFor(pack, answers, context)).toMatchObject({
      total: 21000,
      confirmed: false,
      lines: [
        { id: 'dangKyQuaHan', amount: 5000 },
        { id: 'banSaoTrichLuc', quantity: 2, unitAmount: 8000, amount: 16000, exemption: null },
      ],
    })
  })

  it('is waived for copies by VNeID level 2 only in its months, and only for copies', () => {
    const answers = birthAnswers({ loaiDangKy: 'quaHan', 'con.ngaySinh': '2026-01-05', 'lePhi.dienMien': 'vneidMuc2' })

    expect(feeFor(pack, answers, context).total).toBe(5000)
    expect(feeFor(pack, answers, { today: '2027-03-01' }).total).toBe(21000)
    expect(feeFor(pack, answers, { today: '2026-08-14' }).total).toBe(21000)
  })

  it('is read with dots for thousands', () => {
    expect(readMoney(21000, 'vi')).toBe('21.000 đồng')
    expect(readMoney(0, 'en')).toBe('0 đồng')
  })
})

describe('other procedures', () => {
  const codes = (answers: ReturnType<typeof birthAnswers>) => relatedProcedures(pack, answers, context).map(({ code }) => code)

  it('are pointed to where the answers say so', () => {
    expect(codes(birthAnswers())).toEqual(['3.000722'])
    expect(codes(birthAnswers({ chaMeKetHon: false }))).toEqual(['3.000722', '1.000689'])
    expect(codes(birthAnswers({ 'con.ngaySinh': '1990-01-20' }))).toEqual(['1.004884'])
  })
})

describe('a fee that nobody has told', () => {
  const line = { id: 'mucThu', amount: null, unit: 'application', exemptions: ['hoNgheo'], confirmed: false }
  const unknown = aPack({
    sections: [{ id: 's', fields: [{ id: 'mien', kind: 'choice', required: false, choices: [{ code: 'khong' }, { code: 'hoNgheo' }] }] }],
    fee: { confirmed: false, exemptionField: 'mien', lines: [line, { ...line, id: 'banSao', amount: 8000, exemptions: [] }], exemptions: [{ code: 'hoNgheo' }] },
  })

  it('is not free: the sum of the rest is no answer to what it costs', () => {
    expect(feeFor(unknown, {}, { today: '2026-11-23' })).toMatchObject({ total: 8000, known: false })
  })

  it('is known to be nothing for whoever is exempt', () => {
    expect(feeFor(unknown, { mien: 'hoNgheo' }, { today: '2026-11-23' })).toMatchObject({ total: 8000, known: true })
  })
})

describe('a fee by number', () => {
  const today = { today: '2026-11-23' }
  const residence = packOfRepository('1.004194')
  const copies = packOfRepository('2.000815')

  it('is not free while nobody has said how many', () => {
    expect(feeFor(residence, { theoDanhSach: true }, today)).toMatchObject({ total: 0, known: false, lines: [{ id: 'danhSach', quantity: 0, unitAmount: 10_000, known: false }] })
    expect(feeFor(copies, {}, today)).toMatchObject({ total: 0, known: false })
  })

  it('is known once it can be counted', () => {
    expect(feeFor(residence, { theoDanhSach: true, soNguoi: 3 }, today)).toMatchObject({ total: 30_000, known: true })
    expect(feeFor(copies, { giayTo: [{ soTrang: 4, soBan: 3 }] }, today)).toMatchObject({ total: 18_000, known: true })
  })

  it('is not known by the rows that are filled in while another is not', () => {
    expect(feeFor(copies, { giayTo: [{ soTrang: 4, soBan: 3 }, { soTrang: 2 }] }, today).known).toBe(false)
  })

  it('is known to be nothing for whoever is exempt, whatever the number', () => {
    const line = { id: 'l', amount: 8000, unit: 'copy', quantity: { var: 'soBan' }, exemptions: ['hoNgheo'], confirmed: false }
    const pack = aPack({
      sections: [{ id: 's', fields: [{ id: 'mien', kind: 'choice', required: false, choices: [{ code: 'khong' }, { code: 'hoNgheo' }] }, { id: 'soBan', kind: 'number', required: true }] }],
      fee: { confirmed: false, exemptionField: 'mien', lines: [line], exemptions: [{ code: 'hoNgheo' }] },
    })

    expect(feeFor(pack, { mien: 'hoNgheo' }, today)).toMatchObject({ total: 0, known: true })
  })
})
