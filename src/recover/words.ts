/** Words of the recovery page. It shares no file with the app, so it has its own. */
const vi = {
  title: 'Trang cứu hộ',
  lead: 'Trang này xem, gửi và xuất những hồ sơ đã niêm phong nằm trên máy, cả khi ứng dụng không mở được. Trang này không xóa gì.',
  looking: 'Đang tìm hồ sơ trên máy…',
  none: 'Không tìm thấy hồ sơ đã niêm phong nào trên máy này.',
  found: 'Có {n} hồ sơ đã niêm phong trên máy này.',
  unreadable: '{n} bản sao không đọc được; trang để nguyên, không xóa.',
  noDatabase: 'Kho dữ liệu của ứng dụng không đọc được; trang dùng bản thứ hai.',
  broken: 'Không đọc được hồ sơ. Xin đừng xóa dữ liệu trình duyệt và nhờ cán bộ xem giúp.',
  list: 'Hồ sơ trên máy',
  finalisedAt: 'niêm phong {at}',
  photos: 'có ảnh',
  send: 'Gửi về Trung tâm',
  sending: 'Đang gửi {done} trên {n}…',
  complete: 'Trung tâm đã nhận đủ {n} hồ sơ.',
  received: '{n} hồ sơ đã đến, còn thiếu ảnh.',
  refused: '{n} hồ sơ Trung tâm không nhận.',
  failed: '{n} hồ sơ chưa gửi được. Xin thử lại khi có mạng.',
  noKeys: 'Máy không còn khóa công khai của Trung tâm nên không kiểm được câu trả lời. Xin xuất ra tệp và đưa cho cán bộ.',
  export: 'Xuất ra tệp',
  exported: 'Đã xuất {n} tệp. Xin đưa cho cán bộ Trung tâm. Hồ sơ vẫn còn trên máy.',
  app: 'Mở ứng dụng',
  language: 'English',
}

const en: typeof vi = {
  title: 'Recovery page',
  lead: 'This page lists, sends and exports the sealed applications on this device, also when the app does not open. It deletes nothing.',
  looking: 'Looking for applications on this device…',
  none: 'No sealed application was found on this device.',
  found: 'Sealed applications on this device: {n}.',
  unreadable: 'Copies that cannot be read: {n}. They are left where they are.',
  noDatabase: 'The app’s storage cannot be read; the second copies are used.',
  broken: 'The applications cannot be read. Please do not clear the browser’s storage, and ask an officer for help.',
  list: 'Applications on this device',
  finalisedAt: 'sealed {at}',
  photos: 'with photos',
  send: 'Send to the center',
  sending: 'Sending {done} of {n}…',
  complete: 'Whole at the center: {n}.',
  received: 'Arrived, photos still missing: {n}.',
  refused: 'Not taken by the center: {n}.',
  failed: 'Not sent: {n}. Please try again with a network.',
  noKeys: 'The center’s public keys are gone from this device, so its answers cannot be checked. Please export a file and bring it to an officer.',
  export: 'Export to files',
  exported: 'Files exported: {n}. Please bring them to an officer of the center. The applications stay on this device.',
  app: 'Open the app',
  language: 'Tiếng Việt',
}

export const words = { vi, en }
export type Locale = keyof typeof words
export type Word = keyof typeof vi

export function say(locale: Locale, word: Word, put: Readonly<Record<string, string | number>> = {}): string {
  return words[locale][word].replace(/\{(\w+)\}/g, (_all, name: string) => String(put[name] ?? ''))
}
