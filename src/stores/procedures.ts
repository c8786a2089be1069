/**
 * The procedure packs on this tablet, read and parsed once. A pack that does not parse is reported, never shown half.
 * `offers.ts` finds them.
 */
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { type Failure } from '../../core/failures.ts'
import type { PackRef } from '../../core/ids.ts'
import type { Pack } from '../../core/procedure/packShape.ts'
import { readPublished } from '../../core/procedure/published.ts'
import type { Texts } from '../../core/procedure/texts.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { Locale } from '../i18n/formats.ts'
import { useOpening, type PackOnTablet } from './tablet.ts'

/** A pack that can be shown: its rules and its words in both languages. */
export interface Procedure {
  readonly ref: PackRef
  readonly pack: Pack
  readonly texts: Readonly<Record<Locale, Texts>>
}

export const useProcedures = defineStore('procedures', () => {
  const opening = useOpening()
  const rows = shallowRef<readonly PackOnTablet[]>([])
  const known = ref(false)
  /** Versions that the office offers and this app is too old to read; the ones before stay in use. */
  const tooNew = shallowRef<readonly PackRef[]>([])
  const current = shallowRef<readonly Procedure[]>([])
  const cache = new Map<PackRef, Promise<Result<Procedure, Failure>>>()

  opening
    .then((tablet) => {
      tablet.packs.watch((list) => {
        rows.value = list
        void readCurrent(list)
      })
      tablet.packs.watchTooNew((packs) => {
        tooNew.value = packs
      })
    })
    .catch(() => {
      known.value = true
    })

  async function fetchOne(ref: PackRef): Promise<Result<Procedure, Failure>> {
    const { packs } = await opening
    const found = await packs.read(ref)
    if (!found.ok) {
      cache.delete(ref)
      return fail(found.failure)
    }
    const read = readPublished(found.value.content, found.value.texts)
    return read.ok ? ok({ ref, ...read.value }) : read
  }

  /** The pack of a reference, parsed; a version that a draft pins is found although a newer one is current. */
  function read(ref: PackRef): Promise<Result<Procedure, Failure>> {
    const known = cache.get(ref) ?? fetchOne(ref)
    cache.set(ref, known)
    return known
  }

  async function readCurrent(list: readonly PackOnTablet[]): Promise<void> {
    const answers = await Promise.all(list.filter((row) => row.current).map((row) => read(row.pack)))
    if (list !== rows.value) return
    current.value = answers.flatMap((answer) => (answer.ok ? [answer.value] : []))
    known.value = true
  }

  const refresh = async (): Promise<Result<undefined, Failure>> => (await opening).packs.refresh()

  return { rows, known, tooNew, current, read, refresh }
})
