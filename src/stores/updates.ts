/**
 * A newer version of the app, offered and never forced (invariant 9): it is taken when the volunteer presses, after
 * everything typed is on disk, and not at all while something cannot be saved.
 */
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { failure, type Failure } from '../../core/failures.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { useSession } from './session.ts'

export const useUpdates = defineStore('updates', () => {
  const session = useSession()
  const offered = ref(false)
  /** A piece of this page could not be loaded: the office has put out a newer release, and nothing kept this one. */
  const missing = ref(false)
  let activate: (() => unknown) | null = null
  let loadAnew: (() => Promise<boolean>) | null = null

  /** Called by src/updates.ts when a new version waits. */
  function offer(take: () => unknown): void {
    activate = take
    offered.value = true
  }

  /** What was typed is saved at once; the page is loaded anew only when it is asked for, and when there is one to load. */
  function miss(load: () => Promise<boolean>): void {
    loadAnew = load
    missing.value = true
    void session.settleAll()
  }

  async function accept(): Promise<Result<unknown, Failure>> {
    const saved = await session.settleAll()
    if (!saved.ok) return saved
    if (!missing.value) {
      activate?.()
      return saved
    }
    return (await loadAnew?.()) === true ? ok() : fail(failure('offline'))
  }

  return { offered, missing, offer, miss, accept }
})
