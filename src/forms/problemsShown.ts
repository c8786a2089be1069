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
  /** The rule of one field as vee-validate takes it: true, or the name of the rule that is broken. Shows nothing. */
  readonly rule: (fieldId: string) => true | string
  /** Shows what is wrong with a field that was left. */
  readonly judge: (fieldId: string) => void
  /** Judges again every other field that is shown, because a check may look at several answers. */
  readonly judgeOthers: (fieldId: string) => void
  /** Lets a shown problem go when the answer has become right. */
  readonly forgive: (fieldId: string) => void
  /** Called when a field leaves the page. */
  readonly forget: (fieldId: string) => void
  readonly errorsOf: (fieldId: string) => readonly Problem[]
}

export function makeProblemsShown(pack: Pack, answers: () => Answers, context: () => RuleContext): ProblemsShown {
  const shown = shallowReactive(new Map<string, readonly Problem[]>())
  const find = (fieldId: string): readonly Problem[] => validateField(pack, fieldId, answers(), context())
  const errorsIn = (problems: readonly Problem[]): readonly Problem[] => problems.filter(({ level }) => level === 'error')
  const errorsOf = (fieldId: string): readonly Problem[] => errorsIn(shown.get(fieldId) ?? [])

  function judge(fieldId: string): void {
    shown.set(fieldId, find(fieldId))
  }

  return {
    shown,
    errorsOf,
    judge,
    rule: (fieldId) => errorsIn(find(fieldId))[0]?.rule ?? true,
    judgeOthers(fieldId) {
      for (const other of [...shown.keys()]) if (other !== fieldId) judge(other)
    },
    forgive(fieldId) {
      if (errorsOf(fieldId).length > 0 && errorsIn(find(fieldId)).length === 0) shown.set(fieldId, [])
    },
    forget: (fieldId) => shown.delete(fieldId),
  }
}
