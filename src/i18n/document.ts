import { locales, type Locale } from './formats.ts'

/** Makes `<html lang>` follow the language, so that screen readers use the right voice. */
export function showLocale(root: HTMLElement, locale: Locale): void {
  root.lang = locale
}

/** The locale that a kept word names, or Vietnamese. */
export function parseLocale(kept: string | null | undefined): Locale {
  return locales.find((locale) => locale === kept) ?? 'vi'
}
