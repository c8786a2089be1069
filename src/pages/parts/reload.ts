import type { InjectionKey } from 'vue'

/** Opens the draft again as it is on disk, after another window has changed it. */
export const reloadKey: InjectionKey<() => void> = Symbol('reload')
