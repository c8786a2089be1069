/**
 * A date between its stored form (`YYYY-MM-DD`, `YYYY-MM`, `YYYY`) and the three boxes it is typed into. Whatever is not
 * yet a date is kept as it was typed, `31//1990`, so that a draft loses no digit and the rule `date.shape` can speak.
 */
export interface DateParts {
  readonly day: string
  readonly month: string
  readonly year: string
}

const stored = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/

export function splitDate(value: string): DateParts {
  const match = stored.exec(value)
  if (match) return { day: match[3] ?? '', month: match[2] ?? '', year: match[1] ?? '' }
  const [day = '', month = '', year = ''] = value.split('/')
  return { day, month, year }
}

/** The stored form, or the boxes as typed when they are none; '' when all are empty. */
export function joinDate(parts: DateParts): string {
  const [day, month, year] = [parts.day.trim(), parts.month.trim(), parts.year.trim()]
  if (day + month + year === '') return ''
  const whole = /^\d{4}$/.test(year) && /^\d{0,2}$/.test(month) && /^\d{0,2}$/.test(day) && !(day !== '' && month === '')
  if (!whole) return `${day}/${month}/${year}`
  return [year, month, day].filter((part) => part !== '').map((part) => part.padStart(2, '0')).join('-')
}
