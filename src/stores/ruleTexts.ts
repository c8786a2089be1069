/** Sentences for the rules that belong to no pack; they come with the app, as the rules themselves do. */
import en from '../../procedures/common/problems.en.json'
import vi from '../../procedures/common/problems.vi.json'
import type { Locale } from '../i18n/formats.ts'

export const ruleTexts: Readonly<Record<Locale, Readonly<Record<string, string>>>> = { vi, en }
