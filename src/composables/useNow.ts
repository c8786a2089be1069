import { onScopeDispose, ref, type Ref } from 'vue'
import { useOutside } from '../stores/outside.ts'

/** The present time in milliseconds, fresh enough to say "2 minutes ago". */
export function useNow(): Readonly<Ref<number>> {
  const { nowMs, every } = useOutside()
  const now = ref(nowMs())
  onScopeDispose(
    every(20_000, () => {
      now.value = nowMs()
    }),
  )
  return now
}
