import { describe, expect, it } from 'vitest'
import { parseCatalogue } from '../../../../core/procedure/catalogue.ts'
import { catalogueContent, realCatalogue } from '../../../support/screens/catalogue.ts'

const broken = (change: (content: ReturnType<typeof realCatalogue>) => unknown): string | undefined => {
  const parsed = parseCatalogue(change(structuredClone(realCatalogue())))
  return parsed.ok ? undefined : parsed.failure.why
}

describe('the catalogue', () => {
  it('has the 38 codes of the reference, none of them called confirmed', () => {
    const { procedures, confirmedBy } = realCatalogue()

    expect(procedures).toHaveLength(38)
    expect(confirmedBy).toBeNull()
    expect(procedures.filter(({ everyday }) => everyday.vi.length < 2).map(({ code }) => code)).toEqual([])
  })

  it('is read by a tablet that does not know a member of it', () => {
    expect(parseCatalogue({ ...(catalogueContent() as object), later: true }).ok).toBe(true)
  })

  it.each([
    ['a code twice', (one: ReturnType<typeof realCatalogue>) => ({ ...one, procedures: [...one.procedures, one.procedures[0]] }), 'catalogue 1.001193: twice'],
    ['a sector without a name', (one: ReturnType<typeof realCatalogue>) => ({ ...one, sectors: {} }), 'catalogue 1.001193: unknown sector hoTich'],
    ['a place without a name', (one: ReturnType<typeof realCatalogue>) => ({ ...one, places: {} }), 'catalogue 1.001193: unknown place trungTam'],
    ['no version', (one: ReturnType<typeof realCatalogue>) => ({ ...one, version: 'x' }), 'catalogue version: regex'],
  ])('with %s is refused, and the place is named', (_what, change, why) => {
    expect(broken(change)).toBe(why)
  })
})
