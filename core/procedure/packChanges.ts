/**
 * What changes for one draft when its procedure has a newer pack. Said before anybody moves the draft: nothing that was
 * answered goes away unseen.
 */
import { answerTo, type Answers } from './answers.ts'
import { checklist } from './checklist.ts'
import type { RuleContext } from './conditions.ts'
import { feeFor } from './fees.ts'
import { fieldsOf } from './pack.ts'
import type { Pack } from './packShape.ts'
import { pruneHidden, relevantFields, validateField } from './validate.ts'

export type PackChange =
  /** A question that the draft's own pack does not ask. */
  | { readonly kind: 'asked'; readonly field: string }
  /** An answer to a question that the newer pack no longer has; it is left behind. */
  | { readonly kind: 'dropped'; readonly field: string }
  /** An answer that was right and is not under the newer pack. */
  | { readonly kind: 'refused'; readonly field: string }
  | { readonly kind: 'paperAdded'; readonly paper: string }
  | { readonly kind: 'paperDropped'; readonly paper: string }
  | { readonly kind: 'fee'; readonly before: number; readonly after: number }

/** The answers that the newer pack knows, as they are. */
export function movedAnswers(to: Pack, answers: Answers): Answers {
  const known = new Set(fieldsOf(to).map(({ id }) => id))
  return Object.fromEntries(Object.entries(answers).filter(([id]) => known.has(id)))
}

/** Everything that changes for these answers, in the order of the forms; empty when nobody would notice. */
export function packChanges(from: Pack, to: Pack, answers: Answers, context: RuleContext): readonly PackChange[] {
  const moved = movedAnswers(to, answers)
  const before = new Set(fieldsOf(from).map(({ id }) => id))
  const asked = relevantFields(to, moved, context).map(({ id }) => id)
  const isWrong = (pack: Pack, id: string, given: Answers): boolean => validateField(pack, id, given, context).some(({ level }) => level === 'error')
  const papers = (pack: Pack, given: Answers): readonly string[] => checklist(pack, given, {}, context).map(({ id }) => id)
  const [papersBefore, papersAfter] = [papers(from, answers), papers(to, moved)]
  const [feeBefore, feeAfter] = [feeFor(from, answers, context).total, feeFor(to, moved, context).total]
  return [
    ...asked.filter((id) => !before.has(id)).map((field): PackChange => ({ kind: 'asked', field })),
    ...Object.keys(pruneHidden(from, answers, context))
      .filter((id) => answerTo(moved, id) === undefined)
      .map((field): PackChange => ({ kind: 'dropped', field })),
    ...asked
      .filter((id) => before.has(id) && answerTo(moved, id) !== undefined && isWrong(to, id, moved) && !isWrong(from, id, answers))
      .map((field): PackChange => ({ kind: 'refused', field })),
    ...papersAfter.filter((id) => !papersBefore.includes(id)).map((paper): PackChange => ({ kind: 'paperAdded', paper })),
    ...papersBefore.filter((id) => !papersAfter.includes(id)).map((paper): PackChange => ({ kind: 'paperDropped', paper })),
    ...(feeBefore === feeAfter ? [] : [{ kind: 'fee', before: feeBefore, after: feeAfter } as const]),
  ]
}
