/**
 * Signing out. Only the office can end a session: its cookie is out of this page's reach. Until the office has answered, the
 * sign-out is owed: a word that outlives the page and that every page of this browser reads, so that nobody is let in by the
 * cookie, whoever opens the desk next. Whatever needs to know who is signed in pays first.
 */
import { ref, type Ref } from 'vue'
import type { Failure } from '../core/failures.ts'
import { ok, type Result } from '../core/result.ts'
import type { DeskApi } from './api.ts'

export const payEveryMs = 5_000

export interface SignOutPorts {
  readonly api: Pick<DeskApi, 'signOut'>
  /** Whether a sign-out is owed, read anew each time: another page of this browser may have paid it. */
  readonly owesSignOut: () => boolean
  readonly oweSignOut: (owed: boolean) => void
}

export interface SignOut {
  /** What is told at the sign-in page: nothing, that it is still owed, or that it is done. */
  readonly told: Ref<'nothing' | 'owed' | 'done'>
  readonly isOwed: () => boolean
  /** Owes a sign-out from this moment on. */
  readonly owe: () => void
  /** Asks the office to sign out, if that is owed; ok when nothing is owed any more. Calls at the same time share one request. */
  readonly pay: () => Promise<Result<undefined, Failure>>
}

export function makeSignOut({ api, owesSignOut, oweSignOut }: SignOutPorts): SignOut {
  const told: SignOut['told'] = ref('nothing')
  let paying: Promise<Result<undefined, Failure>> | null = null

  async function ask(): Promise<Result<undefined, Failure>> {
    const answer = await api.signOut()
    // An office that knows nobody here has nobody left to sign out.
    if (!answer.ok && answer.failure.kind !== 'notSignedIn') {
      told.value = 'owed'
      return answer
    }
    oweSignOut(false)
    told.value = 'done'
    return ok()
  }

  return {
    told,
    isOwed: owesSignOut,
    owe: () => {
      oweSignOut(true)
    },
    async pay() {
      if (paying !== null) return paying
      if (!owesSignOut()) {
        if (told.value === 'owed') told.value = 'done'
        return ok()
      }
      paying = ask().finally(() => {
        paying = null
      })
      return paying
    },
  }
}
