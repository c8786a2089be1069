/**
 * Tells a scanner from a person by its keys alone: twenty keys and five pipes without a pause of more than a moment, then
 * Enter or Tab. Pure: what comes in is the key, its time and whether an input method had its hand on it.
 */
export interface PressedKey {
  readonly key: string
  readonly atMs: number
  /** Composed, or typed by its code with Alt: the key does not say which letter it makes. */
  readonly isHidden: boolean
}

export interface Burst {
  readonly text: string
  /** An input method was at work between the keys, so letters with marks are likely wrong. */
  readonly isDamaged: boolean
}

/** Longest pause inside a burst; nobody types twenty keys at this pace, and slow Bluetooth scanners stay below it. */
export const gapMs = 60
const fewestKeys = 20
const fewestPipes = 5
/** More than a code holds; the rest of an endless burst is dropped. */
const mostKeys = 6000

interface Typed extends Burst {
  readonly count: number
  readonly lastMs: number
}

export const nothingTyped: Typed = { text: '', isDamaged: false, count: 0, lastMs: Number.NEGATIVE_INFINITY }

/** True when this key does not belong to what was typed before: a new burst may begin with it. */
export const isFirst = (typed: Typed, { atMs }: PressedKey): boolean => typed.count === 0 || atMs - typed.lastMs > gapMs

/** What is typed after one more key; Enter and Tab are not asked here. */
export function withKey(typed: Typed, pressed: PressedKey): Typed {
  const before = isFirst(typed, pressed) ? nothingTyped : typed
  const { key, atMs: lastMs, isHidden } = pressed
  if (['Shift', 'CapsLock', 'AltGraph'].includes(key) || before.count >= mostKeys) return { ...before, lastMs }
  const next = { ...before, lastMs, count: before.count + 1 }
  if (isHidden) return { ...next, isDamaged: true }
  // Unikey takes a letter back and types another in its place; no person does so within a burst.
  if (key === 'Backspace') return { ...next, isDamaged: true, text: before.text.slice(0, -1) }
  if ([...key].length === 1) return { ...next, text: before.text + key }
  return ['Unidentified', 'Process', 'Dead'].includes(key) ? { ...next, isDamaged: true } : next
}

/** True when what was typed came from a scanner; `text` is what the field or the keys say. */
export const isBurst = ({ count }: Typed, text: string): boolean => count >= fewestKeys && text.split('|').length > fewestPipes
