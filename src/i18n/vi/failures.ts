/** Every failure kind of core/failures.ts: what happened, and what to do now. Nothing typed is ever lost, and we say so. */
import type { FailureKind } from '../../../core/failures.ts'

export interface FailureText {
  readonly text: string
  readonly act: string
}

export const failures: Record<FailureKind, FailureText> = {
  offline: {
    text: 'Không có mạng.',
    act: 'Bạn cứ làm tiếp. Hồ sơ được lưu trên máy và tự gửi khi có mạng.',
  },
  timeout: {
    text: 'Trung tâm trả lời quá lâu.',
    act: 'Máy sẽ tự thử lại. Bạn không phải làm gì.',
  },
  officeDown: {
    text: 'Máy chủ của Trung tâm đang trục trặc.',
    act: 'Hồ sơ vẫn an toàn trên máy và sẽ tự gửi lại.',
  },
  captivePortal: {
    text: 'Wi-Fi này đòi đăng nhập trước khi cho dùng mạng.',
    act: 'Mở trang đăng nhập của Wi-Fi, hoặc đổi sang mạng khác. Hồ sơ vẫn an toàn trên máy.',
  },
  busy: {
    text: 'Trung tâm đang nhận nhiều hồ sơ cùng lúc.',
    act: 'Máy sẽ tự gửi lại sau ít phút.',
  },
  unavailable: {
    text: 'Trung tâm đang tạm dừng nhận trong chốc lát.',
    act: 'Máy sẽ tự gửi lại. Bạn không phải làm gì.',
  },
  officeFull: {
    text: 'Kho của Trung tâm đang đầy.',
    act: 'Hồ sơ vẫn an toàn trên máy. Xin báo cho cán bộ của Trung tâm biết.',
  },
  malformed: {
    text: 'Trung tâm không hiểu gói vừa gửi.',
    act: 'Gói này được để lại và thử sau, các hồ sơ khác vẫn gửi tiếp. Nếu còn lặp lại, xin báo cho cán bộ.',
  },
  digestMismatch: {
    text: 'Gói bị hỏng trên đường gửi.',
    act: 'Bản gốc trên máy còn nguyên và sẽ được gửi lại.',
  },
  notFound: {
    text: 'Không tìm thấy thứ được hỏi ở Trung tâm.',
    act: 'Máy sẽ thử lại sau. Nếu còn lặp lại, xin báo cho cán bộ.',
  },
  conflict: {
    text: 'Việc này vừa được làm ở nơi khác.',
    act: 'Tải lại trang để xem tình trạng mới nhất.',
  },
  tooLarge: {
    text: 'Gói này lớn hơn mức Trung tâm đang nhận.',
    act: 'Gói được giữ nguyên trên máy. Xin báo cho cán bộ, hoặc bấm “Lưu ra tệp” ở trang “Chờ gửi” rồi mang tệp đến Trung tâm.',
  },
  unsupportedType: {
    text: 'Trung tâm không nhận kiểu gói này.',
    act: 'Gói được giữ nguyên trên máy. Khi đầu trang hiện nút “Dùng bản mới”, xin bấm nút đó.',
  },
  wireVersionUnknown: {
    text: 'Ứng dụng trên máy và Trung tâm khác đời nhau.',
    act: 'Khi đầu trang hiện nút “Dùng bản mới”, xin bấm nút đó. Hồ sơ vẫn an toàn và được gửi sau.',
  },
  deviceUnknown: {
    text: 'Trung tâm chưa biết máy này.',
    act: 'Nhờ cán bộ xác nhận máy này. Hồ sơ đã khai vẫn còn nguyên và tự gửi sau đó.',
  },
  deviceRevoked: {
    text: 'Trung tâm đã ngừng cho máy này gửi hồ sơ.',
    act: 'Xin ngừng khai hồ sơ mới và mang máy đến gặp cán bộ. Hồ sơ trên máy còn nguyên; bạn lưu ra tệp được ở trang “Chờ gửi”.',
  },
  headerMismatch: {
    text: 'Trung tâm không nhận gói này, vì nhãn bên ngoài không khớp với bên trong.',
    act: 'Bản gốc còn nguyên trên máy. Xin đừng khai lại; đọc mã tạm cho cán bộ và nhờ xem giúp.',
  },
  idTaken: {
    text: 'Trung tâm đã có một gói khác mang cùng mã này.',
    act: 'Cả hai gói đều được giữ, không mất gì. Máy này không xem được gói kia: xin đọc mã tạm cho cán bộ để cán bộ đối chiếu. Xin đừng khai lại.',
  },
  outcomeInvalid: {
    text: 'Câu trả lời nhận được không phải của Trung tâm.',
    act: 'Máy không tin câu trả lời đó và sẽ thử lại. Nếu đang dùng Wi-Fi công cộng, xin đổi mạng.',
  },
  partTooLarge: {
    text: 'Một ảnh lớn hơn mức Trung tâm đang nhận.',
    act: 'Tờ khai vẫn được gửi trước. Ảnh chờ trên máy, xin báo cho cán bộ.',
  },
  partNotAnnounced: {
    text: 'Trung tâm chưa thấy hồ sơ mà ảnh này đi kèm.',
    act: 'Máy sẽ gửi tờ khai trước rồi gửi lại ảnh.',
  },
  codeTaken: {
    text: 'Mã hồ sơ này đã được ghi cho một hồ sơ khác.',
    act: 'Xin xem lại từng chữ số. Nếu đúng là hai hồ sơ dùng chung một mã, xin xác nhận rồi gửi lại.',
  },
  notSignedIn: {
    text: 'Phiên làm việc đã hết.',
    act: 'Đăng nhập lại để xem tin mới. Hồ sơ chờ gửi vẫn tiếp tục được gửi.',
  },
  forbidden: {
    text: 'Tài khoản này không được làm việc đó.',
    act: 'Nếu bạn cần quyền này, xin hỏi người phụ trách.',
  },
  updateNeeded: {
    text: 'Ứng dụng trên máy đã cũ.',
    act: 'Khi tiện, bấm “Dùng bản mới” ở đầu trang. Hồ sơ chờ gửi vẫn tiếp tục được gửi.',
  },
  ticketInvalid: {
    text: 'Mã ghi danh máy không đúng.',
    act: 'Kiểm tra lại từng chữ, hoặc xin cán bộ một mã mới.',
  },
  ticketSpent: {
    text: 'Mã ghi danh máy đã dùng hoặc quá 15 phút.',
    act: 'Xin cán bộ một mã mới.',
  },
  badgeCodeInvalid: {
    text: 'Mã thẻ tình nguyện viên không đúng hoặc đã dùng.',
    act: 'Kiểm tra lại từng chữ, hoặc xin cán bộ một mã mới.',
  },
  badgeInvalid: {
    text: 'Thẻ tình nguyện viên trên máy không còn dùng được.',
    act: 'Xin cán bộ một mã thẻ mới. Hồ sơ đã khai vẫn còn nguyên.',
  },
  rootMismatch: {
    text: 'Máy chủ này không phải Trung tâm mà máy đã ghi danh.',
    act: 'Dừng lại và báo cho cán bộ. Không có gì được gửi đi.',
  },
  keySetInvalid: {
    text: 'Bộ khóa nhận được không phải của Trung tâm.',
    act: 'Máy giữ bộ khóa cũ. Xin báo cho cán bộ nếu còn lặp lại.',
  },
  keySetOlder: {
    text: 'Bộ khóa nhận được cũ hơn bộ đang dùng.',
    act: 'Máy giữ bộ khóa đang dùng. Xin báo cho cán bộ nếu còn lặp lại.',
  },
  unreadable: {
    text: 'Trung tâm chưa mở được hồ sơ này.',
    act: 'Gói được giữ nguyên ở cả hai nơi. Nhờ cán bộ xem giúp.',
  },
  packUnknown: {
    text: 'Trung tâm chưa có mẫu của thủ tục này.',
    act: 'Hồ sơ được giữ và sẽ mở được khi mẫu đến. Bạn không phải làm gì.',
  },
  packInvalid: {
    text: 'Mẫu thủ tục vừa tải về bị lỗi.',
    act: 'Máy giữ mẫu cũ. Xin báo cho cán bộ nếu còn lặp lại.',
  },
  packTooNew: {
    text: 'Có thủ tục vừa đổi mà ứng dụng trên máy này chưa đọc được.',
    act: 'Máy vẫn dùng bản trước. Xin cập nhật ứng dụng.',
  },
  answersInvalid: {
    text: 'Có chỗ khai chưa đúng.',
    act: 'Xem danh sách phía trên và sửa từng chỗ.',
  },
  locked: {
    text: 'Máy đang khóa.',
    act: 'Mở khóa bằng câu mật khẩu của bạn để làm tiếp.',
  },
  passphraseWrong: {
    text: 'Câu mật khẩu chưa đúng.',
    act: 'Gõ lại, để ý bộ gõ tiếng Việt và chữ hoa. Quên thì nhờ cán bộ, hồ sơ dở vẫn cứu được.',
  },
  cannotDecrypt: {
    text: 'Máy không mở được một bản nháp.',
    act: 'Bản ghi được giữ nguyên. Xin đừng xóa ứng dụng và báo cho cán bộ.',
  },
  draftChanged: {
    text: 'Bản nháp này vừa được sửa ở một cửa sổ khác.',
    act: 'Bấm tải lại để xem bản mới nhất. Những chữ bạn vừa gõ ở đây không mất: máy sẽ hiện chúng để bạn chọn.',
  },
  tooLargeToSeal: {
    text: 'Hồ sơ dài hơn mức gửi được.',
    act: 'Rút ngắn những ô ghi chú dài rồi thử lại. Mọi thứ đã gõ vẫn còn.',
  },
  storageFull: {
    text: 'Máy không còn đủ chỗ chứa.',
    act: 'Những gì đã lưu vẫn an toàn. Xóa bớt ảnh hoặc tệp khác trên máy rồi thử lại; nếu vừa gõ gì, xin đừng đóng trang này.',
  },
  databaseNewer: {
    text: 'Một bản mới hơn của ứng dụng đã được mở trên máy này.',
    act: 'Hãy tải lại trang để dùng bản mới. Những gì đã lưu vẫn còn nguyên.',
  },
  databaseBlocked: {
    text: 'Một cửa sổ khác của ứng dụng đang giữ chỗ lưu trên máy này.',
    act: 'Hãy đóng các cửa sổ khác của ứng dụng; trang này sẽ tự mở tiếp.',
  },
  storageBroken: {
    text: 'Máy không ghi được xuống bộ nhớ.',
    act: 'Xin đừng tắt trang này. Thử lại, và báo cho cán bộ nếu vẫn vậy.',
  },
}
