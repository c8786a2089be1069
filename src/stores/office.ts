/** What the office publishes beside the packs: its catalogue, and what it says of its counter. Public words; kept when locked. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { useOpening, type OfficeSheet } from './tablet.ts'

export const useOffice = defineStore('office', () => {
  const sheet = shallowRef<OfficeSheet>({ catalogue: null, counter: {} })
  const known = ref(false)

  useOpening()
    .then((tablet) => {
      tablet.packs.watchSheet((next) => {
        sheet.value = next
        known.value = true
      })
    })
    .catch(() => {
      known.value = true
    })

  return { sheet, known, counter: computed(() => sheet.value.counter) }
})
