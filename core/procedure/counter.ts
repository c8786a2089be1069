/**
 * What the office says of its own counter: where and when to come, whom to call, and the one account into which a fee may
 * be transferred. Everything may be missing; then a blank line is printed, or the fee is paid at the counter. The account
 * is one that two persons have confirmed (reference 4.4), and its owner's name is always shown in clear.
 */
import * as v from 'valibot'

const line = (max: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max))

export const feeAccountShape = v.pipe(
  v.object({
    /** Identification number of the bank at NAPAS, six digits. */
    bin: v.pipe(v.string(), v.regex(/^\d{6}$/, 'the bank number (BIN) must have six digits')),
    number: v.pipe(v.string(), v.regex(/^[A-Z0-9]{4,19}$/, 'the account number must have 4 to 19 capital letters and digits')),
    holder: line(120),
    /** Names of the two persons who compared the account with its paper. */
    confirmedBy: v.array(line(80)),
  }),
  v.check(({ confirmedBy }) => new Set(confirmedBy.map((name) => name.toLowerCase())).size === 2 && confirmedBy.length === 2, 'two different persons must have confirmed the account'),
)

export const counterShape = v.object({
  phone: v.optional(line(40)),
  address: v.optional(line(200)),
  hours: v.optional(line(200)),
  account: v.optional(feeAccountShape),
})

export type FeeAccount = v.InferOutput<typeof feeAccountShape>
export type Counter = v.InferOutput<typeof counterShape>
