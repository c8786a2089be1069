/**
 * What changes for one draft when its procedure has a newer pack. Said before anybody moves the draft: nothing that was
 * answered goes away unseen.
 */
import { answerTo, type Answers } from './answers.ts'
import { checklist, type Paper } from './checklist.ts'
import type { RuleContext } from './conditions.ts'
import { deadlineFor } from './deadlines.ts'
import { feeFor } from './fees.ts'
import { fieldsOf } from './pack.ts'
import type { Pack } from './packShape.ts'
import { whoMustCome } from './presence.ts'
import { pruneHidden, relevantFields, validateField } from './validate.ts'

export type PackChange =
  /** A question that the draft's own pack does not ask, or not of this citizen. */
  | { readonly kind: 'asked'; readonly field: string }
  /** An answer to a question that the newer pack does not ask any more; it is left behind. */
  | { readonly kind: 'dropped'; readonly field: string }
  /** An answer that was right and is not under the newer pack. */
  | { readonly kind: 'refused'; readonly field: string }
  /** An answer that could be left out and cannot any more. */
  | { readonly kind: 'wanted'; readonly field: string }
  | { readonly kind: 'paperAdded'; readonly paper: string }
  | { readonly kind: 'paperDropped'; readonly paper: string }
  /** A paper on both lists: to be brought only now, not any more, or in another way than before. */
  | { readonly kind: 'paperNeeded'; readonly paper: string }
  | { readonly kind: 'paperNotNeeded'; readonly paper: string }
  | { readonly kind: 'paperChanged'; readonly paper: string }
  | { readonly kind: 'mustCome'; readonly who: string }
  | { readonly kind: 'needNotCome'; readonly who: string }
  | { readonly kind: 'deadline' }
  /** Null where nobody can tell what it costs; twice, when only what is known of it has changed. */
  | { readonly kind: 'fee'; readonly before: number | null; readonly after: number | null }

/** The answers that the newer pack knows, as they are. */
export function movedAnswers(to: Pack, answers: Answers): Answers {
  const known = new Set(fieldsOf(to).map(({ id }) => id))
  return Object.fromEntries(Object.entries(answers).filter(([id]) => known.has(id)))
}

/** A pack with the answers that it knows. */
interface Side {
  readonly pack: Pack
  readonly answers: Answers
  readonly context: RuleContext
}

/** Everything that changes for these answers, in the order of the forms; empty when nobody would notice. */
export function packChanges(from: Pack, to: Pack, answers: Answers, context: RuleContext): readonly PackChange[] {
  const before = { pack: from, answers, context }
  const after = { pack: to, answers: movedAnswers(to, answers), context }
  return [...questionChanges(before, after), ...paperChanges(before, after), ...presenceChanges(before, after), ...deadlineChange(before, after), ...feeChange(before, after)]
}

const askedOf = ({ pack, answers, context }: Side): readonly string[] => relevantFields(pack, answers, context).map(({ id }) => id)
const isWrong = ({ pack, answers, context }: Side, id: string): boolean => validateField(pack, id, answers, context).some(({ level }) => level === 'error')
const without = (ids: readonly string[], others: readonly string[]): readonly string[] => ids.filter((id) => !others.includes(id))

function questionChanges(before: Side, after: Side): readonly PackChange[] {
  const [askedBefore, askedAfter] = [askedOf(before), askedOf(after)]
  const kept = pruneHidden(after.pack, after.answers, after.context)
  const worse = askedAfter.filter((id) => askedBefore.includes(id) && isWrong(after, id) && !isWrong(before, id))
  return [
    ...without(askedAfter, askedBefore).map((field): PackChange => ({ kind: 'asked', field })),
    ...Object.keys(pruneHidden(before.pack, before.answers, before.context))
      .filter((id) => answerTo(kept, id) === undefined)
      .map((field): PackChange => ({ kind: 'dropped', field })),
    ...worse.map((field): PackChange => ({ kind: answerTo(after.answers, field) === undefined ? 'wanted' : 'refused', field })),
  ]
}

const papersOf = ({ pack, answers, context }: Side): readonly Paper[] => checklist(pack, answers, {}, context)
const isNeeded = ({ required, replacedByDatabase, madeAtCounter }: Paper): boolean => required && !replacedByDatabase && !madeAtCounter
const handling = ({ mode, kind, copies, substitutes }: Paper): string => JSON.stringify([mode, kind, copies, substitutes])

function paperChanges(before: Side, after: Side): readonly PackChange[] {
  const [papersBefore, papersAfter] = [papersOf(before), papersOf(after)]
  const [idsBefore, idsAfter] = [papersBefore.map(({ id }) => id), papersAfter.map(({ id }) => id)]
  return [
    ...without(idsAfter, idsBefore).map((paper): PackChange => ({ kind: 'paperAdded', paper })),
    ...without(idsBefore, idsAfter).map((paper): PackChange => ({ kind: 'paperDropped', paper })),
    ...papersAfter.flatMap((now): readonly PackChange[] => {
      const then = papersBefore.find(({ id }) => id === now.id)
      if (then === undefined) return []
      if (isNeeded(then) !== isNeeded(now)) return [{ kind: isNeeded(now) ? 'paperNeeded' : 'paperNotNeeded', paper: now.id }]
      return handling(then) === handling(now) ? [] : [{ kind: 'paperChanged', paper: now.id }]
    }),
  ]
}

function presenceChanges(before: Side, after: Side): readonly PackChange[] {
  const [whoBefore, whoAfter] = [whoOf(before), whoOf(after)]
  return [
    ...without(whoAfter, whoBefore).map((who): PackChange => ({ kind: 'mustCome', who })),
    ...without(whoBefore, whoAfter).map((who): PackChange => ({ kind: 'needNotCome', who })),
  ]
}

const whoOf = ({ pack, answers, context }: Side): readonly string[] => whoMustCome(pack, answers, context)

/** The terms, without the source that they come from. */
function termsOf({ pack, answers, context }: Side): string {
  const { kind, cutOff, span, verification, dayOff } = deadlineFor(pack, answers, context)
  const spans = [span, verification].map((one) => (one === undefined ? null : [one.amount, one.unit]))
  return JSON.stringify([kind, cutOff?.time, cutOff?.inclusive, spans, dayOff])
}

const deadlineChange = (before: Side, after: Side): readonly PackChange[] => (termsOf(before) === termsOf(after) ? [] : [{ kind: 'deadline' }])

function feeChange(before: Side, after: Side): readonly PackChange[] {
  const [then, now] = [feeOf(before), feeOf(after)]
  if (then.sum === null && now.sum === null && then.parts !== now.parts) return [{ kind: 'fee', before: null, after: null }]
  return then.sum === now.sum ? [] : [{ kind: 'fee', before: then.sum, after: now.sum }]
}

/** The sum where it is known, and what is known of it. */
function feeOf({ pack, answers, context }: Side): { readonly sum: number | null; readonly parts: string } {
  const { known, total, lines } = feeFor(pack, answers, context)
  return { sum: known ? total : null, parts: JSON.stringify([total, lines.map((line) => [line.unitAmount, line.known])]) }
}
