/**
 * What every page of the desk shares: the road to the office, the clock, who is signed in, and how many cases wait. Lives in
 * memory only; a reload asks the office again. Sentences not yet sent survive an ended session here, for the same officer.
 */
import { inject, ref, type InjectionKey, type Ref } from 'vue'
import type { DeskApi, ListName, Me, Office } from './api.ts'
import { makeSignOut, type SignOut, type SignOutPorts } from './signOut.ts'
import { makeUnsent, type Unsent } from './unsent.ts'

export type Counts = Readonly<Record<ListName, number>>
export type Theme = 'auto' | 'light' | 'dark'

/** What the browser does for the desk. */
export interface Outside extends Omit<SignOutPorts, 'api'> {
  readonly api: DeskApi
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Calls back again and again while the page is seen, until the answer is called. */
  readonly every: (spanMs: number, call: () => void) => () => void
  /** Hands a text to the browser as a file. */
  readonly saveFile: (name: string, text: string, type: string) => void
  readonly copy: (text: string) => Promise<void>
  readonly print: () => void
  readonly setTheme: (theme: Theme) => void
}

export interface Desk extends Outside {
  readonly me: Ref<Me | null>
  readonly office: Ref<Office | null>
  readonly counts: Ref<Counts | null>
  readonly theme: Ref<Theme>
  readonly online: Ref<boolean>
  /** A piece of this page is nowhere any more: the office has put out a newer desk. Loaded anew only by a press. */
  readonly pieceMissing: Ref<boolean>
  readonly unsent: Unsent
  readonly signOut: SignOut
  /** The secret of the first officer's link: spent once, never shown, gone with the page. */
  readonly ticket: Ref<string | null>
  /** The session ended without the officer asking for it. */
  readonly ended: Ref<boolean>
  /** What was last searched for: in memory, never in an address. */
  readonly searched: Ref<string>
  /** A page was left for another, so that the new one takes the focus. */
  readonly moved: Ref<boolean>
  /** What has just been done, for the next page to say once. */
  readonly said: Ref<string>
}

export const deskKey: InjectionKey<Desk> = Symbol('desk')

/** A desk at which nobody is signed in yet. */
export function makeDesk(outside: Outside, found: { ticket: string | null; theme: Theme }): Desk {
  return {
    ...outside,
    me: ref(null),
    office: ref(null),
    counts: ref(null),
    theme: ref(found.theme),
    online: ref(true),
    pieceMissing: ref(false),
    unsent: makeUnsent(),
    signOut: makeSignOut(outside),
    ticket: ref(found.ticket),
    ended: ref(false),
    searched: ref(''),
    moved: ref(false),
    said: ref(''),
  }
}

/** Takes in an officer whom the office has just signed in. */
export function welcomeOfficer(desk: Desk, me: Me): void {
  desk.me.value = me
  desk.ended.value = false
  desk.signOut.told.value = 'nothing'
}

/** Forgets who was signed in and all that was shown to them. */
export function forgetOfficer(desk: Desk): void {
  desk.me.value = null
  desk.office.value = null
  desk.counts.value = null
  desk.searched.value = ''
  desk.said.value = ''
}

/** The desk around this component. */
export function useDesk(): Desk {
  const desk = inject(deskKey)
  if (desk === undefined) throw new Error('a page of the desk was mounted without its desk')
  return desk
}
