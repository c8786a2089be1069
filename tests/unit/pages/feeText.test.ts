import { describe, expect, it } from 'vitest'
import { feeFor } from '../../../core/procedure/fees.ts'
import { tabletWords } from '../../../src/i18n/tabletWords.ts'
import { createTexts } from '../../../src/i18n/texts.ts'
import { amountText, precheckFee } from '../../../src/pages/parts/feeText.ts'
import { slipParts } from '../../../src/pages/parts/slipLines.ts'
import { aPack, packOfRepository } from '../../support/packs.ts'
import { aPackRef } from '../../support/screens/fakeTablet.ts'

const vi = createTexts({ words: tabletWords, locale: 'vi' })
const en = createTexts({ words: tabletWords, locale: 'en' })
const today = { today: '2026-11-23' }
const names = { banSao: 'Chứng thực bản sao' }
const copies = packOfRepository('2.000815')
const none = feeFor(copies, {}, today)

describe('the fee of a pre-check', () => {
  it('is not called free before anybody has said how many', () => {
    expect(precheckFee(none, names, true, vi)).toEqual(['Chứng thực bản sao: 1.000 đồng mỗi đơn vị tính, chưa biết số lượng'])
    expect(precheckFee(none, names, true, en)).toEqual(['Chứng thực bản sao: 1,000 đồng each, the number is not known yet'])
  })

  it('is the sum once it is known', () => {
    const fee = feeFor(copies, { giayTo: [{ soTrang: 4, soBan: 3 }] }, today)

    expect(precheckFee(fee, names, false, vi)).toEqual(['Chứng thực bản sao: 18.000 đồng', 'Tổng cộng (dự kiến): 18.000 đồng'])
  })

  it('is called free where no answer can change that, and only there', () => {
    const fee = feeFor(aPack(), {}, today)

    expect(precheckFee(fee, {}, false, vi)).toEqual(['Không mất lệ phí'])
    expect(precheckFee(fee, {}, true, vi)).toEqual(['Còn tùy các câu trả lời'])
  })
})

describe('an amount', () => {
  it('that nobody has told says so, and not that it is nothing', () => {
    const unknown = feeFor(aPack({ fee: { confirmed: false, lines: [{ id: 'l', amount: null, unit: 'application', exemptions: [], confirmed: false }], exemptions: [] } }), {}, today)

    expect(unknown.lines.map((line) => amountText(line, vi))).toEqual(['Chưa biết mức thu, xin hỏi tại quầy'])
  })

  it('on a slip is said of each line, known or not', () => {
    const lines = [{ id: 'mot', quantity: 1, amount: 5000, known: true }, { id: 'hai', quantity: 1, amount: 0, known: false }]
    const slip = { bring: [], again: [], signed: [], presence: [], fee: { total: 5000, known: false, confirmed: false, lines } }
    const parts = slipParts({ localCode: 'TN', pack: aPackRef(), finalisedAt: '2026-11-24T02:00:00.000Z', slip }, null, {}, '', vi)

    expect(parts.find(({ id }) => id === 'fee')?.lines.slice(0, 2)).toEqual(['mot: 5.000 đồng', 'hai: Chưa biết mức thu, xin hỏi tại quầy'])
  })
})
