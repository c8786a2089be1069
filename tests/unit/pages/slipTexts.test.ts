import { describe, expect, it } from 'vitest'
import { tabletWords } from '../../../src/i18n/tabletWords.ts'
import { createTexts } from '../../../src/i18n/texts.ts'
import { precheckText } from '../../../src/pages/parts/precheckText.ts'
import { blank, slipParts, type Slipped } from '../../../src/pages/parts/slipLines.ts'
import { birthProcedure } from '../../support/screens/birth.ts'
import { aPackRef } from '../../support/screens/fakeTablet.ts'

const vi = createTexts({ words: tabletWords, locale: 'vi' })
const slip = { bring: ['giayChungSinh'], again: [], signed: ['toKhai'], presence: [], fee: { total: 5000, known: true, confirmed: false, lines: [{ id: 'dangKyQuaHan', quantity: 1, amount: 5000, known: true }] } }
const of: Slipped = { localCode: 'TN-03-261124-001A', pack: aPackRef(), finalisedAt: '2026-11-24T02:00:00.000Z', slip }
const linesOf = (parts: ReturnType<typeof slipParts>) => Object.fromEntries(parts.map(({ id, lines }) => [id, lines]))

describe('the lines of a slip', () => {
  it('say what was filled in, what to bring, where, when, and the expected fee', () => {
    const lines = linesOf(slipParts(of, birthProcedure(), { phone: '0234 382 0000', hours: '07:30–11:30' }, 'UBND phường Phú Xuân', vi))

    expect(lines['procedure']).toEqual(['Thủ tục đăng ký khai sinh (1.001193)'])
    expect(lines['date']).toEqual(['24/11/2026'])
    expect(lines['bring']).toEqual(['Giấy chứng sinh'])
    expect(lines['signed']).toEqual(['Tờ khai đăng ký khai sinh'])
    expect(lines['where']?.at(-1)).toBe('UBND phường Phú Xuân')
    expect(lines['when']).toEqual(['07:30–11:30'])
    expect(lines['phone']).toEqual(['0234 382 0000'])
    expect(lines['fee']?.at(-1)).toBe('Tình nguyện viên không bao giờ nhận tiền. Đừng đưa tiền cho tình nguyện viên.')
  })

  it('leave a blank where the office has said no telephone, and where another volunteer knows the fee', () => {
    const lines = linesOf(slipParts({ ...of, slip: null }, null, {}, '', vi))

    expect(lines).toMatchObject({ procedure: ['1.001193'], phone: [blank], fee: [blank], bring: ['Xin hỏi quầy hướng dẫn về giấy tờ phải mang.'] })
  })
})

describe('a list to take along as a QR code', () => {
  const papers = (count: number) => Array.from({ length: count }, (_, at) => ({ name: `Giấy chứng nhận quyền sử dụng đất số ${at}`, handling: 'Nộp, bản sao, 1 bản' }))

  it('says how each paper is handed in while that fits', () => {
    expect(precheckText({ name: 'Khai sinh', papers: papers(1), lines: ['Không mất lệ phí'] })).toBe(
      'Khai sinh\n- Giấy chứng nhận quyền sử dụng đất số 0 (Nộp, bản sao, 1 bản)\nKhông mất lệ phí',
    )
  })

  it('gets shorter, then plain, and never longer than a phone can read', () => {
    expect(precheckText({ name: 'x', papers: papers(14), lines: [] })).toContain('- Giấy chứng nhận quyền sử dụng đất số 13')
    expect(precheckText({ name: 'x', papers: papers(18), lines: [] })).toContain('- giay chung nhan quyen su dung dat so 17')
    expect(precheckText({ name: 'x', papers: papers(200), lines: [] })).toHaveLength(900)
  })
})
