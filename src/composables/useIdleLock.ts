/**
 * Locks a tablet that was put down: after a while without a touch, and after a short grace when the page is hidden. Saving
 * comes first, inside `session.lock`; when saving fails the tablet stays open rather than lose an answer, and tries again.
 * Whoever takes a picture has not put the tablet down (`filePicking.ts`). A tablet that is locked already calls `onPutDown` instead, after the same time.
 */
import { onMounted, onScopeDispose } from 'vue'
import { useOutside } from '../stores/outside.ts'
import { useSession } from '../stores/session.ts'
import { makeFilePicking, watchFileControls } from './filePicking.ts'

/** A glance at another app must not cost a passphrase. */
export const hiddenGraceMs = 45_000
const lookEveryMs = 5_000
const touches = ['pointerdown', 'keydown', 'input', 'scroll'] as const

export function useIdleLock(onPutDown: () => void = () => undefined): void {
  const { nowMs, every } = useOutside()
  const session = useSession()
  const picking = makeFilePicking(nowMs)
  let touchedAtMs = nowMs()
  let hiddenAtMs: number | null = null

  function touch(): void {
    touchedAtMs = nowMs()
  }

  function look(): void {
    if (picking.isGoingOn()) return
    const isIdle = nowMs() - touchedAtMs >= session.lockAfterMs
    const isAway = hiddenAtMs !== null && nowMs() - hiddenAtMs >= hiddenGraceMs
    if (!isIdle && !isAway) return
    if (!session.isLocked) {
      void session.lock()
      return
    }
    touch()
    hiddenAtMs = null
    onPutDown()
  }

  function turn(): void {
    const isHidden = document.visibilityState === 'hidden'
    picking.turns(isHidden)
    look()
    hiddenAtMs = isHidden ? nowMs() : null
    if (isHidden) void session.settleAll()
  }

  const stopWatching = watchFileControls({
    begins: picking.begins,
    ends() {
      picking.ends()
      touch()
    },
  })

  onMounted(() => {
    for (const kind of touches) document.addEventListener(kind, touch, { passive: true, capture: true })
    document.addEventListener('visibilitychange', turn)
  })
  const stopLooking = every(lookEveryMs, look)
  onScopeDispose(() => {
    stopLooking()
    stopWatching()
    for (const kind of touches) document.removeEventListener(kind, touch, { capture: true })
    document.removeEventListener('visibilitychange', turn)
  })
}
