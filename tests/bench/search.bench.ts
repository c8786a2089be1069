// How long finding takes among 1,500 procedures: building the index once, and each key of what somebody types.
import { bench, describe } from 'vitest'
import { offersOf } from '../../src/stores/offer.ts'
import { indexOffers } from '../../src/stores/offerIndex.ts'
import { manyOffers, realCatalogue } from '../support/screens/catalogue.ts'

const real = offersOf([], realCatalogue(), '2026-11-24')
const offers = [...real, ...manyOffers(1500 - real.length)]
const find = indexOffers(offers)
const typed = Array.from('giấy độc thân', (_, at) => 'giấy độc thân'.slice(0, at + 1))

describe('finding among 1,500 procedures', () => {
  bench('building the index', () => {
    indexOffers(offers)
  })
  bench('all thirteen keys of "giấy độc thân"', () => {
    for (const words of typed) find(words)
  })
  bench('a sentence that fits only for the most part', () => {
    find('tôi muốn xin giấy tờ cho trẻ sơ sinh ở quê')
  })
})
