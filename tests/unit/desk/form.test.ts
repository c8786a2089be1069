import { describe, expect, it } from 'vitest'
import { readForm, readRaw } from '../../../desk/reading/form.ts'
import { aCaseFile } from '../../support/deskCases.ts'
import { generalTexts } from '../../support/packs.ts'

const general = generalTexts('vi')
const linesOf = (file: ReturnType<typeof aCaseFile>) => readForm(file, 'vi', general)?.sections.flatMap(({ lines }) => lines) ?? []
const lineOf = (file: ReturnType<typeof aCaseFile>, id: string) => linesOf(file).find((line) => line.id === id)

describe('a case read as its form', () => {
  it('keeps the order of the pack, names in capitals, dates as they are written in Viet Nam', () => {
    const file = aCaseFile()

    expect(readForm(file, 'vi', general)?.sections.map(({ title }) => title).slice(0, 3)).toEqual(['Trường hợp khai sinh', 'Người yêu cầu', 'Thông tin của trẻ'])
    expect(lineOf(file, 'con.hoTen')?.text).toBe('NGUYỄN ĐÌNH MINH AN')
    expect(lineOf(file, 'con.ngaySinh')?.text).toBe('05/11/2026')
  })

  it('leaves an empty item empty, to be struck with a dash', () => {
    const file = aCaseFile({ answers: { 'nyc.dienThoai': '' } })

    expect(lineOf(file, 'nyc.dienThoai')?.text).toBe('')
  })

  it('marks an answer that names another country', () => {
    const file = aCaseFile({ answers: { 'cha.quocTich': 'AU' } })

    expect(lineOf(file, 'cha.quocTich')).toMatchObject({ text: 'Úc', foreign: true })
    expect(lineOf(file, 'me.quocTich')).toMatchObject({ text: 'Việt Nam', foreign: false })
  })

  it('puts each problem beside its answer, in words, and those of no shown field at the end', () => {
    const file = aCaseFile({
      problems: [
        { field: 'alien', rule: 'unknownField', level: 'error', params: {} },
        { field: 'nyc.hoTen', rule: 'required', level: 'error', params: {} },
        { field: 'con.hoTen', rule: 'name.long', level: 'warning', params: { max: 25 } },
      ],
    })

    expect(lineOf(file, 'con.hoTen')?.problems).toEqual([
      { field: 'con.hoTen', label: 'Họ, chữ đệm, tên của trẻ', level: 'warning', text: 'Tên dài hơn 25 ký tự. Xin kiểm tra lại với người dân.' },
    ])
    expect(readForm(file, 'vi', general)?.problems.map(({ field }) => field)).toEqual(['nyc.hoTen', 'con.hoTen', 'alien'])
  })

  it('offers the papers of the published list only', () => {
    const form = readForm(aCaseFile(), 'vi', general)

    expect(form?.published.map(({ id }) => id)).toEqual([
      'toKhai', 'giayChungSinh', 'giayChungSinhDienTu', 'vanBanNguoiLamChung', 'giayCamDoanViecSinh', 'bienBanBoRoi', 'xacNhanMangThaiHo',
      'vanBanUyQuyenChungThuc', 'vanBanUyQuyen', 'giayToQuanHe', 'giayToTuyThan', 'giayToCuTru', 'giayKetHon',
    ])
    expect(form?.papers.find(({ id }) => id === 'toKhai')?.state).toBe('have')
  })

  it('reads in English where the pack has English', () => {
    expect(readForm(aCaseFile(), 'en', generalTexts('en'))?.sections[2]?.title).not.toBe('Thông tin của trẻ')
    const { content } = aCaseFile().pack ?? {}
    const onlyVietnamese = aCaseFile({ pack: { content, texts: { vi: aCaseFile().pack?.texts['vi'] } } })
    expect(readForm(onlyVietnamese, 'en', general)?.sections[2]?.title).toBe('Thông tin của trẻ')
  })

  it.each([
    ['the office has no such pack', { pack: null }],
    ['nothing could be opened', { application: null }],
    ['the pack is broken', { pack: { content: { format: 2 }, texts: {} } }],
  ])('is no form when %s', (_why, changes) => {
    expect(readForm(aCaseFile(changes), 'vi', general)).toBeNull()
  })

  it('is no form when an answer has a shape that no field has', () => {
    expect(readForm(aCaseFile({ answers: { 'con.hoTen': { toString: 'x' } } }), 'vi', general)).toBeNull()
  })

  it('without its form shows each answer as text', () => {
    const raw = readRaw(aCaseFile({ pack: null, answers: { 'con.hoTen': '<b>An</b>', 'con.deep': { a: 1 } } }), 'vi')

    expect(raw.find(({ id }) => id === 'con.hoTen')?.text).toBe('<b>An</b>')
    expect(raw.find(({ id }) => id === 'con.deep')?.text).toBe('{"a":1}')
    expect(raw.find(({ id }) => id === 'con.ngaySinh')?.text).toBe('05/11/2026')
    expect(raw.find(({ id }) => id === 'con.queQuan')?.text).toBe('Phường Phú Xuân, Thành phố Huế')
    const signed = { how: 'mark', strokes: '', witness: 'Lê Văn Ỷ', at: '2026-11-23T02:15:00Z' }
    const more = readRaw(aCaseFile({ pack: null, answers: { a: signed, b: [{ hoTen: 'An', soBan: 2 }], c: ['x', 'y'], d: false } }), 'vi')

    expect(['a', 'b', 'c', 'd'].map((id) => more.find((line) => line.id === id)?.text)).toEqual([
      'Điểm chỉ, người làm chứng: Lê Văn Ỷ',
      'hoTen: An, soBan: 2',
      'x; y',
      'Không',
    ])
  })
})
