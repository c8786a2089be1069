/**
 * The second tap of a double tap falls on whatever stands under the finger by then. A page whose main button lies where the
 * last page's lay lets no press through before somebody can have seen that it is another page.
 */
import { onMounted, onScopeDispose, ref, type Ref } from 'vue'
import { useOutside } from '../stores/outside.ts'

/** Longer than between the taps of an impatient finger, shorter than reading the name of the button. */
export const settledAfterMs = 700

/** False until the page has been on the screen for `settledAfterMs`. */
export function useSettled(): Readonly<Ref<boolean>> {
  const { every } = useOutside()
  const settled = ref(false)
  let stop = (): void => undefined
  onMounted(() => {
    stop = every(settledAfterMs, () => {
      settled.value = true
      stop()
    })
  })
  onScopeDispose(() => {
    stop()
  })
  return settled
}
