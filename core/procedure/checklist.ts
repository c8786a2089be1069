/**
 * The papers that these answers call for, and nothing else: no document outside the published list may be asked for
 * (reference 2.6). What the population database answers is not asked again unless somebody at the counter says that the
 * database has no answer.
 */
import type { Answers } from './answers.ts'
import { holds, type RuleContext } from './conditions.ts'
import type { Pack, PackDocument } from './packShape.ts'
import { pruneHidden } from './validate.ts'

/** What is known of a paper: brought, not there, only shown and given back, or answered by the database. */
export type PaperState = 'have' | 'missing' | 'onlyShow' | 'replacedByDatabase'

/** By document id; a document without an entry is missing, or answered by the database where that may be. */
export type PapersState = Readonly<Record<string, PaperState>>

export const paperStates: readonly PaperState[] = ['have', 'missing', 'onlyShow', 'replacedByDatabase']

export interface Paper {
  readonly id: string
  readonly mode: PackDocument['mode']
  readonly kind: PackDocument['kind']
  readonly copies: number
  readonly required: boolean
  readonly substitutes: readonly string[]
  readonly replacedByDatabase: boolean
  readonly state: PaperState
}

/** Papers for these answers, in the order of the published list. */
export function checklist(
  pack: Pack,
  answers: Answers,
  papers: PapersState,
  context: RuleContext,
): readonly Paper[] {
  const asked = pruneHidden(pack, answers, context)
  return pack.documents
    .filter(({ when }) => holds(when, asked, context))
    .map((document) => ({
      id: document.id,
      mode: document.mode,
      kind: document.kind,
      copies: document.copies,
      required: holds(document.required, asked, context),
      substitutes: document.substitutes,
      replacedByDatabase: document.replaceableByDatabase,
      state: stateOf(document, papers),
    }))
}

function stateOf(document: PackDocument, papers: PapersState): PaperState {
  const given = Object.hasOwn(papers, document.id) ? papers[document.id] : undefined
  const usual = document.replaceableByDatabase ? 'replacedByDatabase' : 'missing'
  return given === undefined || (given === 'replacedByDatabase' && !document.replaceableByDatabase) ? usual : given
}

/** True when nothing more is to be done about the paper; one that must be handed in is not settled by showing it. */
export const isSettled = ({ state, mode }: Paper): boolean =>
  state === 'have' || state === 'replacedByDatabase' || (state === 'onlyShow' && mode === 'present')

/** Required papers that are still not there. They are shown and never stop an application from being sent. */
export const missingPapers = (
  pack: Pack,
  answers: Answers,
  papers: PapersState,
  context: RuleContext,
): readonly Paper[] => checklist(pack, answers, papers, context).filter((paper) => paper.required && !isSettled(paper))
