/** What a file of words is: some areas of the dictionary, in every language. The Vietnamese file is the type of the others. */
import type { Locale } from './formats.ts'
import type { vi } from './vi.ts'

export type Dictionary = typeof vi
/** Some areas of words, in every language. */
export type Words<Area extends keyof Dictionary> = Readonly<Record<Locale, Pick<Dictionary, Area>>>
