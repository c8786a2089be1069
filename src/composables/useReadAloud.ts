/**
 * Reads a text aloud by the device's own voices. Never speaks by itself, stops when the page goes, and knows when there is
 * no voice of the language: an English voice reading Vietnamese helps nobody. Voices that work without a network come first.
 */
import { computed, onScopeDispose, ref, shallowRef, type ComputedRef, type Ref } from 'vue'

export interface ReadAloud {
  /** False when the device has no voice of the language. */
  readonly canRead: ComputedRef<boolean>
  readonly isReading: Readonly<Ref<boolean>>
  readonly read: (text: string) => void
  readonly stop: () => void
}

/** Sentence by sentence: Chromium breaks off an utterance after about a quarter of a minute. */
const sentencesOf = (text: string): readonly string[] => text.split(/(?<=[.;:?!])\s+/u).filter((part) => part.trim() !== '')

/** `locale` is that of the text, such as `vi`. Must be called in a component's setup. */
export function useReadAloud(locale: () => string): ReadAloud {
  const speech = 'speechSynthesis' in window ? window.speechSynthesis : null
  const voices = shallowRef<readonly SpeechSynthesisVoice[]>(speech?.getVoices() ?? [])
  const isReading = ref(false)
  let reading = 0

  const voice = computed(() => {
    const fitting = voices.value.filter(({ lang }) => lang.toLowerCase().replace('_', '-').split('-')[0] === locale())
    return fitting.find(({ localService }) => localService) ?? fitting[0]
  })

  function look(): void {
    voices.value = speech?.getVoices() ?? []
  }

  function stop(): void {
    reading += 1
    isReading.value = false
    speech?.cancel()
  }

  function read(text: string): void {
    if (speech === null || voice.value === undefined) return
    stop()
    const mine = reading
    const parts = sentencesOf(text)
    isReading.value = parts.length > 0
    for (const [index, part] of parts.entries()) {
      const utterance = new SpeechSynthesisUtterance(part)
      utterance.voice = voice.value
      utterance.lang = voice.value.lang
      utterance.rate = 0.9
      const end = (): void => {
        if (mine === reading && index === parts.length - 1) isReading.value = false
      }
      utterance.addEventListener('end', end)
      utterance.addEventListener('error', end)
      speech.speak(utterance)
    }
  }

  // Chromium knows its voices only a moment after the page has begun.
  speech?.addEventListener('voiceschanged', look)
  onScopeDispose(() => {
    speech?.removeEventListener('voiceschanged', look)
    if (isReading.value) stop()
  })

  return { canRead: computed(() => voice.value !== undefined), isReading, read, stop }
}
