/** Where a draft that is gone is to be found: on its page when it was finalised here. */
import { computed, type ComputedRef } from 'vue'
import type { RouteLocationRaw } from 'vue-router'
import { useOutbox } from '../../stores/outbox.ts'

/** Null while the outbox has nothing of that id: it was discarded, or sent and given up long ago. */
export function useWhereNow(id: () => string): ComputedRef<RouteLocationRaw | null> {
  const outbox = useOutbox()
  return computed(() => (outbox.view.items.some((item) => item.id === id()) ? { name: 'done', params: { id: id() } } : null))
}
