/**
 * The office's answer to one envelope: a signed outcome, or an unsigned problem. `missing` names announced parts that the
 * office does not hold; it is a hint about what to send next and changes no state.
 */
import * as v from 'valibot'
import { problemShape } from './problem.ts'

export const outcomeType = 'application/vnd.tiepsuc.outcome+json'

export const outcomeAnswerShape = v.object({
  outcome: v.string(),
  missing: v.optional(v.array(v.string()), []),
})

/** The answer to PUT /envelopes/{id} and GET /outcomes/{id}. */
export type OutcomeAnswer = v.InferOutput<typeof outcomeAnswerShape>

/** The answer in a parsed body, or null when it is something else (a captive portal's page, a problem). */
export function parseOutcomeAnswer(body: unknown): OutcomeAnswer | null {
  const parsed = v.safeParse(outcomeAnswerShape, body)
  return parsed.success ? parsed.output : null
}

/** One line of the answer to a carrier: which line it answers (from 0), and the outcome or the problem. */
export const carrierAnswerShape = v.union([
  v.object({ line: v.number(), outcome: v.string(), missing: v.optional(v.array(v.string()), []) }),
  v.object({ line: v.number(), stored: v.string() }),
  v.object({ line: v.number(), problem: problemShape }),
])

export type CarrierAnswer = v.InferOutput<typeof carrierAnswerShape>
