/**
 * One list of cases, page by page. Asked again every minute while the page is seen; once more pages were opened the rows
 * stay where the officer is reading and only the counts follow.
 */
import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import type { CaseRow } from '../core/wire/desk.ts'
import type { ListName } from './api.ts'
import { useAsked } from './asked.ts'
import { useDesk } from './session.ts'

export const refreshMs = 60_000

export function useCaseList(list: ListName) {
  const desk = useDesk()
  const rows = shallowRef<readonly CaseRow[]>([])
  const next = ref<string | null>(null)
  const pages = ref(0)
  const refreshedAt = ref(desk.now())
  const adding = ref(false)
  const first = useAsked(() => desk.api.inbox(list, null))

  async function refresh(quietly: boolean): Promise<void> {
    await first.ask(quietly)
    const state = first.state.value
    if (state.kind !== 'ready') return
    desk.counts.value = state.value.counts
    refreshedAt.value = desk.now()
    if (quietly && pages.value > 1) return
    rows.value = state.value.cases
    next.value = state.value.next
    pages.value = 1
  }

  /** Adds the next page; true when the rows grew. */
  async function more(): Promise<boolean> {
    if (next.value === null || adding.value) return false
    adding.value = true
    const answer = await desk.api.inbox(list, next.value)
    adding.value = false
    if (!answer.ok) {
      first.state.value = { kind: 'failed', failure: answer.failure }
      return false
    }
    rows.value = [...rows.value, ...answer.value.cases]
    next.value = answer.value.next
    pages.value += 1
    return true
  }

  let stop = (): void => undefined
  onMounted(async () => {
    stop = desk.every(refreshMs, () => void refresh(true))
    await refresh(false)
  })
  onBeforeUnmount(() => {
    stop()
  })
  return { state: first.state, rows, next, adding, refreshedAt, refresh, more }
}
