/** The states of an application: on the tablet, on the way, at the office. `line` says it in a sentence. */
export const states = {
  draft: { name: 'Bản nháp', line: 'Đang khai dở, đã lưu trên máy này.' },
  onlyHere: { name: 'Chỉ có trên máy này', line: 'Đã hoàn tất, chưa đến Trung tâm. Xin giữ máy cẩn thận.' },
  queued: { name: 'Đang chờ gửi', line: 'Sẽ tự gửi khi có mạng. Bạn không phải làm gì.' },
  received: { name: 'Đã đến, còn thiếu ảnh', line: 'Trung tâm đã có tờ khai, ảnh giấy tờ đang được gửi tiếp.' },
  complete: { name: 'Đã về Trung tâm', line: 'Trung tâm đã có đủ. Hồ sơ đang chờ cán bộ xem.' },
  refused: { name: 'Bị trả lại', line: 'Trung tâm không nhận gói này. Bản gốc còn nguyên trên máy. Xin đọc mã tạm cho cán bộ và nhờ xem giúp.' },
  disputed: { name: 'Cần đối chiếu', line: 'Trung tâm đã có một gói khác cùng mã. Cả hai được giữ, không mất gì. Xin đọc mã tạm cho cán bộ để cán bộ đối chiếu.' },
  gone: { name: 'Không còn ở Trung tâm', line: 'Trung tâm đã mất hồ sơ này hoặc một phần của nó, còn máy đã xóa bản của mình. Xin đọc mã tạm cho cán bộ để cùng tìm cách.' },
  waiting: { name: 'Chờ cán bộ xem', line: 'Hồ sơ đã ở Trung tâm và đang chờ đến lượt.' },
  accepted: { name: 'Đã tiếp nhận', line: 'Cán bộ đã tiếp nhận và cấp mã hồ sơ.' },
  supplement: { name: 'Cần bổ sung', line: 'Cán bộ cần thêm giấy tờ hoặc thông tin.' },
  declined: { name: 'Từ chối tiếp nhận', line: 'Cán bộ không tiếp nhận hồ sơ và đã ghi rõ lý do.' },
  quarantined: { name: 'Cần kiểm tra', line: 'Hồ sơ đã đến nhưng chưa đọc được như thường. Cán bộ cần xem.' },
}
