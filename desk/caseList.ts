/**
 * One list of cases, page by page. Asked again every minute while the page is seen; once more pages were opened the rows
 * stay where the officer is reading, only the counts follow, and the newest is offered when the list has changed. Rows that
 * are shown stay until better ones are here, and `refreshedAt` is always theirs.
 */
import { onBeforeUnmount, onMounted, ref, shallowRef, type Ref } from 'vue'
import type { Failure } from '../core/failures.ts'
import type { Result } from '../core/result.ts'
import type { CaseRow, Inbox } from '../core/wire/desk.ts'
import type { ListName } from './api.ts'
import type { Asked } from './asked.ts'
import { useDesk, type Desk } from './session.ts'

export const refreshMs = 60_000

/** The rows that are shown, from when they are, and what has become known of the list since. */
function makeShown(list: ListName, now: () => number) {
  const rows = shallowRef<readonly CaseRow[]>([])
  const next = ref<string | null>(null)
  const refreshedAt = ref(now())
  const changed = ref(false)
  let [pages, count] = [0, 0]

  function show({ cases, counts, next: after }: Inbox): void {
    rows.value = cases
    next.value = after
    pages = 1
    count = counts[list]
    refreshedAt.value = now()
    changed.value = false
  }

  function add({ cases, next: after }: Inbox): void {
    rows.value = [...rows.value, ...cases]
    next.value = after
    pages += 1
  }

  /** Takes a look at the first page: it replaces the only one, and is compared where more are shown. */
  function compare(inbox: Inbox): void {
    if (pages <= 1) show(inbox)
    else changed.value = inbox.counts[list] !== count || JSON.stringify(inbox.cases) !== JSON.stringify(rows.value.slice(0, inbox.cases.length))
  }

  return { rows, next, refreshedAt, changed, show, add, compare }
}

/** Asks for the first page as it is now. `missed`: the last time without an answer. */
function makeAsk(list: ListName, desk: Desk) {
  const missed = ref(false)
  let turn = 0
  return {
    missed,
    /** Null when a newer question was asked meanwhile. */
    ask: async (): Promise<Result<Inbox, Failure> | null> => {
      const mine = (turn += 1)
      const answer = await desk.api.inbox(list, null)
      if (mine !== turn) return null
      missed.value = !answer.ok
      if (answer.ok) desk.counts.value = answer.value.counts
      return answer
    },
  }
}

export function useCaseList(list: ListName) {
  const desk = useDesk()
  const shown = makeShown(list, desk.now)
  const { rows, next, refreshedAt, changed } = shown
  const state: Ref<Asked<undefined>> = shallowRef({ kind: 'loading' })
  const { missed, ask } = makeAsk(list, desk)
  const adding = ref(false)
  const addFailure = shallowRef<Failure | null>(null)

  function take(answer: Result<Inbox, Failure> | null): void {
    if (answer?.ok === true) {
      shown.show(answer.value)
      addFailure.value = null
      state.value = { kind: 'ready', value: undefined }
    } else if (answer !== null && state.value.kind !== 'ready') state.value = { kind: 'failed', failure: answer.failure }
  }

  /** Asks for the newest because somebody wants it; rows stay until it is here. */
  async function refresh(): Promise<void> {
    if (state.value.kind !== 'ready') state.value = { kind: 'loading' }
    take(await ask())
  }

  async function look(): Promise<void> {
    const answer = await ask()
    if (state.value.kind !== 'ready') take(answer)
    else if (answer?.ok === true) shown.compare(answer.value)
  }

  /** Adds the next page; true when the rows grew. */
  async function more(): Promise<boolean> {
    const after = next.value
    if (after === null || adding.value) return false
    adding.value = true
    addFailure.value = null
    const answer = await desk.api.inbox(list, after)
    adding.value = false
    // A look has replaced the rows meanwhile: this page follows others.
    if (next.value !== after) return false
    if (answer.ok) shown.add(answer.value)
    else addFailure.value = answer.failure
    return answer.ok
  }

  let stop = (): void => undefined
  onMounted(async () => {
    stop = desk.every(refreshMs, () => void look())
    await refresh()
  })
  onBeforeUnmount(() => {
    stop()
  })
  return { state, rows, next, adding, addFailure, refreshedAt, changed, missed, refresh, more }
}
