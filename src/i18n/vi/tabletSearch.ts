/** Words for finding a procedure, and for one that has no form on the tablet yet. */
import { plural } from '../plural.ts'

export const tabletSearch = {
  find: {
    sector: 'Lĩnh vực',
    allSectors: 'Tất cả lĩnh vực',
    looking: 'Đang tìm…',
    inSector: plural({ other: '{n} thủ tục trong lĩnh vực này' }),
    whole: plural({ other: 'Xem cả {n} thủ tục' }),
    more: plural({ other: 'Xem thêm {n} thủ tục' }),
    hasForm: 'Có mẫu khai trên máy',
    guideOnly: 'Chỉ có hướng dẫn',
    nothingTitle: 'Chưa tìm thấy thủ tục nào như vậy',
    nothingLine: 'Thử một trong những cách sau:',
    nothingFewer: 'Gõ ít chữ hơn, chỉ giữ chữ chính, ví dụ “khai sinh”, “độc thân”, “mở quán”.',
    nothingSector: 'Chọn lĩnh vực rồi xem từng thủ tục.',
    nothingAsk: 'Hỏi cán bộ tại quầy hướng dẫn. Đừng chọn một thủ tục gần giống.',
    showAll: 'Xem tất cả thủ tục',
  },
  guide: {
    title: 'Hướng dẫn thủ tục',
    noForm: 'Máy chưa có mẫu khai cho thủ tục này',
    noFormLine: 'Ông/Bà mang giấy tờ dưới đây đến nơi làm thủ tục. Cán bộ sẽ hướng dẫn điền tờ khai.',
    unconfirmed: 'Chưa xác nhận',
    unconfirmedLine: 'Nội dung này chưa được cán bộ xác nhận. Xin hỏi lại quầy hướng dẫn hoặc xem bảng niêm yết trước khi đi.',
    bring: 'Giấy tờ cần mang',
    bringUnknown: 'Chưa có danh sách giấy tờ đã công bố cho thủ tục này trên máy. Xin hỏi quầy hướng dẫn trước khi chuẩn bị.',
    where: 'Nơi làm',
    time: 'Thời hạn',
    fee: 'Lệ phí dự kiến',
    unknown: 'Chưa rõ, xin hỏi quầy hướng dẫn.',
    note: 'Cần biết',
    form: 'Mở mẫu khai',
    gone: 'Danh mục trên máy không có thủ tục này',
  },
}
