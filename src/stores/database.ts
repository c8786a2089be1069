/**
 * Where two versions of the app, or two windows, meet at one database: what the person in front of this window is told.
 * The page is left only after everything typed in it is on disk.
 */
import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { FailureKind } from '../../core/failures.ts'
import { useSession } from './session.ts'

export const useDatabase = defineStore('database', () => {
  const session = useSession()
  const trouble = ref<Extract<FailureKind, 'databaseNewer' | 'databaseBlocked'> | null>(null)

  function blocked(isBlocked: boolean): void {
    trouble.value = isBlocked ? 'databaseBlocked' : null
  }

  function replaced(): void {
    trouble.value = 'databaseNewer'
  }

  async function save(): Promise<boolean> {
    return (await session.settleAll()).ok
  }

  return { trouble, blocked, replaced, save }
})
