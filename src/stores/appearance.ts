/** How the app looks and speaks: theme and language, kept for the next start. */
import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Locale } from '../i18n/formats.ts'
import { useTexts } from '../i18n/texts.ts'
import { themes, useOutside, type Theme } from './outside.ts'

export const useAppearance = defineStore('appearance', () => {
  const outside = useOutside()
  const texts = useTexts()
  const theme = ref<Theme>(themes.find((known) => known === outside.kept('theme')) ?? 'system')
  outside.showTheme(theme.value)

  function setTheme(next: Theme): void {
    theme.value = next
    outside.showTheme(next)
    outside.keep('theme', next)
  }

  function setLocale(next: Locale): void {
    texts.setLocale(next)
    outside.keep('locale', next)
  }

  return { theme, locale: texts.locale, setTheme, setLocale }
})
