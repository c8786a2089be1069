/** What an officer may do with a case as it stands. The office judges again; this only keeps wrong buttons off the page. */
import type { CaseFile } from '../core/wire/desk.ts'

export type ActName = 'accept' | 'supplement' | 'refuse' | 'release'

export const actNames: readonly ActName[] = ['accept', 'supplement', 'refuse', 'release']

export const isAct = (word: unknown): word is ActName => actNames.some((name) => name === word)

/** The acts that are open. An accepted or refused case has its answer; what cannot be opened cannot be answered. */
export function openActs(file: CaseFile): readonly ActName[] {
  switch (file.case.status) {
    case 'received':
    case 'beingChecked':
    case 'supplementAsked':
      return file.application === null ? [] : ['accept', 'supplement', 'refuse']
    case 'inQuarantine':
      return file.application === null ? [] : ['release']
    case 'accepted':
    case 'refused':
      return []
  }
}

/** Number of the newest event that a page with this case shows: a decision names it, and counts for no later case. */
export const newestOf = (file: CaseFile): number => Math.max(0, ...file.events.map(({ seq }) => seq))

/** True when a supplement has been asked for before: the law wants it asked once. */
export const askedBefore = (file: CaseFile): boolean => file.events.some(({ kind }) => kind === 'supplementAsked')
