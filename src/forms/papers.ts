/** States of papers as a draft keeps them: words from a row are parsed before they count. */
import { paperStates, type PapersState } from '../../core/procedure/checklist.ts'

export function readPapers(kept: Readonly<Record<string, string>>): PapersState {
  return Object.fromEntries(
    Object.entries(kept).flatMap(([id, word]) => {
      const state = paperStates.find((known) => known === word)
      return state === undefined ? [] : [[id, state]]
    }),
  )
}
