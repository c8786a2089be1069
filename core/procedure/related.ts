/** Pointers to other procedures that may serve the citizen better, as far as the answers tell. */
import type { Answers } from './answers.ts'
import { holds, type RuleContext } from './conditions.ts'
import type { Pack } from './packShape.ts'
import { pruneHidden } from './validate.ts'

export interface RelatedProcedure {
  /** Key of the text that says why. */
  readonly id: string
  readonly code: string
}

/** The pointers that hold for these answers. */
export function relatedProcedures(pack: Pack, answers: Answers, context: RuleContext): readonly RelatedProcedure[] {
  const asked = pruneHidden(pack, answers, context)
  return pack.related.filter(({ when }) => holds(when, asked, context)).map(({ id, code }) => ({ id, code }))
}
