import { describe, expect, it, vi as spy } from 'vitest'
import { failures } from '../../../core/failures.ts'
import { stateLooks } from '../../../src/components/tones.ts'
import { parseLocale, showLocale } from '../../../src/i18n/document.ts'
import { en } from '../../../src/i18n/en.ts'
import { createTexts } from '../../../src/i18n/texts.ts'
import { vi } from '../../../src/i18n/vi.ts'

/** Every key with its text or the texts of its plural. */
function leaves(node: unknown, path = ''): [string, string][] {
  if (typeof node === 'string') return [[path, node]]
  if (typeof node !== 'object' || node === null) return []
  if ('plural' in node) return [[path, Object.values(node.plural as object).at(-1) as string]]
  return Object.entries(node).flatMap(([key, child]) => leaves(child, path === '' ? key : `${path}.${key}`))
}
const placesOf = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()

describe('the words in both languages', () => {
  it('have the same keys and the same places to fill', () => {
    const [vietnamese, english] = [leaves(vi), leaves(en)]

    expect(english.map(([key]) => key).sort()).toEqual(vietnamese.map(([key]) => key).sort())
    const places = (all: [string, string][]) => Object.fromEntries(all.map(([key, text]) => [key, placesOf(text)]))
    expect(places(english)).toEqual(places(vietnamese))
  })

  it('leave nothing empty and nothing untranslated by mistake', () => {
    expect([...leaves(vi), ...leaves(en)].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('say for every failure what happened and what to do', () => {
    expect(Object.keys(vi.failures).sort()).toEqual(Object.keys(failures).sort())
    expect(Object.values(vi.failures).filter(({ text, act }) => text.length < 8 || act.length < 15)).toEqual([])
  })

  it('name every state that has a look', () => {
    expect(Object.keys(vi.states).sort()).toEqual(Object.keys(stateLooks).sort())
  })
})

describe('reading a text', () => {
  it('fills places, writes numbers as the language does and chooses the plural', () => {
    const { t, setLocale } = createTexts()
    expect(t('components.partNamed', { n: 2, total: 7, name: 'Cha' })).toBe('Phần 2 / 7: Cha')
    expect(t('components.searchFound', { n: 3321 })).toBe('Có 3.321 mục phù hợp')

    setLocale('en')
    expect(t('components.summaryTitle', { n: 1 })).toBe('There is 1 thing to mend')
    expect(t('components.summaryTitle', { n: 2 })).toBe('There are 2 things to mend')
    expect(t('components.searchFound', { n: 3321 })).toBe('3,321 matches')
  })

  it('tells who keeps the choice, and the page follows', () => {
    const kept = spy.fn((locale: 'vi' | 'en') => {
      showLocale(document.documentElement, locale)
    })
    const { setLocale } = createTexts({ locale: parseLocale('xx'), onLocale: kept })
    expect(document.documentElement.lang).toBe('vi')

    setLocale('en')

    expect(document.documentElement.lang).toBe('en')
    expect(kept.mock.calls).toEqual([['vi'], ['en']])
  })
})

describe('dates, money and spans', () => {
  const inVietnamese = createTexts()
  const inEnglish = createTexts({ locale: 'en' })
  const now = Date.UTC(2026, 10, 24, 7, 5)

  it('writes day before month and the 24 hour clock of Viet Nam, in both languages', () => {
    for (const texts of [inVietnamese, inEnglish]) {
      expect(texts.formatDate('2026-11-05')).toBe('05/11/2026')
      expect(texts.formatDate('2026-11')).toBe('11/2026')
      expect(texts.formatDate('1938')).toBe('1938')
      expect(texts.formatDate('2026-11-04T18:30:00Z')).toBe('05/11/2026')
      expect(texts.formatDateTime('2026-11-04T18:30:00Z')).toBe('01:30, 05/11/2026')
    }
  })

  it('writes whole đồng', () => {
    expect(inVietnamese.formatMoney(120000)).toBe('120.000 đồng')
    expect(inEnglish.formatMoney(120000)).toBe('120,000 đồng')
  })

  it('says how long ago in the largest unit', () => {
    expect(inVietnamese.formatAge(now - 2 * 3_600_000, now)).toBe('2 giờ trước')
    expect(inEnglish.formatAge(now - 3 * 86_400_000, now)).toBe('3 days ago')
    expect(inVietnamese.formatAge(now + 5_000, now)).toBe('vừa xong')
    expect(inVietnamese.formatSpan(2 * 3_600_000 + 59 * 60_000)).toBe('2 giờ')
    expect(inEnglish.formatSpan(60_000)).toBe('1 minute')
  })
})
