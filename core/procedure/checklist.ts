/**
 * The papers that these answers call for, and nothing else: no document outside the published list may be asked for
 * (reference 2.6). What the population database answers is not asked again unless somebody at the counter says that the
 * database has no answer.
 */
import type { Answers } from './answers.ts'
import { holds, type RuleContext } from './conditions.ts'
import type { Pack, PackDocument } from './packShape.ts'
import { photoRule, photosAllowed, type PhotoRule } from './photos.ts'
import { pruneHidden } from './validate.ts'

/** What is said of a paper: brought, not there, only shown and given back, or answered by the database. */
export type StoredPaperState = 'have' | 'missing' | 'onlyShow' | 'replacedByDatabase'

/** What is known of a paper. `photographed` is never stored: nobody said a word of it, and there are photos. */
export type PaperState = StoredPaperState | 'photographed'

/** By document id; a document without an entry is missing, or answered by the database where that may be. */
export type PapersState = Readonly<Record<string, StoredPaperState>>

/** The states that can be chosen and stored. */
export const paperStates: readonly StoredPaperState[] = ['have', 'missing', 'onlyShow', 'replacedByDatabase']

export interface Paper {
  readonly id: string
  readonly mode: PackDocument['mode']
  readonly kind: PackDocument['kind']
  readonly copies: number
  readonly required: boolean
  readonly substitutes: readonly string[]
  readonly replacedByDatabase: boolean
  /** Printed from this application and signed at the counter. */
  readonly madeAtCounter: boolean
  readonly state: PaperState
  readonly photo: PhotoRule
  /** Photos of it that may be sent. */
  readonly pages: number
}

/** Photos by document id. */
export type PageCounts = Readonly<Record<string, number>>

/** Papers for these answers, in the order of the published list. `pages` says how many photos each has; those that may not be sent count as none. */
export function checklist(
  pack: Pack,
  answers: Answers,
  papers: PapersState,
  context: RuleContext,
  pages: PageCounts = {},
): readonly Paper[] {
  const asked = pruneHidden(pack, answers, context)
  const allowed = photosAllowed(pack, asked)
  return pack.documents
    .filter(({ when }) => holds(when, asked, context))
    .map((document) => {
      const photo = photoRule(document, allowed)
      const taken = photo === 'allowed' ? countOf(pages, document.id) : 0
      const { id, mode, kind, copies, substitutes } = document
      return {
        ...{ id, mode, kind, copies, substitutes, photo, pages: taken },
        required: holds(document.required, asked, context),
        replacedByDatabase: document.replaceableByDatabase,
        madeAtCounter: document.madeAtCounter === true,
        state: stateOf(document, papers, taken),
      }
    })
}

const countOf = (pages: PageCounts, id: string): number => (Object.hasOwn(pages, id) ? (pages[id] ?? 0) : 0)

function stateOf(document: PackDocument, papers: PapersState, pages: number): PaperState {
  const given = Object.hasOwn(papers, document.id) ? papers[document.id] : undefined
  const usual = document.replaceableByDatabase ? 'replacedByDatabase' : 'missing'
  const said = given === undefined || (given === 'replacedByDatabase' && !document.replaceableByDatabase) ? usual : given
  // A photo proves that the paper is there, unless somebody said of it what a photo cannot know.
  return pages > 0 && (said === 'missing' || given === undefined) ? 'photographed' : said
}

/** The state of a paper as it is stored and sent: photos go along, so a photographed paper is one that is there. */
export const storedState = ({ state }: Pick<Paper, 'state'>): StoredPaperState => (state === 'photographed' ? 'have' : state)

/** True when nothing more is to be done about the paper; one that must be handed in is not settled by showing it. */
export const isSettled = ({ state, mode }: Paper): boolean =>
  state === 'have' || state === 'photographed' || state === 'replacedByDatabase' || (state === 'onlyShow' && mode === 'present')

/** True for a required paper that somebody still has to bring; what the counter prints is signed there. */
export const isMissing = (paper: Paper): boolean => paper.required && !paper.madeAtCounter && !isSettled(paper)

/** Required papers that are still not there. They are shown and never stop an application from being sent. */
export const missingPapers = (
  pack: Pack,
  answers: Answers,
  papers: PapersState,
  context: RuleContext,
  pages: PageCounts = {},
): readonly Paper[] => checklist(pack, answers, papers, context, pages).filter(isMissing)
