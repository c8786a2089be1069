/**
 * What is to be paid, in whole đồng. The app never collects; what it shows is "dự kiến" (expected) until an officer has
 * confirmed it, and says so when the pack's own value is not confirmed (Huế's resolution on fees was not at hand).
 */
import { answerTo, type Answers } from './answers.ts'
import { evaluate, holds, sumsAreWhole, type RuleContext } from './conditions.ts'
import type { Fee, Pack } from './packShape.ts'
import { pruneHidden } from './validate.ts'

type Line = Fee['lines'][number]

export interface FeeLine {
  readonly id: string
  readonly unit: Line['unit']
  readonly quantity: number
  readonly unitAmount: number
  /** What this line costs, 0 when exempt or not known. */
  readonly amount: number
  /** False when nobody has told what it costs, or how many there are, and no exemption frees from it. */
  readonly known: boolean
  /** Code of the exemption that frees from it, or null. */
  readonly exemption: string | null
  readonly confirmed: boolean
}

export interface FeeEstimate {
  readonly lines: readonly FeeLine[]
  /** The sum of what is known. */
  readonly total: number
  /** False when the amount of any line is not known: then the total is no answer to "what does it cost?". */
  readonly known: boolean
  /** False when any line, or the whole list, is not confirmed by an officer. */
  readonly confirmed: boolean
}

export type Channel = 'counter' | 'online'

/** The expected fee for these answers. No lines means that it is free; a line without an amount means that nobody knows. */
export function feeFor(
  pack: Pack,
  answers: Answers,
  context: RuleContext & { readonly channel?: Channel },
): FeeEstimate {
  const asked = pruneHidden(pack, answers, context)
  const exemption = exemptionIn(pack.fee, asked, context)
  const lines = pack.fee.lines
    .filter(({ when }) => holds(when, asked, context))
    .map((line) => lineFor(line, asked, exemption, context))
  return {
    lines,
    total: lines.reduce((sum, { amount }) => sum + amount, 0),
    known: lines.every(({ known }) => known),
    confirmed: pack.fee.confirmed && lines.every(({ confirmed }) => confirmed),
  }
}

function exemptionIn(fee: Fee, answers: Answers, { today }: RuleContext): string | null {
  const code = fee.exemptionField === undefined ? undefined : answerTo(answers, fee.exemptionField)
  const exemption = fee.exemptions.find((known) => known.code === code)
  if (exemption === undefined) return null
  const { validFrom = '', validTo = '9999-12-31' } = exemption
  return today >= validFrom && today <= validTo ? exemption.code : null
}

function lineFor(
  line: Line,
  answers: Answers,
  exemption: string | null,
  context: RuleContext & { readonly channel?: Channel },
): FeeLine {
  const counted = line.quantity === undefined ? 1 : evaluate(line.quantity, answers, context)
  const quantity = typeof counted === 'number' && counted > 0 ? counted : 0
  // A number that is missing, and a sum over rows of which one is not filled in, is no zero: it is not known yet.
  const isCounted = quantity > 0 && (line.quantity === undefined || sumsAreWhole(line.quantity, answers, context))
  const listed = context.channel === 'online' ? (line.onlineAmount ?? line.amount) : line.amount
  const unitAmount = listed ?? 0
  const applied = exemption !== null && line.exemptions.includes(exemption) ? exemption : null
  const amount = applied === null ? unitAmount * quantity : 0
  const known = applied !== null || (listed !== null && isCounted)
  return { id: line.id, unit: line.unit, quantity, unitAmount, amount, known, exemption: applied, confirmed: line.confirmed }
}
