import { describe, expect, it } from 'vitest'
import { readForm } from '../../../desk/reading/form.ts'
import { samplePack, sampleTexts } from '../../../src/pages/styleguide/samplePack.ts'
import { aCaseFile } from '../../support/deskCases.ts'
import { generalTexts } from '../../support/packs.ts'

const answers = {
  hoTen: 'Lê Văn Ỷ',
  thanhVien: [{ ten: 'Trần Thị Bưởi', quanHe: 'vo', namSinh: '1960' }, { ten: 'Lê Văn Ổi', quanHe: 'con', quanHeKhac: 'không hỏi' }],
  dongYKhaiGiup: true,
  chuKy: { how: 'drawn', strokes: '0,0 500,200', witness: '', at: '2026-11-24T02:00:00.000Z' },
}

function lineOf(id: string) {
  const file = aCaseFile({ problems: [{ field: 'thanhVien[1].namSinh', rule: 'required', level: 'error', params: {} }] })
  const application = file.application === null ? null : { ...file.application, answers }
  const pack = { content: samplePack, texts: { vi: sampleTexts('vi') } }
  const form = readForm({ ...file, application, pack }, 'vi', generalTexts('vi'))
  return form?.sections.flatMap(({ lines }) => lines).find((line) => line.id === id)
}

describe('a case with lists and a signature', () => {
  it('reads a list row by row, without answers that were not asked', () => {
    expect(lineOf('thanhVien')?.rows).toEqual([
      { title: 'Thành viên 1', parts: [{ column: 'ten', label: 'Họ, chữ đệm, tên', text: 'TRẦN THỊ BƯỞI' }, { column: 'quanHe', label: 'Quan hệ với chủ hộ', text: 'Vợ' }, { column: 'namSinh', label: 'Ngày hoặc năm sinh', text: '1960' }] },
      { title: 'Thành viên 2', parts: [{ column: 'ten', label: 'Họ, chữ đệm, tên', text: 'LÊ VĂN ỔI' }, { column: 'quanHe', label: 'Quan hệ với chủ hộ', text: 'Con' }] },
    ])
  })

  it('puts what is wrong in a cell beside the list, naming row and column', () => {
    expect(lineOf('thanhVien')?.problems.map(({ label }) => label)).toEqual(['Thành viên 2, Ngày hoặc năm sinh'])
  })

  it('keeps the strokes of a signature to be drawn, and says yes or no to a consent', () => {
    expect(lineOf('chuKy')).toMatchObject({ strokes: '0,0 500,200', text: 'Đã ký trên màn hình' })
    expect(lineOf('dongYKhaiGiup')).toMatchObject({ text: 'Có', rows: [], strokes: '' })
  })
})
