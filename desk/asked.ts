/** Something asked of the office: loading, here, or not to be had. A newer question wins over an older answer. */
import { shallowRef, type ShallowRef } from 'vue'
import type { Failure } from '../core/failures.ts'
import type { Result } from '../core/result.ts'

export type Asked<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'failed'; readonly failure: Failure }

export interface Asking<T> {
  readonly state: ShallowRef<Asked<T>>
  /** Asks again. `quietly` keeps what is shown until the answer is here. */
  readonly ask: (quietly?: boolean) => Promise<void>
  /** Puts in what another request has answered. */
  readonly put: (value: T) => void
}

/** Asks with `question` whenever `ask` is called; nothing is asked before. */
export function useAsked<T>(question: () => Promise<Result<T, Failure>>): Asking<T> {
  const state: ShallowRef<Asked<T>> = shallowRef({ kind: 'loading' })
  let turn = 0
  return {
    state,
    put(value) {
      turn += 1
      state.value = { kind: 'ready', value }
    },
    async ask(quietly = false) {
      const mine = (turn += 1)
      if (!quietly) state.value = { kind: 'loading' }
      const answer = await question()
      if (mine !== turn) return
      state.value = answer.ok ? { kind: 'ready', value: answer.value } : { kind: 'failed', failure: answer.failure }
    },
  }
}
