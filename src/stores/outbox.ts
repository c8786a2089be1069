/** What waits on this tablet, how old it is, and what needs a person. Works locked: nothing here is plaintext. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { useOpening, type OutboxItemView, type OutboxView } from './tablet.ts'

const nothingYet: OutboxView = {
  items: [],
  onlyHere: 0,
  oldestOnlyHereAt: null,
  sending: false,
  road: 'unknown',
  pausedBecause: null,
  lastReachedAt: null,
  partsPaused: false,
  restored: null,
}

/** An item that will not get further by itself. */
export const needsPerson = ({ state, keyEnded }: OutboxItemView): boolean => state === 'refused' || state === 'disputed' || keyEnded

/** An item that this tablet is sending, or will. */
export const goesByItself = (item: OutboxItemView): boolean => (item.state === 'queued' || item.state === 'received') && !needsPerson(item)

export const useOutbox = defineStore('outbox', () => {
  const opening = useOpening()
  const view = shallowRef<OutboxView>(nothingYet)
  const known = ref(false)

  opening
    .then((tablet) => {
      tablet.outbox.watch((next) => {
        view.value = next
        known.value = true
      })
    })
    .catch(() => {
      known.value = true
    })

  const toJudge = computed(() => view.value.items.filter(needsPerson))
  /** Applications whose text is at the office while photos of them are still nowhere but here. */
  const photosHere = computed(() => view.value.items.filter(({ state }) => state === 'received').length)

  async function sendNow(): Promise<void> {
    const { outbox } = await opening
    outbox.sendNow()
  }

  return { view, known, toJudge, photosHere, sendNow }
})
