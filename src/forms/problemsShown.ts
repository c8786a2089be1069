/**
 * Which problems the person sees. A field is judged when it is left or when its section is checked; while somebody types a
 * shown problem may go, but none appears.
 */
import { shallowReactive } from 'vue'
import type { Answers } from '../../core/procedure/answers.ts'
import type { RuleContext } from '../../core/procedure/conditions.ts'
import type { Pack } from '../../core/procedure/packShape.ts'
import type { Problem } from '../../core/procedure/problems.ts'
import { validateField } from '../../core/procedure/validate.ts'

export interface ProblemsShown {
  readonly shown: ReadonlyMap<string, readonly Problem[]>
  /** The rule of one field as vee-validate takes it: true, or the name of the rule that is broken. */
  readonly judge: (fieldId: string) => true | string
  readonly forgive: (fieldId: string) => void
  readonly errorsOf: (fieldId: string) => readonly Problem[]
}

export function makeProblemsShown(pack: Pack, answers: () => Answers, context: () => RuleContext): ProblemsShown {
  const shown = shallowReactive(new Map<string, readonly Problem[]>())
  const errorsOf = (fieldId: string): readonly Problem[] => (shown.get(fieldId) ?? []).filter(({ level }) => level === 'error')

  function judge(fieldId: string): true | string {
    shown.set(fieldId, validateField(pack, fieldId, answers(), context()))
    return errorsOf(fieldId)[0]?.rule ?? true
  }

  function forgive(fieldId: string): void {
    if (errorsOf(fieldId).length === 0) return
    const problems = validateField(pack, fieldId, answers(), context())
    if (problems.every(({ level }) => level !== 'error')) shown.set(fieldId, [])
  }

  return { shown, judge, forgive, errorsOf }
}
