/**
 * The folder of a new procedure, to begin with: a requester, one paper, the common parts, words in both languages and six
 * examples. It passes the check as it is, so that whoever writes it sees at once which change went wrong.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fail, ok, type Result } from '../../../core/result.ts'
import { errorCode } from '../../postgres/startFailure.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Makes `<code>/1.0.0`; refuses when the procedure is there already. */
export async function newPack(proceduresFolder: string, code: string): Promise<Result<undefined, string>> {
  try {
    await mkdir(join(proceduresFolder, code))
  } catch (cause) {
    if (errorCode(cause) === 'EEXIST') return fail(`procedures/${code} is there already. A change of a published procedure is a new version: copy its newest folder and raise the number.`)
    throw cause
  }
  for (const [name, content] of Object.entries(filesOf(code))) {
    const path = join(proceduresFolder, code, '1.0.0', name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, `${JSON.stringify(content, null, 2)}\n`)
  }
  return ok()
}

const unconfirmed = { source: 'To be written: law, article, date read', confidence: 'GK-low' }

function packOf(code: string): Json {
  return {
    ...{ format: 1, code, version: '1.0.0', sector: 'khac', level: 'ward', validFrom: '2026-01-01', validTo: null, ...unconfirmed, confirmedBy: null },
    sections: [
      {
        id: 'nguoiYeuCau',
        fields: [
          { id: 'nyc.quanHe', kind: 'choice', required: true, choices: [{ code: 'banThan' }, { code: 'uyQuyen' }], ...unconfirmed },
          { use: 'person.1', as: 'nyc', fact: 'self', without: ['danToc', 'email'] },
        ],
      },
      { id: 'uyQuyen', when: { '==': [{ var: 'nyc.quanHe' }, 'uyQuyen'] }, fields: [{ use: 'delegate.1', as: 'uq' }] },
      { id: 'noiDung', fields: [{ id: 'noiDung', kind: 'paragraph', required: true, maxLength: 1000, ...unconfirmed }, { use: 'resultBy.1', as: 'kq' }] },
      { id: 'camDoan', fields: [{ use: 'declaration.1', as: 'camDoan' }] },
      { use: 'consent.1', as: 'dongY' },
    ],
    checks: [],
    derivations: [],
    documents: [
      { id: 'donDeNghi', mode: 'submit', kind: 'original', copies: 1, required: true, substitutes: [], replaceableByDatabase: false, ...unconfirmed },
      { use: 'identityPapers.1' },
      { use: 'delegatePapers.1' },
    ],
    fee: { confirmed: false, lines: [], exemptions: [] },
    deadline: { kind: 'span', span: { amount: 3, unit: 'workingDays' }, dayOff: 'nextWorkingDay', ...unconfirmed },
    basis: [{ id: 'vanBan', ...unconfirmed }],
    result: [{ id: 'ketQua', ...unconfirmed }],
    agency: { applicants: ['caNhan'], reception: 'trungTam', decision: 'ubnd', ...unconfirmed },
    presence: [{ id: 'nguoiYeuCau', ...unconfirmed }],
    precheck: ['nyc.quanHe'],
    related: [],
  }
}

const vietnamese: Json = {
  ...{ format: 1, locale: 'vi', name: 'Thủ tục (tên đầy đủ)', shortName: 'Tên ngắn', summary: 'Một câu: được gì, khi nào cần.' },
  ...{ everydayWords: ['cách người dân gọi'], sector: 'Khác', uses: { nyc: { who: 'người yêu cầu' } } },
  sections: { nguoiYeuCau: { title: 'Người yêu cầu' }, uyQuyen: { title: 'Văn bản ủy quyền' }, noiDung: { title: 'Nội dung đề nghị' }, camDoan: { title: 'Cam đoan' } },
  fields: {
    'nyc.quanHe': { label: 'Ai đứng tên yêu cầu?', choices: { banThan: 'Bản thân', uyQuyen: 'Người được ủy quyền' } },
    noiDung: { label: 'Nội dung đề nghị' },
    'camDoan.dongY': { label: 'Tôi cam đoan nội dung trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật.' },
  },
  problems: {},
  documents: { donDeNghi: { name: 'Đơn đề nghị' } },
  ...{ feeLines: {}, feeExemptions: {}, deadline: '3 ngày làm việc.' },
  basis: { vanBan: 'Tên văn bản, điều khoản' },
  result: { ketQua: 'Kết quả nhận được' },
  applicants: { caNhan: 'Cá nhân có yêu cầu' },
  agencies: { trungTam: 'Trung tâm Phục vụ hành chính công phường', ubnd: 'Ủy ban nhân dân phường' },
  related: {},
  presence: { nguoiYeuCau: 'Người yêu cầu đến nộp, mang giấy tờ tùy thân.' },
}

const english: Json = {
  ...{ format: 1, locale: 'en', name: 'Procedure (full name)', shortName: 'Short name', summary: 'One sentence: what one gets, and when one needs it.' },
  ...{ everydayWords: ['what people call it'], sector: 'Other', uses: { nyc: { who: 'the requester' } } },
  sections: { nguoiYeuCau: { title: 'Requester' }, uyQuyen: { title: 'Authorisation' }, noiDung: { title: 'What is asked for' }, camDoan: { title: 'Declaration' } },
  fields: {
    'nyc.quanHe': { label: 'Who asks?', choices: { banThan: 'The person concerned', uyQuyen: 'A delegate' } },
    noiDung: { label: 'What is asked for' },
    'camDoan.dongY': { label: 'I declare that the above is true and answer for it before the law.' },
  },
  problems: {},
  documents: { donDeNghi: { name: 'Request' } },
  ...{ feeLines: {}, feeExemptions: {}, deadline: '3 working days.' },
  basis: { vanBan: 'Name and article of the law' },
  result: { ketQua: 'What one gets' },
  applicants: { caNhan: 'Whoever needs it' },
  agencies: { trungTam: 'Public administrative service centre of the ward', ubnd: 'People’s Committee of the ward' },
  related: {},
  presence: { nguoiYeuCau: 'The requester comes in person with an identity paper.' },
}

const self: Readonly<Record<string, Json>> = {
  ...{ 'nyc.quanHe': 'banThan', 'nyc.hoTen': 'Trần Thị Bé', 'nyc.ngaySinh': '1990-03-05', 'nyc.gioiTinh': 'nu', 'nyc.quocTich': 'VN' },
  ...{ 'nyc.pid': '046190000001', 'nyc.docType': 'cccd', 'nyc.docNo': '046190000001', 'nyc.docDate': '2021-08-20' },
  ...{ 'nyc.docIssuer': 'Cục Cảnh sát quản lý hành chính về trật tự xã hội', 'nyc.loaiCuTru': 'thuongTru' },
  'nyc.noiCuTru': { countryCode: 'VN', provinceCode: '46', wardCode: '19753', wardText: '', detail: '12 Kiệt 5 Đặng Thái Thân', legacyText: '' },
  ...{ noiDung: 'Nội dung đề nghị', 'kq.phuongThuc': 'trucTiep', 'camDoan.dongY': true, 'camDoan.noi': 'Phú Xuân', 'camDoan.ngay': '2026-11-23' },
  ...{ 'dongY.lyDo': 'khongQuenMay', 'dongY.luuChuyen': true },
  'dongY.chuKy': { how: 'drawn', strokes: '100,500 200,300 320,620 450,480', witness: '', at: '2026-11-23T02:15:00Z' },
}

const delegate: Readonly<Record<string, Json>> = {
  ...{ ...self, 'nyc.quanHe': 'uyQuyen', 'uq.nguoiUyQuyen': 'Lê Văn Ỷ', 'uq.thanThich': false, 'uq.ngay': '2026-11-20' },
  ...{ 'uq.noiChungThuc': 'Ủy ban nhân dân phường Phú Xuân', 'uq.phamVi': 'Nộp hồ sơ và nhận kết quả' },
}

const family: Readonly<Record<string, Json>> = { ...delegate, 'uq.thanThich': true }

const error = (field: string, rule: string): Json => ({ field, rule, level: 'error' })
const example = (about: string, answers: Json, ...problems: readonly Json[]): Json => ({ about, today: '2026-11-23', answers, problems })

function filesOf(code: string): Readonly<Record<string, Json>> {
  return {
    'pack.json': packOf(code),
    'texts.vi.json': vietnamese,
    'texts.en.json': english,
    'examples/ban-than.json': example('The person concerned asks', self),
    'examples/uy-quyen.json': example('A delegate asks, with a certified authorisation', delegate),
    'examples/nguoi-than.json': example('A close relative is the delegate', family),
    'examples/refused-no-content.json': example('Nothing is asked for', { ...self, noiDung: ' ' }, error('noiDung', 'required')),
    'examples/refused-short-number.json': example('A personal number of nine digits', { ...self, 'nyc.pid': '046190000' }, error('nyc.pid', 'personalNumber.shape'), { field: 'nyc.docNo', rule: 'nyc.docKhacPid', level: 'warning' }),
    'examples/refused-not-declared.json': example('The declaration is not made', { ...self, 'camDoan.dongY': false }, error('camDoan.dongY', 'required')),
    'examples/refused-no-consent.json': example('The citizen does not agree', { ...self, 'dongY.luuChuyen': false }, error('dongY.luuChuyen', 'consent.refused')),
  }
}
