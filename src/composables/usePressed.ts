/**
 * A press on a button also leaves the field before it. If what is wrong with that field were shown between press and
 * release, the page would move and the release would miss the button; so whoever changes the page waits for the release.
 */
import { onScopeDispose } from 'vue'

export interface Pressed {
  /** Resolves at once when nothing is pressed, else after the release and the click that follows it. */
  readonly released: () => Promise<void>
}

export function usePressed(): Pressed {
  let isDown = false
  let waiting: (() => void)[] = []

  function press(): void {
    isDown = true
  }
  function release(): void {
    isDown = false
    const due = waiting
    waiting = []
    setTimeout(() => {
      for (const go of due) go()
    })
  }

  document.addEventListener('pointerdown', press, { capture: true, passive: true })
  const ends = ['pointerup', 'pointercancel'] as const
  for (const end of ends) document.addEventListener(end, release, { capture: true, passive: true })
  onScopeDispose(() => {
    document.removeEventListener('pointerdown', press, { capture: true })
    for (const end of ends) document.removeEventListener(end, release, { capture: true })
    release()
  })

  return { released: () => (isDown ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve()) }
}
