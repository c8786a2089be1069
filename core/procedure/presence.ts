/** Who must come in person, as far as the answers tell. Said before anything is filled in, so that nobody comes twice. */
import type { Answers } from './answers.ts'
import { holds, type RuleContext } from './conditions.ts'
import type { Pack } from './packShape.ts'
import { pruneHidden } from './validate.ts'

/** Keys of the pack's texts about who must come; empty when the pack says nothing. */
export function whoMustCome(pack: Pack, answers: Answers, context: RuleContext): readonly string[] {
  const asked = pruneHidden(pack, answers, context)
  return (pack.presence ?? []).filter(({ when }) => holds(when, asked, context)).map(({ id }) => id)
}
