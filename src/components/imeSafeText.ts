/**
 * Typing Vietnamese survives only when nobody touches the element's value meanwhile (reference 8.6). Composition (Gboard,
 * macOS) breaks when the value is rewritten before `compositionend`; Unikey sends backspaces and retypes without any such
 * event, so an echo of what was typed a moment ago must not be written back either. Therefore the value is never bound:
 * it is written on mount, on blur, or when it changes from outside (a scanned card) while nothing is being composed.
 */
import { nextTick, onMounted, ref, watch, type Ref } from 'vue'

export interface ImeSafeOptions {
  readonly value: () => string
  readonly update: (value: string) => void
  /** What leaves the field for what was typed; the typed text itself stays until blur. */
  readonly clean?: (typed: string) => string
}

export interface ImeSafeText<E extends HTMLInputElement | HTMLTextAreaElement> {
  readonly element: Ref<E | null>
  readonly onInput: () => void
  readonly onCompositionStart: () => void
  readonly onCompositionEnd: () => void
  readonly onChange: () => void
  readonly onBlur: () => Promise<void>
}

const sameWords = (a: string, b: string): boolean =>
  a.normalize('NFC').trim().toUpperCase() === b.normalize('NFC').trim().toUpperCase()

export function useImeSafeText<E extends HTMLInputElement | HTMLTextAreaElement>(options: ImeSafeOptions): ImeSafeText<E> {
  const element: Ref<E | null> = ref(null)
  const clean = options.clean ?? ((typed: string): string => typed)
  let composing = false
  /** Everything told since the field got the focus; any of it may come back late as an echo. */
  let told = new Set<string>()
  /** Told, and not yet answered by a new value. */
  let pending: string | undefined

  const isFocused = (): boolean => element.value !== null && element.value.ownerDocument.activeElement === element.value

  function write(value: string): void {
    if (element.value && element.value.value !== value) element.value.value = value
  }

  function tell(): void {
    const value = clean(element.value?.value ?? '')
    if (value === (pending ?? options.value())) return
    told.add(value)
    pending = value
    options.update(value)
  }

  function isEcho(value: string): boolean {
    return told.has(value) || sameWords(value, clean(element.value?.value ?? ''))
  }

  onMounted(() => {
    write(options.value())
  })

  watch(options.value, (value) => {
    pending = undefined
    if (composing) return
    if (isFocused() && isEcho(value)) return
    write(value)
  })

  return {
    element,
    onInput: tell,
    onCompositionStart() {
      composing = true
    },
    onCompositionEnd() {
      composing = false
      tell()
    },
    onChange: tell,
    async onBlur() {
      composing = false
      tell()
      told = new Set()
      await nextTick()
      if (!isFocused()) write(options.value())
    },
  }
}
