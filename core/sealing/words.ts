/**
 * The 256 short Vietnamese words of which enrolment shows six; one byte picks one word. The order is fixed for ever: two
 * screens of different versions must show the same words.
 */
// prettier-ignore
export const words: readonly string[] = [
  'áo', 'bàn', 'bánh', 'bát', 'bè', 'bếp', 'bến', 'biển', 'bìa', 'bò', 'bơ', 'bông',
  'bụi', 'bút', 'buồm', 'bưởi', 'cá', 'cam', 'cành', 'cánh', 'cát', 'cau', 'cây', 'cầu',
  'chanh', 'chăn', 'chén', 'chim', 'chó', 'chợ', 'chùa', 'chuối', 'chuông', 'cỏ', 'cối', 'cọ',
  'cồn', 'cổng', 'cờ', 'cơm', 'cua', 'cúc', 'củi', 'cửa', 'dao', 'dâu', 'dây', 'dép',
  'dê', 'diều', 'dù', 'dừa', 'dưa', 'dứa', 'đá', 'đàn', 'đào', 'đèn', 'đê', 'đèo',
  'đĩa', 'điều', 'đò', 'đồi', 'đồng', 'đũa', 'đuốc', 'đường', 'én', 'ếch', 'ga', 'gà',
  'gạch', 'gạo', 'gấm', 'gấu', 'ghe', 'ghế', 'giày', 'giấy', 'giếng', 'gió', 'giỏ', 'gốm',
  'gối', 'gỗ', 'gươm', 'gương', 'hạc', 'hạt', 'hang', 'hến', 'hoa', 'hoẵng', 'hồ', 'hồng',
  'hổ', 'hộp', 'hươu', 'hương', 'kem', 'kén', 'kéo', 'kẹo', 'khăn', 'khế', 'khỉ', 'khoai',
  'khói', 'khóm', 'kiến', 'kim', 'kính', 'kê', 'lá', 'lạc', 'làng', 'lan', 'lau', 'lạch',
  'lê', 'lều', 'lim', 'lọng', 'lợn', 'lúa', 'lụa', 'lược', 'lưới', 'lửa', 'mái', 'mây',
  'măng', 'mận', 'mâm', 'mè', 'mèo', 'mật', 'mít', 'mo', 'móng', 'mơ', 'mũ', 'muối',
  'muỗng', 'mưa', 'mứt', 'nai', 'nắng', 'nấm', 'nến', 'ngao', 'ngà', 'ngói', 'ngọc', 'ngô',
  'ngựa', 'nhà', 'nhãn', 'nhạn', 'nhẫn', 'nho', 'nhung', 'nón', 'nong', 'nồi', 'núi', 'nước',
  'ổi', 'ô', 'ốc', 'ong', 'ớt', 'phao', 'phấn', 'phà', 'phim', 'phố', 'phượng', 'quả',
  'quạt', 'quế', 'quýt', 'rau', 'rạ', 'rắn', 'rẫy', 'rèm', 'rế', 'riềng', 'rổ', 'rơm',
  'rùa', 'ruộng', 'rừng', 'sáo', 'sào', 'sấu', 'sắn', 'sen', 'sò', 'sóc', 'sóng', 'sỏi',
  'sông', 'sợi', 'sữa', 'sung', 'tàu', 'tằm', 'táo', 'tắc', 'tấm', 'tên', 'thảm', 'thang',
  'thanh', 'thau', 'thác', 'thỏ', 'thóc', 'thơ', 'thông', 'thuyền', 'thư', 'tiêu', 'tím', 'tỏi',
  'tôm', 'tơ', 'tràm', 'trà', 'trăng', 'trầm', 'trầu', 'tre', 'trám', 'trâu', 'triều', 'trống',
  'trứng', 'tủ', 'vải', 'vàng', 'vạc', 'vẹt', 've', 'vịt', 'vòng', 'võng', 'vôi', 'vườn',
  'xanh', 'xe', 'xoài', 'xôi',
]
