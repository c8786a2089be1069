import type { InjectionKey } from 'vue'

/**
 * Opens the draft again as it is on disk: another window has changed it, then what was typed here is shown beside it; or it
 * was moved to another pack, then what is on disk is all.
 */
export const reloadKey: InjectionKey<(why: 'changed' | 'moved') => void> = Symbol('reload')
