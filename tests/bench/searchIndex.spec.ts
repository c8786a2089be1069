/** The index of 1,500 procedures as the tablet builds it: the longest stretch for which a key would have to wait. */
import { expect, test } from '@playwright/test'
import { offersOf } from '../../src/stores/offer.ts'
import type * as OfferIndex from '../../src/stores/offerIndex.ts'
import { manyOffers, realCatalogue } from '../support/screens/catalogue.ts'
import { print, serveModules } from './modules.ts'

test('building the index of 1,500 procedures', async ({ page }) => {
  const modules = await serveModules()
  const real = offersOf([], realCatalogue(), '2026-11-24')
  const offers = [...real, ...manyOffers(1500 - real.length)]
  const rows: Record<string, string | number>[] = []
  try {
    await page.goto(`${modules.origin}/bench`)
    const throttle = await page.context().newCDPSession(page)
    for (const slower of [1, 4]) {
      await throttle.send('Emulation.setCPUThrottlingRate', { rate: slower })
      const seen = await page.evaluate(async (list) => {
        const path = '/src/stores/offerIndex.ts'
        const { growIndex } = (await import(path)) as typeof OfferIndex
        const { find, grow } = growIndex(list)
        const start = performance.now()
        let [longestMs, slices] = [0, 0]
        for (let whole = false; !whole; slices += 1) {
          const began = performance.now()
          whole = grow(() => performance.now() >= began + 10)
          longestMs = Math.max(longestMs, performance.now() - began)
          await new Promise((resolve) => { setTimeout(resolve, 0) })
        }
        return { slices, longestMs, allMs: performance.now() - start, found: find('giấy độc thân')[0] }
      }, offers)
      expect(seen.found).toBe('1.004873')
      rows.push({ processor: slower === 1 ? 'as it is' : `${slower} times slower`, slices: seen.slices, 'longest slice ms': Math.round(seen.longestMs * 10) / 10, 'all ms': Math.round(seen.allMs) })
    }
    print('Building the index of 1,500 procedures in slices', rows)
  } finally {
    await modules.close()
  }
})
