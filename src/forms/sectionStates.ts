/** How far each section of a draft has come, for the task list. Only what somebody touched can be wrong. */
import type { Answers } from '../../core/procedure/answers.ts'
import type { RuleContext } from '../../core/procedure/conditions.ts'
import type { Pack, Section } from '../../core/procedure/packShape.ts'
import { relevantFields, relevantSections, validate } from '../../core/procedure/validate.ts'
import { ownerOf } from './listRows.ts'

export type SectionState = 'done' | 'started' | 'todo' | 'problem'

export interface SectionProgress {
  readonly section: Section
  readonly state: SectionState
  /** How many answers are still asked for here. */
  readonly missing: number
}

export function sectionStates(pack: Pack, answers: Answers, touched: ReadonlySet<string>, context: RuleContext): readonly SectionProgress[] {
  const errors = validate(pack, answers, context).filter(({ level }) => level === 'error')
  return relevantSections(pack, answers, context).map((section) => {
    const ids = new Set(relevantFields(pack, answers, context, section.id).map(({ id }) => id))
    const here = errors.filter(({ field }) => ids.has(ownerOf(field)))
    const isBegun = [...ids].some((id) => touched.has(id))
    const isWrong = here.some(({ field, rule }) => rule !== 'required' && touched.has(field))
    const state = isWrong ? 'problem' : here.length === 0 ? (isBegun ? 'done' : 'todo') : isBegun ? 'started' : 'todo'
    return { section, state, missing: here.filter(({ rule }) => rule === 'required').length }
  })
}
