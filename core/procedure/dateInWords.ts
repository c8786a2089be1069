/**
 * Dates and numbers in Vietnamese words (reference 3.0.3): days 1 to 10 with "mùng", 15 "mười lăm", 21 "hai mươi mốt",
 * 24 "hai mươi tư", 25 "hai mươi lăm"; a zero for tens in a year reads "linh". The field it fills stays editable.
 */
import { parsePartialDate } from './dates.ts'

const digits = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const
const months = ['một', 'hai', 'ba', 'tư', 'năm', 'sáu', 'bảy', 'tám', 'chín', 'mười', 'mười một', 'mười hai'] as const

const digit = (value: number): string => digits[value] ?? ''

function unitAfterTens(tens: number, unit: number): string {
  if (unit === 5) return 'lăm'
  if (unit === 1 && tens > 1) return 'mốt'
  if (unit === 4 && tens > 1) return 'tư'
  return digit(unit)
}

/** A number from 0 to 99 in words. */
export function tensInWords(value: number): string {
  const [tens, unit] = [Math.floor(value / 10), value % 10]
  if (tens === 0) return digit(unit)
  const head = tens === 1 ? 'mười' : `${digit(tens)} mươi`
  return unit === 0 ? head : `${head} ${unitAfterTens(tens, unit)}`
}

/** A year of four digits in words: 2026 is "hai nghìn không trăm hai mươi sáu", 2005 "hai nghìn không trăm linh năm". */
export function yearInWords(year: number): string {
  const [thousands, rest] = [Math.floor(year / 1000), year % 1000]
  const [hundreds, tens] = [Math.floor(rest / 100), rest % 100]
  const head = `${digit(thousands)} nghìn`
  if (rest === 0) return head
  const middle = `${head} ${digit(hundreds)} trăm`
  if (tens === 0) return middle
  return tens < 10 ? `${middle} linh ${digit(tens)}` : `${middle} ${tensInWords(tens)}`
}

/** "Ngày mùng năm, tháng một, năm hai nghìn không trăm hai mươi sáu", or null when the text is no full date. */
export function dateInWords(text: string): string | null {
  const date = parsePartialDate(text)
  const { year, month, day } = date ?? { year: 0, month: null, day: null }
  if (month === null || day === null) return null
  const dayWords = day <= 10 ? `mùng ${tensInWords(day)}` : tensInWords(day)
  return `Ngày ${dayWords}, tháng ${months[month - 1] ?? ''}, năm ${yearInWords(year)}`
}
