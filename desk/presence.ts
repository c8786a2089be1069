/**
 * Who sits at this desk, which is not for this page alone to say: the cookie belongs to all pages of the browser. A page
 * follows when somebody signs out or another officer signs in elsewhere.
 */
import type { Failure } from '../core/failures.ts'
import type { Result } from '../core/result.ts'
import { forgetOfficer, type Desk } from './session.ts'

export interface Ways {
  /** Leads to the sign-in page. */
  readonly leave: () => void
  /** The session is over without the officer's asking. */
  readonly ended: () => void
  readonly loadAnew: () => void
}

/** Signs out: the page is left at once, the office is told as soon as it can be. */
export async function signOutHere(desk: Desk, leave: () => void): Promise<void> {
  desk.signOut.owe()
  await paySignOut(desk, leave)
}

/** Pays a sign-out that is owed, by this page or by another one. Whoever was signed in leaves before the office answers. */
export async function paySignOut(desk: Desk, leave: () => void): Promise<Result<undefined, Failure>> {
  if (desk.signOut.isOwed() && desk.me.value !== null) {
    forgetOfficer(desk)
    desk.unsent.empty()
    desk.ended.value = false
    leave()
  }
  return desk.signOut.pay()
}

/** Asks anew who is signed in, when the page is seen again. Without an answer nothing changes. */
export async function lookAgain(desk: Desk, { leave, ended, loadAnew }: Ways): Promise<void> {
  await paySignOut(desk, leave)
  const before = desk.me.value
  if (before === null) return
  const answer = await desk.api.me()
  if (desk.me.value !== before) return
  if (!answer.ok) {
    if (answer.failure.kind === 'notSignedIn') ended()
    return
  }
  if (answer.value.username === before.username) return
  forgetOfficer(desk)
  loadAnew()
}
