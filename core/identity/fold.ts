/**
 * Keys for comparing Vietnamese words (reference 8.2, 8.3). They are for search and for finding doubles, never for
 * display: a name is printed as its owner writes it.
 */

/** Version of the key; stored keys are recomputed when it changes. */
export const foldVersion = 1

/** Lower case without diacritics. The letter đ does not decompose under NFD and is replaced by hand. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .toLowerCase()
    .replace(/[’ʼ']/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
}

/** `fold`, and i and y as one letter: Lý finds Lí, Vỹ Dạ finds Vĩ Dạ. For search only; in a register they differ. */
export const searchKey = (text: string): string => fold(text).replace(/y/g, 'i')

const tones = '\u0300\u0301\u0309\u0303\u0323'
const newPlacement = new RegExp(`(?<!q)(o|u)(a|e|y)([${tones}])(?![a-z])`, 'g')

/**
 * Lower case with diacritics, the tone of oa, oe and uy (open syllables, not after q) always on the first vowel:
 * hoà and hòa, thuỷ and thủy have one key, while hòa and hoa differ.
 */
export function toneKey(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(newPlacement, (whole: string, first: string, second: string, tone: string) =>
      (first === 'o' && second !== 'y') || (first === 'u' && second === 'y') ? `${first}${tone}${second}` : whole,
    )
    .normalize('NFC')
    .replace(/[’ʼ']/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
}
