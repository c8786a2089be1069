/** What starts found of damage to this tablet's storage. Speaks of counts only, so it works on a locked tablet. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { useOpening, type Finding } from './tablet.ts'

export const useFindings = defineStore('findings', () => {
  const opening = useOpening()
  const findings = shallowRef<readonly Finding[]>([])

  opening
    .then((tablet) => {
      tablet.findings.watch((next) => {
        findings.value = next
      })
    })
    .catch(() => undefined)

  /** The newest first. */
  const all = computed(() => [...findings.value].reverse())
  const unread = computed(() => all.value.filter(({ readAt }) => readAt === null))

  async function markRead(): Promise<void> {
    const { findings: port } = await opening
    await port.markRead()
  }

  return { all, unread, markRead }
})
