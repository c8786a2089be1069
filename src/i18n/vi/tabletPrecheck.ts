/** Words of the pre-check: a few questions before anything is filled in. */
import { plural } from '../plural.ts'

export const tabletPrecheck = {
  precheck: {
    title: 'Xem trước cần gì',
    link: 'Xem trước: cần mang gì, bao nhiêu tiền, ai phải đến',
    lead: 'Vài câu hỏi để biết đúng giấy tờ cần mang. Không lưu gì trên máy.',
    questions: plural({ other: '{n} câu hỏi' }),
    noQuestions: 'Thủ tục này chưa có câu hỏi xem trước. Dưới đây là toàn bộ danh sách; có giấy chỉ cần trong một số trường hợp.',
    unanswered: plural({ other: 'Còn {n} câu chưa trả lời: danh sách dưới đây có thể thay đổi.' }),
    papers: 'Giấy tờ cần mang',
    noPapers: 'Không cần giấy tờ nào.',
    dependsOn: 'Còn tùy lúc khai: {names}',
    oneRow: 'Tính cho một {row}; có nhiều thì xem từng cái.',
    perhaps: 'có trường hợp mới cần',
    database: 'Chỉ cần khi cơ sở dữ liệu chưa có',
    fee: 'Lệ phí dự kiến',
    who: 'Ai phải đến',
    whoUnknown: 'Thủ tục chưa ghi rõ ai phải có mặt. Người đứng tên yêu cầu nên đến.',
    when: 'Khi nào có kết quả',
    whenLine: 'Nếu nộp đủ giấy tờ hôm nay: dự kiến {date}.',
    verified: 'Khi phải xác minh: dự kiến {date}.',
    share: 'Mang danh sách về bằng mã QR',
    qr: 'Mã QR chứa danh sách giấy tờ',
    qrLine: 'Quét bằng điện thoại để giữ danh sách. Mã chỉ có chữ, không có thông tin của ai.',
    print: 'In danh sách',
  },
}
