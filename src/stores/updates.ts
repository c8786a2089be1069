/**
 * A newer version of the app, offered and never forced (invariant 9): it is taken when the volunteer presses, after
 * everything typed is on disk, and not at all while something cannot be saved.
 */
import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Failure } from '../../core/failures.ts'
import type { Result } from '../../core/result.ts'
import { useSession } from './session.ts'

export const useUpdates = defineStore('updates', () => {
  const session = useSession()
  const offered = ref(false)
  let activate: (() => void) | null = null

  /** Called by src/updates.ts when a new version waits. */
  function offer(take: () => void): void {
    activate = take
    offered.value = true
  }

  async function accept(): Promise<Result<unknown, Failure>> {
    const saved = await session.settleAll()
    if (saved.ok) activate?.()
    return saved
  }

  return { offered, offer, accept }
})
