/**
 * Dates, money and spans as people of this service write them: dd/mm/yyyy and the 24 hour clock in both languages, always
 * in the office's time zone (a tablet's own zone may be wrong), money in whole đồng. A plain date never shifts by a zone.
 */
import type { Plural } from './plural.ts'

export type Locale = 'vi' | 'en'
export const locales: readonly Locale[] = ['vi', 'en']

const ZONE = 'Asia/Ho_Chi_Minh'
const TAGS: Readonly<Record<Locale, string>> = { vi: 'vi-VN', en: 'en-GB' }
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** A moment: ISO text, milliseconds or Date. */
export type Moment = string | number | Date

export interface Formats {
  /** `2026-11-05` or a moment as 05/11/2026; `2026-11` as 11/2026; `2026` as itself. */
  readonly formatDate: (moment: Moment) => string
  /** 14:05 */
  readonly formatTime: (moment: Moment) => string
  /** 14:05, 05/11/2026 */
  readonly formatDateTime: (moment: Moment) => string
  /** Whole đồng: 120.000 đồng, 120,000 đồng. */
  readonly formatMoney: (dong: number) => string
  readonly formatNumber: (n: number) => string
  /** How long ago, both in milliseconds: "vừa xong", "2 giờ trước". */
  readonly formatAge: (thenMs: number, nowMs: number) => string
  /** A span in its largest whole unit: "2 giờ". */
  readonly formatSpan: (spanMs: number) => string
  readonly formatBytes: (bytes: number) => string
  readonly choosePlural: (text: Plural, n: number) => string
}

const units = [
  { unit: 'day', ms: DAY_MS },
  { unit: 'hour', ms: HOUR_MS },
  { unit: 'minute', ms: MINUTE_MS },
] as const

function largest(spanMs: number): { unit: 'day' | 'hour' | 'minute'; n: number } {
  const found = units.find((u) => spanMs >= u.ms) ?? units[2]
  return { unit: found.unit, n: Math.floor(spanMs / found.ms) }
}

function plainDate(moment: Moment): string | undefined {
  const parts = typeof moment === 'string' ? /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(moment) : null
  return parts ? [parts[3], parts[2], parts[1]].filter((part) => part !== undefined).join('/') : undefined
}

// Made once: a list of thousands asks for one date a row.
const dayInZone = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: ZONE })
const timeInZone = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: ZONE })

/** The formats of whatever locale `locale()` names at the time of the call; `justNow` words less than a minute. */
export function makeFormats(locale: () => Locale, justNow: () => string): Formats {
  const tag = (): string => TAGS[locale()]
  const inZone = (moment: Moment, how: Intl.DateTimeFormat): string => how.format(new Date(moment))

  const formatNumber = (n: number): string => new Intl.NumberFormat(tag()).format(n)
  const formatDate = (moment: Moment): string =>
    plainDate(moment) ?? inZone(moment, dayInZone)
  const formatTime = (moment: Moment): string =>
    inZone(moment, timeInZone)
  const formatSpan = (spanMs: number): string => {
    const { unit, n } = largest(Math.max(spanMs, MINUTE_MS))
    return new Intl.NumberFormat(tag(), { style: 'unit', unit, unitDisplay: 'long' }).format(n)
  }

  return {
    formatNumber,
    formatDate,
    formatTime,
    formatSpan,
    formatDateTime: (moment) => `${formatTime(moment)}, ${formatDate(moment)}`,
    formatMoney: (dong) => `${formatNumber(dong)} đồng`,
    formatAge(thenMs, nowMs) {
      const { unit, n } = largest(Math.max(nowMs - thenMs, 0))
      if (n === 0) return justNow()
      return new Intl.RelativeTimeFormat(tag(), { numeric: 'always' }).format(-n, unit)
    },
    formatBytes(bytes) {
      const mega = bytes >= 1_048_576
      const size = mega ? bytes / 1_048_576 : bytes / 1024
      return `${new Intl.NumberFormat(tag(), { maximumFractionDigits: 1 }).format(size)}\u00A0${mega ? 'MB' : 'KB'}`
    },
    choosePlural(text, n) {
      const form = new Intl.PluralRules(tag()).select(n)
      return form === 'one' ? (text.plural.one ?? text.plural.other) : text.plural.other
    },
  }
}
