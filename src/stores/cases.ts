/** The volunteer's own finalised applications and what the office has said about them. Empty while locked. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import * as status from '../../core/application/status.ts'
import type { ApplicationId } from '../../core/ids.ts'
import { useOutside } from './outside.ts'
import { emptyOnLock } from './session.ts'
import { useOpening, type CaseView } from './tablet.ts'

export const useCases = defineStore('cases', () => {
  const opening = useOpening()
  const outside = useOutside()
  const rows = shallowRef<readonly CaseView[]>([])
  /** False while older ones are still being opened. */
  const known = ref(false)
  /** `id changedAt` of what was already looked at, by any volunteer of this tablet: ids and times only. */
  const seen = ref(new Set((outside.kept('seenCases') ?? '').split('\n').filter((line) => line !== '')))

  emptyOnLock(() => {
    rows.value = []
    known.value = false
  })
  opening
    .then((tablet) => {
      tablet.cases.watch((list, following) => {
        rows.value = list
        known.value = following === undefined
      })
    })
    .catch(() => {
      known.value = true
    })

  const mark = (row: CaseView): string => `${row.id} ${row.changedAt ?? ''}`
  const isNews = (row: CaseView): boolean => status.isDecided(row.status) && !seen.value.has(mark(row))
  const news = computed(() => rows.value.filter(isNews))
  const caseOf = (id: ApplicationId): CaseView | undefined => rows.value.find((row) => row.id === id)

  function markSeen(row: CaseView): void {
    if (!isNews(row)) return
    // One mark a case. What is not among these rows is another volunteer's, or not opened yet, and stays.
    seen.value = new Set([...[...seen.value].filter((line) => !line.startsWith(`${row.id} `)), mark(row)])
    outside.keep('seenCases', [...seen.value].join('\n'))
  }

  return { rows, known, news, isNews, caseOf, markSeen }
})
