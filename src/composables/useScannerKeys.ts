/**
 * Scanners that act as a keyboard type the whole code within a moment and end with Enter or Tab (reference 1.2, rule 7).
 * Such a burst is taken out of whatever field it ran into and handed on once. A Vietnamese keyboard that is on eats letters
 * meanwhile: the traces of that are reported, the text is not mended.
 */
import { onScopeDispose } from 'vue'
import { isBurst, isFirst, nothingTyped, withKey, type Burst } from './keyBurst.ts'

type TextField = HTMLInputElement | HTMLTextAreaElement
interface RanInto {
  readonly field: TextField
  readonly before: string
}

/** Calls `scanned` for each burst while the component lives. */
export function useScannerKeys(scanned: (burst: Burst) => void): void {
  let typed = nothingTyped
  let ran: RanInto | null = null

  function onKey(event: KeyboardEvent): void {
    const pressed = { key: event.key, atMs: event.timeStamp, isHidden: event.isComposing || event.altKey }
    if (isFirst(typed, pressed)) ran = fieldOf(event)
    if (event.key !== 'Enter' && event.key !== 'Tab') typed = withKey(typed, pressed)
    else if (!isFirst(typed, pressed)) end(event)
  }

  function end(event: KeyboardEvent): void {
    const text = typed.isDamaged ? textOf(ran, typed.text) : typed.text
    const burst = isBurst(typed, text) ? { text, isDamaged: typed.isDamaged } : null
    const field = ran
    forget()
    if (burst === null) return
    event.preventDefault()
    event.stopPropagation()
    if (field !== null) putBack(field)
    scanned(burst)
  }

  function forget(): void {
    typed = nothingTyped
    ran = null
  }

  document.addEventListener('keydown', onKey, { capture: true })
  onScopeDispose(() => {
    document.removeEventListener('keydown', onKey, { capture: true })
    forget()
  })
}

function fieldOf({ target }: KeyboardEvent): RanInto | null {
  const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
  return isField ? { field: target, before: target.value } : null
}

/** What an input method composed stands in the field, not in the keys. */
function textOf(ran: RanInto | null, keys: string): string {
  if (!ran?.field.value.startsWith(ran.before)) return keys
  const typed = ran.field.value.slice(ran.before.length)
  return typed.includes('|') ? typed : keys
}

function putBack({ field, before }: RanInto): void {
  field.value = before
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
