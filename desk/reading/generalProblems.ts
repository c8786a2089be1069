/** Sentences for the rules that belong to no pack, by language: data of `procedures/common`, the same as on the tablet. */
import en from '../../procedures/common/problems.en.json'
import vi from '../../procedures/common/problems.vi.json'
import type { Locale } from '../../src/i18n/formats.ts'

export const generalProblems: Readonly<Record<Locale, Readonly<Record<string, string>>>> = { vi, en }
