/** A made-up procedure with every kind of question, for the style guide and for tests of the form. No citizen ever meets it. */
const relations = ['vo', 'chong', 'con', 'cha', 'me', 'khac'] as const
const trades = ['lua', 'rau', 'ca', 'tom', 'ga', 'vit', 'heo', 'bo', 'nonLa', 'det', 'moc', 'keo'] as const
const choices = (codes: readonly string[]): { code: string }[] => codes.map((code) => ({ code }))

const questions = [
  { id: 'hoTen', kind: 'name', required: true, fact: 'self.fullName' },
  { id: 'ngaySinh', kind: 'date', required: false, precision: ['day', 'month', 'year'], notFuture: true },
  { id: 'soDinhDanh', kind: 'personalNumber', required: false, fact: 'self.pid' },
  { id: 'dienThoai', kind: 'phone', required: false },
  { id: 'danToc', kind: 'ethnicGroup', required: false },
  { id: 'thuNhap', kind: 'money', required: true },
  { id: 'ngheChinh', kind: 'choice', required: false, choices: choices(trades) },
  { id: 'hoTro', kind: 'multiChoice', required: true, min: 1, max: 2, choices: choices(['tien', 'gao', 'thuoc']) },
  { id: 'vatNuoi', kind: 'multiChoice', required: false, choices: choices(trades) },
  { id: 'daNhan', kind: 'yesNo', required: true },
  { id: 'lyDo', kind: 'paragraph', required: { '==': [{ var: 'daNhan' }, true] }, when: { '==': [{ var: 'daNhan' }, true] } },
]

const members = {
  id: 'thanhVien',
  kind: 'list',
  required: true,
  min: 1,
  max: 4,
  columns: [
    { id: 'ten', kind: 'name', required: true },
    { id: 'quanHe', kind: 'choice', required: true, choices: choices(relations) },
    { id: 'quanHeKhac', kind: 'text', required: true, when: { '==': [{ var: 'row.quanHe' }, 'khac'] } },
    { id: 'namSinh', kind: 'date', required: true, precision: ['day', 'month', 'year'], notFuture: true },
    { id: 'thuNhap', kind: 'money', required: false },
  ],
}

export const samplePack = {
  format: 1,
  code: '9.999999',
  version: '1.0.0',
  sector: 'mau',
  level: 'ward',
  validFrom: '2026-01-01',
  validTo: null,
  source: 'made up',
  confidence: 'GK',
  confirmedBy: null,
  sections: [
    { id: 'nguoi', fields: questions },
    { id: 'giaDinh', fields: [members, { id: 'khachO', kind: 'list', required: false, columns: [{ id: 'ten', kind: 'name', required: true }] }] },
    {
      id: 'dongY',
      fields: [
        { id: 'dongYKhaiGiup', kind: 'consent', required: true },
        { id: 'camDoan', kind: 'declaration', required: true },
        { id: 'chuKy', kind: 'signature', required: true },
      ],
    },
  ],
  checks: [{ id: 'khongAm', field: 'thanhVien', column: 'namSinh', level: 'warning', when: { '<': [{ yearOf: { var: 'row.namSinh' } }, 1930] } }],
  derivations: [],
  documents: [],
  fee: { confirmed: false, lines: [], exemptions: [] },
  deadline: { kind: 'span', span: { amount: 5, unit: 'workingDays' }, dayOff: 'nextWorkingDay' },
  basis: [],
  result: [],
  agency: { applicants: [], reception: 'mau', decision: 'mau' },
  related: [],
}

const tradeNames: Readonly<Record<string, string>> = {
  lua: 'Trồng lúa', rau: 'Trồng rau', ca: 'Nuôi cá', tom: 'Nuôi tôm', ga: 'Nuôi gà', vit: 'Nuôi vịt',
  heo: 'Nuôi heo', bo: 'Nuôi bò', nonLa: 'Chằm nón lá', det: 'Dệt zèng', moc: 'Mộc mỹ nghệ', keo: 'Làm kẹo mè xửng',
}

const questionWords = {
    hoTen: { label: 'Họ, chữ đệm, tên', hint: 'Viết đúng như trên giấy tờ.' },
    ngaySinh: { label: 'Ngày sinh' },
    soDinhDanh: { label: 'Số định danh cá nhân' },
    dienThoai: { label: 'Số điện thoại' },
    danToc: { label: 'Dân tộc' },
    thuNhap: { label: 'Thu nhập cả nhà một tháng', hint: 'Bằng đồng.' },
    ngheChinh: { label: 'Nghề chính', choices: tradeNames },
    hoTro: { label: 'Muốn được hỗ trợ gì?', hint: 'Chọn nhiều nhất hai.', choices: { tien: 'Tiền', gao: 'Gạo', thuoc: 'Thuốc' } },
    vatNuoi: { label: 'Nhà làm những nghề nào?', choices: tradeNames },
    daNhan: { label: 'Trước đây đã nhận hỗ trợ chưa?' },
    lyDo: { label: 'Đã nhận gì, khi nào?' },
    thanhVien: {
      label: 'Những người cùng nhà',
      row: 'Thành viên',
      columns: {
        ten: { label: 'Họ, chữ đệm, tên' },
        quanHe: { label: 'Quan hệ với chủ hộ', choices: { vo: 'Vợ', chong: 'Chồng', con: 'Con', cha: 'Cha', me: 'Mẹ', khac: 'Khác' } },
        quanHeKhac: { label: 'Quan hệ như thế nào?' },
        namSinh: { label: 'Ngày hoặc năm sinh' },
        thuNhap: { label: 'Thu nhập một tháng' },
      },
    },
    khachO: { label: 'Người ở nhờ', row: 'Người ở nhờ', columns: { ten: { label: 'Họ, chữ đệm, tên' } } },
    dongYKhaiGiup: {
      label: 'Ông/Bà có đồng ý để tình nguyện viên khai giúp không?',
      hint: 'Tôi đồng ý để tình nguyện viên khai giúp thủ tục này. Những điều tôi nói được mã hóa, lưu tạm trên máy này và chuyển đến Trung tâm Phục vụ hành chính công phường để giải quyết. Tôi có quyền xem, sửa, yêu cầu xóa hoặc rút lại sự đồng ý.',
    },
    camDoan: { label: 'Tôi cam đoan những điều khai trên đây là đúng sự thật.' },
    chuKy: { label: 'Chữ ký của Ông/Bà' },
  }

/** The words of the sample; English pages show them, too, for they are only looked at by makers. */
export const sampleTexts = (locale: 'vi' | 'en'): object => ({
  format: 1,
  locale,
  name: 'Thủ tục mẫu',
  shortName: 'Thủ tục mẫu',
  summary: 'Mọi loại câu hỏi.',
  everydayWords: ['mẫu'],
  sector: 'Mẫu',
  sections: { nguoi: { title: 'Người khai' }, giaDinh: { title: 'Gia đình' }, dongY: { title: 'Đồng ý và ký' } },
  fields: questionWords,
  problems: { khongAm: 'Người này sinh trước năm 1930, xin xem lại.' },
  documents: {},
  feeLines: {},
  feeExemptions: {},
  deadline: '5 ngày làm việc',
  basis: {},
  result: {},
  applicants: {},
  agencies: { mau: 'Nơi mẫu' },
  related: {},
})
