/**
 * Which problems the person sees. A field is judged when it is left or when its section is checked; while somebody types a
 * shown problem may go, but none appears. Of a list's cells only those speak that somebody has left, and what is wrong with
 * the list as a whole waits until the list is left. Several fields are judged in one pass over the form.
 */
import { shallowReactive } from 'vue'
import type { Answers } from '../../core/procedure/answers.ts'
import type { RuleContext } from '../../core/procedure/conditions.ts'
import type { Pack } from '../../core/procedure/packShape.ts'
import type { Problem } from '../../core/procedure/problems.ts'
import { validate, validateField } from '../../core/procedure/validate.ts'
import { ownerOf } from './listRows.ts'

export interface ProblemsShown {
  readonly shown: ReadonlyMap<string, readonly Problem[]>
  /** The rule of one field as vee-validate takes it: true, or the name of the rule that is broken. Shows nothing. */
  readonly rule: (fieldId: string) => true | string
  /** Shows what is wrong with fields that were left. */
  readonly judge: (fieldIds: readonly string[]) => void
  /** Shows what is wrong with the cells of a list that were left, the list itself being still at work. */
  readonly judgeCells: (listId: string) => void
  /** Judges again every other field that is shown, because a check may look at several answers. */
  readonly judgeOthers: (fieldId: string) => void
  /** Shows everything that is wrong with these fields, left or not, and gives the errors in their order. */
  readonly reveal: (fieldIds: readonly string[]) => readonly Problem[]
  /** Lets shown problems go where the answer has become right. */
  readonly forgive: (fieldId: string) => void
  /** Called when a field leaves the page. */
  readonly forget: (fieldId: string) => void
  readonly errorsOf: (fieldId: string) => readonly Problem[]
}

const errorsIn = (problems: readonly Problem[]): readonly Problem[] => problems.filter(({ level }) => level === 'error')

/** `left` holds the ids of fields and the places of cells that somebody has been at. */
export function makeProblemsShown(pack: Pack, answers: () => Answers, context: () => RuleContext, left: Set<string>): ProblemsShown {
  const shown = shallowReactive(new Map<string, readonly Problem[]>())
  const find = (fieldId: string): readonly Problem[] => validateField(pack, fieldId, answers(), context())
  const errorsOf = (fieldId: string): readonly Problem[] => errorsIn(shown.get(fieldId) ?? [])
  const isSeen = (problem: Problem, fieldId: string): boolean => problem.field === fieldId || left.has(problem.field)

  function findAll(fieldIds: readonly string[]): ReadonlyMap<string, readonly Problem[]> {
    const [only, ...others] = fieldIds
    if (only === undefined) return new Map()
    if (others.length === 0) return new Map([[only, find(only)]])
    const found = new Map<string, Problem[]>(fieldIds.map((id) => [id, []]))
    for (const problem of validate(pack, answers(), context())) found.get(ownerOf(problem.field))?.push(problem)
    return found
  }

  function judge(fieldIds: readonly string[]): void {
    for (const [id, found] of findAll(fieldIds)) shown.set(id, found.filter((problem) => isSeen(problem, id)))
  }

  return {
    shown,
    errorsOf,
    judge,
    rule: (fieldId) => errorsIn(find(fieldId))[0]?.rule ?? true,
    judgeCells(listId) {
      const before = shown.get(listId) ?? []
      const wasShown = (problem: Problem): boolean => before.some(({ field, rule }) => field === listId && rule === problem.rule)
      shown.set(listId, find(listId).filter((problem) => (problem.field === listId ? wasShown(problem) : left.has(problem.field))))
    },
    judgeOthers(fieldId) {
      judge([...shown.keys()].filter((other) => other !== fieldId))
    },
    reveal(fieldIds) {
      const found = findAll(fieldIds)
      for (const problem of [...found.values()].flat()) left.add(problem.field)
      for (const [id, problems] of found) shown.set(id, problems)
      return fieldIds.flatMap(errorsOf)
    },
    forgive(fieldId) {
      const before = errorsOf(fieldId)
      if (before.length === 0) return
      const still = errorsIn(find(fieldId))
      const gone = before.filter(({ field }) => !still.some((problem) => problem.field === field))
      if (gone.length > 0) shown.set(fieldId, (shown.get(fieldId) ?? []).filter(({ field }) => !gone.some((problem) => problem.field === field)))
    },
    forget: (fieldId) => shown.delete(fieldId),
  }
}
