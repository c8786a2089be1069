/**
 * What the assistance slip (vietnam.md 2.3) says of one application, worked out while its answers are open and kept in the
 * volunteer's encrypted casebook: ids and amounts of the pack, and no word about anybody.
 */
import * as v from 'valibot'
import type { Answers } from '../procedure/answers.ts'
import { checklist, isMissing, isSettled, type PageCounts, type PapersState } from '../procedure/checklist.ts'
import type { RuleContext } from '../procedure/conditions.ts'
import { feeFor } from '../procedure/fees.ts'
import type { Pack } from '../procedure/packShape.ts'
import { whoMustCome } from '../procedure/presence.ts'

const amount = v.pipe(v.number(), v.integer(), v.minValue(0))

export const slipShape = v.object({
  /** Papers still to bring, by document id, in the order of the published list. */
  bring: v.array(v.string()),
  /** Papers that were there and are needed again at the counter, to hand in or to show. */
  again: v.array(v.string()),
  /** Papers that the counter prints from this application, to be signed there. */
  signed: v.optional(v.array(v.string()), []),
  /** Who must come in person, by id. */
  presence: v.array(v.string()),
  fee: v.object({ total: amount, known: v.optional(v.boolean(), true), confirmed: v.boolean(), lines: v.array(v.object({ id: v.string(), quantity: v.number(), amount, known: v.optional(v.boolean(), true) })) }),
})

export type Slip = v.InferOutput<typeof slipShape>

/** The slip of an application with these answers and papers. The fee is that of the counter, and expected. */
export function slipFor(pack: Pack, answers: Answers, papers: PapersState, context: RuleContext, pages: PageCounts = {}): Slip {
  const asked = checklist(pack, answers, papers, context, pages).filter(({ state }) => state !== 'replacedByDatabase')
  const fee = feeFor(pack, answers, context)
  return {
    bring: asked.filter(isMissing).map(({ id }) => id),
    again: asked.filter((paper) => isSettled(paper) && !paper.madeAtCounter).map(({ id }) => id),
    signed: asked.filter(({ required, madeAtCounter }) => required && madeAtCounter).map(({ id }) => id),
    presence: [...whoMustCome(pack, answers, context)],
    fee: { total: fee.total, known: fee.known, confirmed: fee.confirmed, lines: fee.lines.map(({ id, quantity, amount: sum, known }) => ({ id, quantity, amount: sum, known })) },
  }
}
