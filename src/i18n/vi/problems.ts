/**
 * What is wrong with things that are no answers of a procedure: codes, passphrases, officers' fields. The rules of
 * procedures have their texts in procedures/common and in each pack.
 */
export const problems = {
  required: 'Vui lòng điền “{label}”.',
  chooseOne: 'Vui lòng chọn một mục ở “{label}”.',
  codeShape: 'Mã gồm {n} ký tự. Vui lòng kiểm tra lại.',
  passphraseShort: 'Câu mật khẩu cần ít nhất {n} ký tự. Bốn, năm từ dễ nhớ là tốt nhất.',
  passphraseDiffers: 'Hai lần gõ chưa giống nhau. Vui lòng gõ lại lần hai.',
  officialCode: 'Mã hồ sơ theo dạng H57.… của hệ thống thành phố. Vui lòng kiểm tra lại.',
  dateShape: 'Ngày không hợp lệ. Vui lòng nhập theo dạng ngày/tháng/năm.',
  dateTooEarly: 'Ngày này không được sớm hơn {date}.',
  reasonNeeded: 'Vui lòng ghi lý do, để người dân biết cần làm gì.',
  usernameShape: 'Tên đăng nhập dùng chữ thường không dấu, số và dấu chấm.',
}
