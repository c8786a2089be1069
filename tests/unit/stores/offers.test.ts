import { describe, expect, it, vi } from 'vitest'
import { bySector, offersOf } from '../../../src/stores/offer.ts'
import { useOffers } from '../../../src/stores/offers.ts'
import { birthContent, birthProcedure } from '../../support/screens/birth.ts'
import { catalogueContent, realCatalogue } from '../../support/screens/catalogue.ts'
import { screenApp, settle } from '../../support/screens/screenApp.ts'

const today = '2026-11-24'
const birth = birthProcedure()

describe('what the ward offers', () => {
  it('is the catalogue, and a pack where there is one', () => {
    const offers = offersOf([birth], realCatalogue(), today)

    expect(offers).toHaveLength(38)
    expect(offers.filter(({ version }) => version !== null).map(({ code, version }) => [code, version])).toEqual([['1.001193', '1.0.0']])
    expect(offers[0]?.everyday).toEqual(expect.arrayContaining(['chứng sinh', 'làm giấy tờ cho em bé']))
  })

  it('is the packs alone when the office has published no catalogue', () => {
    expect(offersOf([birth], null, today).map(({ code, sectorName }) => [code, sectorName.vi])).toEqual([['1.001193', 'Hộ tịch']])
  })

  it('of two versions of a pack is the one in force, then the higher one', () => {
    const version = (of: string, validFrom = '2026-01-01') => ({ ...birth, pack: { ...birth.pack, version: of, validFrom } })
    const shown = (...packs: ReturnType<typeof version>[]) => offersOf(packs, null, today).map((offer) => offer.version)

    expect(shown(version('1.9.0'), version('1.10.0'))).toEqual(['1.10.0'])
    expect(shown(version('1.0.0'), version('2.0.0', '2027-03-01'))).toEqual(['1.0.0'])
  })

  it('stands in sectors, the most asked for first', () => {
    const sectors = bySector(offersOf([birth], realCatalogue(), today))

    expect(sectors.map(({ sector }) => sector).slice(0, 3)).toEqual(['hoTich', 'chungThuc', 'hoKinhDoanh'])
    expect(sectors[0]?.offers[0]?.code).toBe('1.001193')
  })
})

describe('the offers store', () => {
  it('shows all at once, and finds as soon as the index is there', async () => {
    const { tablet } = screenApp()
    const offers = useOffers()
    tablet.set.packs([birthContent()])
    tablet.set.sheet({ catalogue: catalogueContent(), counter: {} })
    await settle()
    expect(offers.known).toBe(true)
    expect(offers.search('')).toHaveLength(38)
    expect(offers.search('', 'xayDung')?.map(({ code }) => code)).toEqual(['1.013225'])
    expect(offers.search('độc thân')).toBeNull()

    offers.prepare()

    await vi.waitFor(() => expect(offers.search('độc thân')?.[0]?.code).toBe('1.004873'))
    expect(offers.guideOf('1.004873')?.entry.papers?.[0]?.vi).toBe('Tờ khai cấp Giấy xác nhận tình trạng hôn nhân')
  })

  it('lets keys and taps go first while it builds the index, finds what is in, and calls nothing unfindable before it is whole', async () => {
    const { tablet, outside } = screenApp()
    // Every look at the clock takes four milliseconds: a few offers a slice.
    Object.assign(outside, { nowMs: () => (outside.now += 4) })
    const offers = useOffers()
    tablet.set.packs([birthContent()])
    tablet.set.sheet({ catalogue: catalogueContent(), counter: {} })
    await settle()

    offers.prepare()

    await vi.waitFor(() => expect(offers.search('khai sinh')?.[0]?.code).toBe('1.001193'), { interval: 1 })
    expect(offers.search('xyzxyz')).toBeNull()
    await vi.waitFor(() => expect(offers.search('xyzxyz')).toEqual([]))
    expect(offers.search('độc thân')?.[0]?.code).toBe('1.004873')
  })

  it('goes on with the packs when the catalogue is broken', async () => {
    const { tablet } = screenApp()
    const offers = useOffers()
    tablet.set.packs([birthContent()])
    tablet.set.sheet({ catalogue: { format: 2 }, counter: {} })
    await settle()

    expect(offers.search('')?.map(({ code }) => code)).toEqual(['1.001193'])
  })
})
