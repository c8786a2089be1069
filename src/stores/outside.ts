/** What stores and pages need of the world: time, chance, a few kept words, a file handed to the person. Made in src/outside.ts. */
import { inject, type InjectionKey } from 'vue'

export interface Outside {
  readonly nowMs: () => number
  readonly randomBytes: (count: number) => Uint8Array
  /** Runs again and again until stopped. */
  readonly every: (periodMs: number, run: () => void) => () => void
  /** Small settings that survive a restart. Never anything of a citizen. */
  readonly kept: (name: KeptName) => string | null
  /** False when it lasts only until the page is closed. */
  readonly keep: (name: KeptName, word: string) => boolean
  /** Hands something to the person as a file. */
  readonly handOver: (fileName: string, content: Blob) => void
  /** True where the device has a sheet for handing files to other apps. */
  readonly canShare: () => boolean
  /** Offers a file to that sheet; only a tap may open it. */
  readonly share: (fileName: string, content: Blob) => Promise<Shared>
  /** Makes the page follow a theme; `system` leaves it to the device. */
  readonly showTheme: (theme: Theme) => void
}

export type KeptName = 'locale' | 'theme' | 'lockAfterMs' | 'seenCases'
/** cancelled: the person closed the sheet; tapAgain: the browser no longer counts the tap; failed: the device will not. */
export type Shared = 'shared' | 'cancelled' | 'tapAgain' | 'failed'
export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const outsideKey: InjectionKey<Outside> = Symbol('outside')

export function useOutside(): Outside {
  const outside = inject(outsideKey)
  if (outside === undefined) throw new Error('no outside was provided')
  return outside
}
