/** Words about a newer version of a procedure while a draft is open. */
export const tabletNewer = {
  newer: {
    title: 'Thủ tục này vừa có bản mới',
    changes: 'Nếu chuyển hồ sơ này sang bản mới thì:',
    nothing: 'Hồ sơ này không phải khai thêm hay bỏ gì.',
    asked: 'Hỏi thêm: {name}',
    dropped: 'Không còn hỏi, câu trả lời sẽ bỏ ra: {name}',
    refused: 'Cần sửa lại: {name}',
    paperAdded: 'Cần thêm giấy tờ: {name}',
    paperDropped: 'Không cần nữa: {name}',
    fee: 'Lệ phí dự kiến: {before} thành {after}',
    stay: 'Bạn cũng có thể khai xong theo bản đang dùng; Trung tâm vẫn nhận.',
    move: 'Chuyển sang bản mới',
    unnamed: 'Thủ tục mới, mã {code}',
  },
}
