/**
 * Find the procedure: all that the ward offers, by sector and by words. The catalogue is read, and the index built, when
 * the first page asks for them, a little at a time so that no key waits for it; typing before the index is whole finds what
 * is in, and more as it grows.
 */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { parseCatalogue, type Catalogue, type CatalogueEntry } from '../../core/procedure/catalogue.ts'
import { localMoment } from '../../core/procedure/dates.ts'
import type { FindOffers } from './offerIndex.ts'
import { offersOf, type Offer } from './offer.ts'
import { useOffice } from './office.ts'
import { useOutside } from './outside.ts'
import { useProcedures } from './procedures.ts'

/** One catalogue entry with the words of its sector and place. */
export interface Guide {
  readonly entry: CatalogueEntry
  readonly catalogue: Catalogue
}

/** So long the index may be built at a stretch: far under the 50 ms at which a tap or a key is felt to wait. */
const sliceMs = 10

/** Lets what waits go first: taps, keys, drawing. */
const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 0)
  })

export const useOffers = defineStore('offers', () => {
  const [outside, procedures, office] = [useOutside(), useProcedures(), useOffice()]

  const catalogue = computed<Catalogue | null>(() => {
    if (office.sheet.catalogue === null) return null
    const parsed = parseCatalogue(office.sheet.catalogue)
    return parsed.ok ? parsed.value : null
  })
  const all = computed(() => offersOf(procedures.current, catalogue.value, localMoment(outside.nowMs()).date))
  const known = computed(() => procedures.known && office.known)

  /** How to find among what is in; another one after each slice, so that an open search looks again. */
  const index = shallowRef<{ readonly find: FindOffers; readonly whole: boolean } | null>(null)
  const wanted = ref(false)
  watch([all, wanted], async () => {
    if (!wanted.value) return
    const list = all.value
    const { growIndex } = await import('./offerIndex.ts')
    const { find, grow } = growIndex(list)
    for (let whole = false; !whole && list === all.value; ) {
      const until = outside.nowMs() + sliceMs
      whole = grow(() => outside.nowMs() >= until)
      index.value = { find, whole }
      if (!whole) await nextTask()
    }
  })

  /** Starts building the index, if nobody has. */
  function prepare(): void {
    wanted.value = true
  }

  /** Offers that fit the words, best first; null while none is found and the index still grows. Without words: all of the sector. */
  function search(words: string, sector?: string): readonly Offer[] | null {
    if (words.trim() === '') return all.value.filter((offer) => sector === undefined || offer.sector === sector)
    const codes = index.value?.find(words, sector) ?? []
    if (codes.length === 0 && index.value?.whole !== true) return null
    const byCode = new Map(all.value.map((offer) => [offer.code, offer]))
    return codes.flatMap((code) => byCode.get(code) ?? [])
  }

  const offerOf = (code: string): Offer | undefined => all.value.find((offer) => offer.code === code)

  /** What the catalogue says of a code; undefined when it does not know it. */
  function guideOf(code: string): Guide | undefined {
    const found = catalogue.value?.procedures.find((entry) => entry.code === code)
    return found === undefined || catalogue.value === null ? undefined : { entry: found, catalogue: catalogue.value }
  }

  return { known, all, prepare, search, offerOf, guideOf }
})
