/** The 54 ethnic groups of Viet Nam in the official order (reference 1.7). A group's name is its code. */
export const ethnicGroups: readonly string[] = [
  ...['Kinh', 'Tày', 'Thái', 'Hoa', 'Khmer', 'Mường', 'Nùng', 'Mông', 'Dao', 'Gia-rai', 'Ngái', 'Ê-đê', 'Ba-na'],
  ...['Xơ-đăng', 'Sán Chay', 'Cơ-ho', 'Chăm', 'Sán Dìu', 'Hrê', 'Mnông', 'Ra-glai', 'Xtiêng', 'Bru-Vân Kiều', 'Thổ'],
  ...['Giáy', 'Cơ-tu', 'Gié-Triêng', 'Mạ', 'Khơ-mú', 'Co', 'Tà-ôi', 'Chơ-ro', 'Kháng', 'Xinh-mun', 'Hà Nhì', 'Chu-ru'],
  ...['Lào', 'La Chí', 'La Ha', 'Phù Lá', 'La Hủ', 'Lự', 'Lô Lô', 'Chứt', 'Mảng', 'Pà Thẻn', 'Cơ Lao', 'Cống', 'Bố Y'],
  ...['Si La', 'Pu Péo', 'Brâu', 'Ơ Đu', 'Rơ-măm'],
]

/** The groups that live in Huế in number; a list offers them first. */
export const ethnicGroupsOfHue: readonly string[] = ['Kinh', 'Tà-ôi', 'Cơ-tu', 'Bru-Vân Kiều']

/** An answer "other" is this prefix and the citizen's own word: `other:Pa Cô`. */
export const otherEthnicGroup = 'other:'

/** The group's name without the mark of "other". */
export const ethnicGroupName = (answer: string): string =>
  answer.startsWith(otherEthnicGroup) ? answer.slice(otherEthnicGroup.length).trim() : answer
